"""The installer and the preparation: plans, meters, faults, and what counts as installed."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from support import TRAINER, run

from apprentice_trainer.errors import TrainerError
from apprentice_trainer.pip_tool import DownloadMeter, Package, _failure

OFFLINE = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_FIND_LINKS": "",
    "PIP_EXTRA_INDEX_URL": "",
    "PIP_RETRIES": "0",
    "PIP_NO_CACHE_DIR": "1",
}


def _installer() -> Any:
    spec = importlib.util.spec_from_file_location("install", TRAINER / "install.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _install(data: Path, **environment: str) -> tuple[int, list[dict[str, Any]]]:
    done = subprocess.run(
        [sys.executable, str(TRAINER / "install.py"), "--data-dir", str(data)],
        capture_output=True,
        text=True,
        timeout=200,
        env={**os.environ, **environment},
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_without_a_registry_the_person_reads_what_to_do(tmp_path: Path) -> None:
    status, events = _install(tmp_path, **OFFLINE)
    assert status == 16, events[-1]
    assert events[-1]["code"] == "no_network"
    assert events[-1]["message"] == (
        "The Python package registry cannot be reached, so the trainer cannot be installed."
    )
    assert "PIP_INDEX_URL" in events[-1]["hint"]
    lines = (tmp_path / "install" / "metrics.jsonl").read_text().splitlines()
    assert json.loads(lines[-1]) == events[-1]
    assert not _installer().is_ready(tmp_path / "venv")


def test_without_a_registry_preparing_says_so_too(tmp_path: Path) -> None:
    status, events = run("prepare", {"dataDir": str(tmp_path)}, tmp_path, env=OFFLINE)
    assert status == 16 and events[-1]["code"] == "no_network"


def test_a_prepared_model_is_found_at_once(real_model: Path) -> None:
    began = time.monotonic()
    folder = real_model.parents[1]
    status, events = run("prepare", {"dataDir": str(folder), "benchmark": False}, folder / "prepare")
    assert status == 0 and events[-1]["alreadyReady"] is True
    assert time.monotonic() - began < 5  # under a second on an idle machine
    assert (real_model / "tokenizer.json").is_file()


def test_only_a_marked_and_current_environment_counts(tmp_path: Path) -> None:
    installer = _installer()
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.symlink_to(sys.executable)
    assert not installer.is_ready(tmp_path)
    marker = tmp_path / installer.MARKER
    marker.write_text(json.dumps({"fingerprint": "of other packages"}))
    assert not installer.is_ready(tmp_path)
    marker.write_text(json.dumps({"fingerprint": installer.fingerprint()}))
    assert installer.is_ready(tmp_path)
    python.unlink()
    python.symlink_to(tmp_path / "gone")
    assert not installer.is_ready(tmp_path)


def test_too_little_room_is_said_before_downloading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installer = _installer()
    monkeypatch.setattr(installer, "free_bytes", lambda _: 2_500_000_000)
    job = installer.Installer(tmp_path, None, None)
    with pytest.raises(TrainerError) as caught:
        job._room(1_700_000_000)
    assert caught.value.code == "disk_full"
    assert caught.value.message == "The trainer needs 3.7 GB of free disk space, and only 2.5 GB are free."


def test_the_meter_adds_up_what_pip_reports() -> None:
    packages = [Package("a", "1", "https://x/a-1%2Bcpu.whl", 100), Package("b", "1", "https://x/b-1.whl", 50)]
    seen: list[tuple[int, int]] = []
    meter = DownloadMeter(packages, lambda done, total: seen.append((done, total)))
    for line in (
        "Collecting a==1\n",
        "  Downloading https://x/a-1%2Bcpu.whl (100 B)\n",
        "Progress 0 of 100\n",
        "Progress 70 of 100\n",
        "  Using cached b-1.whl (50 B)\n",
        "Installing collected packages: a, b\n",
    ):
        meter.line(line)
    assert seen == [(0, 150), (0, 150), (70, 150), (100, 150), (150, 150)]


@pytest.mark.parametrize(
    ("output", "code"),
    [
        ("WARNING: Retrying … NewConnectionError: Failed to establish a new connection", "no_network"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk_full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "broken_download"),
        ("ERROR: Could not find a version that satisfies the requirement torch==2.13.0", "install_failed"),
    ],
)
def test_failures_of_pip_are_told_apart(tmp_path: Path, output: str, code: str) -> None:
    known = _failure(output, tmp_path / "pip.log")
    assert known.code == code and known.hint.endswith(".")


def test_a_damaged_environment_is_marked_for_repair(tmp_path: Path) -> None:
    (tmp_path / "apprentice-venv.json").write_text("{}")
    (tmp_path / "job.json").write_text(json.dumps({"dataDir": str(tmp_path / "data")}))
    script = (
        "import sys; from pathlib import Path; from apprentice_trainer import job, config\n"
        "def broken(*_):\n    raise ModuleNotFoundError(\"No module named 'trl'\")\n"
        f"sys.prefix = {str(tmp_path)!r}; sys.argv = ['x', '--config', {str(tmp_path / 'job.json')!r}]\n"
        "sys.exit(job.run_job('prepare', lambda d: config.parse(config.PrepareConfig, d), broken))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=TRAINER, capture_output=True, text=True, timeout=60)
    assert done.returncode == 18
    assert json.loads(done.stdout)["code"] == "broken_installation"
    assert not (tmp_path / "apprentice-venv.json").exists()


@pytest.mark.needs(sys.platform.startswith("linux"), "only Linux ends children with their parent")
def test_kill_9_of_the_installer_leaves_no_pip_behind(tmp_path: Path) -> None:
    fake = tmp_path / "python"
    fake.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid.new\nmv {tmp_path}/pid.new {tmp_path}/pid\nexec sleep 60\n")
    fake.chmod(0o755)
    script = (
        "from pathlib import Path; from apprentice_trainer.pip_tool import Pip\n"
        f"Pip(Path({str(fake)!r}), Path({str(tmp_path / 'pip.log')!r})).run(['install', 'x'])\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=TRAINER)
    deadline = time.monotonic() + 20
    while not (tmp_path / "pid").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    pid = int((tmp_path / "pid").read_text())
    parent.kill()
    parent.wait()
    while _runs(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
