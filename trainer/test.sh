#!/bin/sh
# Runs the trainer's tests: trainer/test.sh [DATA_DIR] [pytest arguments]
# DATA_DIR (default .data/trainer) holds venv/ and models/, as install.py and prepare make them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${1:-"$here/../.data/trainer"}
[ $# -gt 0 ] && shift
data=$(cd "$data" && pwd)
python="$data/venv/bin/python"
if ! "$python" -c 'import pytest' 2>/dev/null; then
  "$python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements-test.txt" >&2
fi
cd "$here"
APPRENTICE_BASE_MODEL="$data/models/smollm2-135m-instruct" PYTHONDONTWRITEBYTECODE=1 exec "$python" -m pytest "$@"
