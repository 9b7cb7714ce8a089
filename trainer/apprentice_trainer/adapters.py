"""Adapters on disk and adapters loaded beside one base model."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .errors import TrainerError, is_disk_full, is_out_of_memory


def broken_adapter(folder: Path, reason: str) -> TrainerError:
    """The error for an adapter folder that cannot be used."""
    return TrainerError(
        "broken_adapter",
        f"The tuned model is incomplete or damaged: {reason}.",
        "Train it again, or choose another model.",
        folder=str(folder),
        reason=reason,
    )


def check_adapter(folder: Path) -> None:
    """Raises ``broken_adapter`` unless both files of an adapter are there."""
    for name in ("adapter_config.json", "adapter_model.safetensors"):
        if not (folder / name).is_file():
            raise broken_adapter(folder, f"{name} is missing")


def load_adapter(model: Any, folder: Path, name: str = "default") -> Any:
    """The base model with an adapter on it; a model that already has adapters gets one more."""
    from peft import PeftModel

    check_adapter(folder)
    try:
        if isinstance(model, PeftModel):
            model.load_adapter(str(folder), adapter_name=name)
            tuned = model
        else:
            tuned = PeftModel.from_pretrained(model, str(folder), adapter_name=name)
    except Exception as error:
        if is_disk_full(error) or is_out_of_memory(error) or isinstance(error, ImportError):
            raise
        known = broken_adapter(folder, "its weights do not fit the base model")
        known.details["detail"] = f"{type(error).__name__}: {error}"[:500]
        raise known from error
    tuned.eval()
    return tuned


class AdapterPool:
    """One base model and the adapters that were asked for lately. Not thread-safe."""

    def __init__(self, base: Any, most: int, idle_seconds: float) -> None:
        self.model = base
        self._most = most
        self._idle = idle_seconds
        self._names: dict[tuple[str, int], str] = {}
        self._used: dict[tuple[str, int], float] = {}
        self._count = 0

    def __len__(self) -> int:
        return len(self._names)

    @contextlib.contextmanager
    def chosen(self, folder: Path | None) -> Iterator[Any]:
        """The model with one adapter at work, or with none: base and tuned share all base weights."""
        if folder is None:
            off = self.model.disable_adapter() if self._names else contextlib.nullcontext()
            with off:
                yield self.model
            return
        check_adapter(folder)
        # A model that was trained again in the same folder is another model.
        key = (str(folder), (folder / "adapter_model.safetensors").stat().st_mtime_ns)
        if key not in self._names:
            self._make_room()
            self._count += 1
            name = f"adapter{self._count}"
            self.model = load_adapter(self.model, folder, name)
            self._names[key] = name
        self._used[key] = time.monotonic()
        self.model.set_adapter(self._names[key])
        yield self.model

    def unload_idle(self) -> int:
        """Unloads adapters that nobody asked for lately; returns how many."""
        limit = time.monotonic() - self._idle
        idle = [key for key, used in self._used.items() if used < limit]
        for key in idle:
            self._unload(key)
        return len(idle)

    def _make_room(self) -> None:
        while len(self._names) >= self._most:
            self._unload(min(self._used, key=self._used.__getitem__))

    def _unload(self, key: tuple[str, int]) -> None:
        name = self._names.pop(key)
        self._used.pop(key)
        if self._names:
            self.model.delete_adapter(name)
        else:
            self.model = self.model.unload()
