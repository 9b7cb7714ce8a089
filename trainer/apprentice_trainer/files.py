"""Writing that survives a crash, file checks, free space, and the lock of a job folder."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .errors import TrainerError

Progress = Callable[[int, int], None]


def now() -> str:
    """The current time as ISO 8601 in UTC with milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def sha256_file(path: Path, progress: Progress | None = None) -> str:
    """SHA-256 of a file as hex; ``progress`` gets bytes done and bytes in total."""
    digest = hashlib.sha256()
    total = path.stat().st_size
    done = 0
    with path.open("rb", buffering=0) as stream:
        while chunk := stream.read(1 << 22):
            digest.update(chunk)
            done += len(chunk)
            if progress:
                progress(done, total)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Makes the names inside a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Makes every file below a folder, and the folder itself, durable."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as stream:
                os.fsync(stream.fileno())
        elif path.is_dir():
            sync_folder(path)
    sync_folder(folder)


def write_json(path: Path, value: Any) -> None:
    """Replaces a JSON file in one step: readers see the old or the new one, never a half."""
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("w", encoding="utf-8") as stream:
        json.dump(value, stream, ensure_ascii=False, indent=2, allow_nan=False)
        stream.write("\n")
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, path)
    sync_folder(path.parent)


def read_json(path: Path) -> Any | None:
    """The value of a JSON file, or None when it is missing or cannot be read as JSON."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def publish_folder(temporary: Path, final: Path) -> None:
    """Puts a finished folder in its place; an older one there makes way first."""
    sync_tree(temporary)
    if final.exists():
        retired = final.with_name(f".{final.name}.old")
        shutil.rmtree(retired, ignore_errors=True)
        os.replace(final, retired)
        os.replace(temporary, final)
        shutil.rmtree(retired, ignore_errors=True)
    else:
        os.replace(temporary, final)
    sync_folder(final.parent)


def folder_bytes(folder: Path) -> int:
    """Size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def free_bytes(folder: Path) -> int:
    """Bytes that may still be written on the disk of a folder, existing or not."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def size_in_words(count: int) -> str:
    """A size for a sentence: 269 MB, 1.5 GB."""
    if count >= 1_000_000_000:
        return f"{count / 1_000_000_000:.1f} GB"
    return f"{max(1, round(count / 1_000_000))} MB"


class FolderLock:
    """An exclusive lock on a job folder that the kernel releases when the process ends, however it ends."""

    def __init__(self, folder: Path, name: str = "lock") -> None:
        self.path = folder / name
        self._handle: int | None = None

    def acquire(self) -> None:
        """Takes the lock or raises ``already_running`` with the process that holds it."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 1000)
            os.close(handle)
            try:
                pid = json.loads(holder)["pid"]
            except (ValueError, KeyError, TypeError):
                pid = None
            raise TrainerError(
                "already_running",
                "This job is already being worked on by another trainer process.",
                "Wait until it has ended, or stop it first.",
                pid=pid,
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps({"pid": os.getpid(), "startedAt": now()}).encode())
        self._handle = handle

    def release(self) -> None:
        """Gives the lock back; the file stays."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
