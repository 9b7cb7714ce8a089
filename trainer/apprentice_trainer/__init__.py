"""The Python side of Apprentice: fine-tunes, evaluates and serves small language models.

The environment is set here, before any library is imported: the trainer never speaks to a
model hub, sends no telemetry, and reports to nobody but its own event log.
"""

import os

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["DO_NOT_TRACK"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "warning")
# The app shares these cores: a short spin instead of a long one before a thread sleeps.
os.environ.setdefault("GOMP_SPINCOUNT", "20000")
