"""The event log: one JSON object per line, on stdout and durably in the job folder."""

from __future__ import annotations

import errno
import json
import math
import os
import sys
import threading
from pathlib import Path
from typing import Any

from .files import now

_RESERVE_BYTES = 64 * 1024


def claim_stdout() -> int:
    """Keeps the real stdout for events and sends everything that libraries print there to stderr."""
    sys.stdout.flush()
    private = os.dup(1)
    os.set_inheritable(private, False)
    os.dup2(2, 1)
    return private


def send_stderr_to(path: Path) -> None:
    """Appends stderr (and what libraries print) to a log file, so that a vanished parent harms nothing."""
    sys.stderr.flush()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(handle, 2)
    os.dup2(handle, 1)
    os.close(handle)


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return value


class EventLog:
    """Writes events to stdout and, once a job folder is attached, to its ``metrics.jsonl``.

    The file is the truth: a reader that lost the pipe goes on from the byte it had reached. A
    reader that went away never stops the trainer. A small reserve file makes room for the last
    event when the disk is full.
    """

    def __init__(self, job: str, stdout: int | None) -> None:
        self.job = job
        self._stdout = stdout
        self._file: int | None = None
        self._reserve: Path | None = None
        self._lock = threading.Lock()

    def attach(self, folder: Path) -> bool:
        """Starts appending to ``folder/metrics.jsonl``; True when it already held events.

        A last line that a crash cut short is removed.
        """
        path = folder / "metrics.jsonl"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        size = end_of_last_line(handle)
        os.ftruncate(handle, size)
        self._file = handle
        self._reserve = folder / ".reserve"
        if not self._reserve.exists():
            self._reserve.write_bytes(b"\0" * _RESERVE_BYTES)
        return size > 0

    def emit(self, event: str, **fields: Any) -> None:
        """Writes one event; raises OSError when the job folder's disk is full."""
        record = _finite({"event": event, "job": self.job, "at": now(), **fields})
        line = json.dumps(record, ensure_ascii=False, allow_nan=False).encode() + b"\n"
        with self._lock:
            self._to_stdout(line)
            self._to_file(line)

    def emit_last(self, event: str, **fields: Any) -> None:
        """Writes the closing event; frees the reserve first, and never raises."""
        if self._reserve is not None:
            self._reserve.unlink(missing_ok=True)
        try:
            self.emit(event, **fields)
        except OSError:
            pass  # stdout has it already; the disk took nothing even with the reserve freed

    def close(self) -> None:
        """Ends the log and removes the reserve."""
        if self._reserve is not None:
            self._reserve.unlink(missing_ok=True)
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _to_stdout(self, line: bytes) -> None:
        if self._stdout is None:
            return
        try:
            while line:
                line = line[os.write(self._stdout, line) :]
        except OSError:
            self._stdout = None  # nobody listens any more; the file goes on

    def _to_file(self, line: bytes) -> None:
        if self._file is None:
            return
        before = os.fstat(self._file).st_size
        try:
            written = os.write(self._file, line)
            if written != len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._file)
        except OSError:
            os.ftruncate(self._file, before)
            raise


class SilentLog(EventLog):
    """Keeps events in memory: for measuring and for tests."""

    def __init__(self) -> None:
        super().__init__("silent", None)
        self.records: list[dict[str, Any]] = []

    def emit(self, event: str, **fields: Any) -> None:
        """Keeps one event."""
        self.records.append({"event": event, **fields})


def end_of_last_line(handle: int) -> int:
    """Offset behind the last newline of a file."""
    position = os.fstat(handle).st_size
    while position > 0:
        start = max(0, position - 65536)
        found = os.pread(handle, position - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        position = start
    return 0
