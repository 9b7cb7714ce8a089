"""What all commands share: arguments, the job folder, its lock and log, signals, exit codes."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from .errors import EXIT_STOPPED, StopRequested, TrainerError, explain
from .events import EventLog, claim_stdout, send_stderr_to
from .files import FolderLock

#: Failures that a stop request explains when both come together: a child was stopped too.
BLURRED = {"internal", "install_failed", "no_network"}


class JobConfig(Protocol):
    """A configuration that knows the folder in which its job keeps everything."""

    @property
    def job_dir(self) -> Path: ...


C = TypeVar("C", bound=JobConfig)


class StopFlag:
    """Remembers a request to stop; ``check`` raises it at a place where stopping is safe."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def listen(self) -> None:
        """Answers SIGTERM and SIGINT with the flag instead of dying."""
        signal.signal(signal.SIGTERM, lambda *_: self._event.set())
        signal.signal(signal.SIGINT, lambda *_: self._event.set())

    @property
    def is_set(self) -> bool:
        """Whether a stop was requested."""
        return self._event.is_set()

    def check(self) -> None:
        """Raises :class:`StopRequested` once a stop was requested."""
        if self._event.is_set():
            raise StopRequested


def run_job(
    job: str,
    read_config: Callable[[dict[str, Any]], C],
    body: Callable[[C, EventLog, StopFlag, bool], None],
) -> int:
    """Runs one command from ``--config`` to its exit status.

    ``body`` gets the configuration, the event log, the stop flag, and whether an earlier process
    already wrote events for this job. Whatever it raises becomes the last event.
    """
    stop = StopFlag()
    stop.listen()
    log = EventLog(job, claim_stdout())
    where: object = "the data folder"
    try:
        config = read_config(_load(_arguments(job).config))
        where = config.job_dir
        config.job_dir.mkdir(parents=True, exist_ok=True)
        lock = FolderLock(config.job_dir)
        lock.acquire()
        if os.environ.get("APPRENTICE_TRAINER_STDERR") != "keep":
            send_stderr_to(config.job_dir / "trainer.log")
        continued = log.attach(config.job_dir)
        body(config, log, stop, continued)
        log.close()
        return 0
    except StopRequested as request:
        log.emit_last("stopped", step=getattr(request, "step", None))
        return EXIT_STOPPED
    except Exception as error:  # noqa: BLE001 - the one place where every failure becomes a sentence
        if not isinstance(error, TrainerError):
            traceback.print_exc(file=sys.stderr)
        known = explain(error, where)
        if stop.is_set and known.code in BLURRED:
            log.emit_last("stopped", step=None)
            return EXIT_STOPPED
        if known.code == "broken_installation":
            # Without its marker the environment is made anew by the next installation.
            (Path(sys.prefix) / "apprentice-venv.json").unlink(missing_ok=True)
        log.emit_last("error", code=known.code, message=known.message, hint=known.hint, **known.details)
        return known.exit_code


def _arguments(job: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m apprentice_trainer.{job}")
    parser.add_argument("--config", required=True, type=Path, help="JSON file, see trainer/README.md")
    return parser.parse_args()


def _load(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TrainerError(
            "bad_config", f"The settings file {path} cannot be read.", "Start the job again.", detail=str(error)
        ) from None
    except ValueError as error:
        raise TrainerError(
            "bad_config", f"The settings file {path} is damaged.", "Start the job again.", detail=str(error)
        ) from None
    if not isinstance(value, dict):
        raise TrainerError("bad_config", f"The settings file {path} holds no settings.", "Start the job again.")
    return value
