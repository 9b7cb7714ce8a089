"""Checkpoints that count only once they are whole."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from .errors import disk_full
from .files import folder_bytes, free_bytes, read_json, sync_tree, write_json

_MARKER = "complete.json"
_NAME = re.compile(r"checkpoint-(\d+)")
_KEPT = 2
_ROOM = 20_000_000


@dataclass(frozen=True)
class Totals:
    """What a run had done at a checkpoint, over all processes that worked on it."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    validated_step: int = -1
    loss: float | None = None
    validation_loss: float | None = None


class CheckpointStore:
    """The checkpoints of one run.

    The Trainer writes a folder file by file; a marker that is written last, after everything was
    made durable, says that it may be resumed from. Folders without it are left-overs of a crash.
    """

    def __init__(self, run_dir: Path) -> None:
        self.folder = run_dir / "checkpoints"
        self._bytes = 0

    def latest(self) -> tuple[Path, Totals] | None:
        """The newest complete checkpoint, after removing the incomplete ones."""
        found: list[tuple[int, Path, Totals]] = []
        for path in self._all():
            marker = read_json(path / _MARKER)
            try:
                totals = Totals(**marker) if isinstance(marker, dict) else None
            except TypeError:
                totals = None
            if totals is None:
                shutil.rmtree(path, ignore_errors=True)
            else:
                found.append((totals.step, path, totals))
        if not found:
            return None
        _, path, totals = max(found, key=lambda item: item[0])
        self._bytes = folder_bytes(path)
        return path, totals

    def begin(self, step: int, expected_bytes: int) -> None:
        """Makes room for a checkpoint: removes a left-over of the same step, refuses on a full disk."""
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.folder / f"checkpoint-{step}", ignore_errors=True)
        if free_bytes(self.folder) < max(self._bytes, expected_bytes) + _ROOM:
            raise disk_full(self.folder)

    def finish(self, totals: Totals) -> None:
        """Marks a written checkpoint as complete and removes all but the newest two."""
        path = self.folder / f"checkpoint-{totals.step}"
        sync_tree(path)
        self._bytes = folder_bytes(path)
        write_json(path / _MARKER, vars(totals))
        for old in sorted(self._all(), key=_step)[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)

    def clear(self) -> None:
        """Removes all checkpoints."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _all(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return [path for path in self.folder.iterdir() if _NAME.fullmatch(path.name)]


def _step(path: Path) -> int:
    match = _NAME.fullmatch(path.name)
    return int(match.group(1)) if match else -1
