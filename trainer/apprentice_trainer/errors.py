"""Failures that a person reads: a code, one plain sentence, and what to do about it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from typing import Any

#: Exit status of the process for every error code, and for a stop on request.
EXIT_CODES: dict[str, int] = {
    "internal": 1,
    "bad_config": 2,
    "bad_rows": 10,
    "rows_too_long": 11,
    "broken_base_model": 12,
    "disk_full": 13,
    "out_of_memory": 14,
    "already_running": 15,
    "no_network": 16,
    "broken_download": 17,
    "broken_installation": 18,
    "python_unsuitable": 19,
    "install_failed": 20,
    "broken_adapter": 21,
    "diverged": 22,
}

#: SIGTERM or SIGINT arrived, the state is saved, starting again goes on from there.
EXIT_STOPPED = 75

_FULL_DISK_ERRNOS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_DISK_TEXTS = ("no space left", "os error 28", "os error 27", "disk quota exceeded", "file too large")
_MEMORY_TEXTS = (
    "can't allocate memory",
    "cannot allocate memory",
    "out of memory",
    "not enough memory",
    "std::bad_alloc",
)


class TrainerError(Exception):
    """A failure with a code of :data:`EXIT_CODES`, a sentence, a hint, and details for the event."""

    def __init__(self, code: str, message: str, hint: str, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.details = details

    @property
    def exit_code(self) -> int:
        """The exit status that belongs to the code."""
        return EXIT_CODES[self.code]


class StopRequested(Exception):
    """Raised between two operations after SIGTERM or SIGINT."""


def disk_full(where: object) -> TrainerError:
    """The error for a full disk or an exhausted quota below ``where``."""
    return TrainerError(
        "disk_full",
        "The disk is full, so the trainer could not save its work.",
        "Free some space on the disk that holds the data folder, then start again. "
        "Training goes on from its last checkpoint.",
        path=str(where),
    )


def out_of_memory() -> TrainerError:
    """The error for memory that ran out, on the processor or on the graphics card."""
    return TrainerError(
        "out_of_memory",
        "There was not enough memory for this step.",
        "Close other programs, or choose a smaller batch size or shorter examples, then start again.",
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def is_disk_full(error: BaseException) -> bool:
    """Whether an exception, or one that caused it, says that nothing more can be written."""
    for link in _chain(error):
        if isinstance(link, OSError) and link.errno in _FULL_DISK_ERRNOS:
            return True
        text = str(link).lower()
        if any(part in text for part in _FULL_DISK_TEXTS):
            return True
        # PyTorch hides the errno of a failed write behind these words.
        if "pytorchstreamwriter failed" in text or "unexpected pos" in text:
            return True
    return False


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an exception, or one that caused it, says that memory ran out."""
    for link in _chain(error):
        if isinstance(link, MemoryError) or (isinstance(link, OSError) and link.errno == errno.ENOMEM):
            return True
        if type(link).__name__ == "OutOfMemoryError":
            return True
        if isinstance(link, RuntimeError) and any(part in str(link).lower() for part in _MEMORY_TEXTS):
            return True
    return False


def explain(error: BaseException, where: object) -> TrainerError:
    """Turns any exception into an error that a person can act on."""
    if isinstance(error, TrainerError):
        return error
    if is_disk_full(error):
        return disk_full(where)
    if is_out_of_memory(error):
        return out_of_memory()
    if isinstance(error, ImportError):
        return TrainerError(
            "broken_installation",
            "A Python package that the trainer needs is missing or damaged.",
            "Install the trainer again; the installation is repaired by itself.",
            detail=f"{type(error).__name__}: {error}"[:500],
        )
    return TrainerError(
        "internal",
        "The trainer stopped because of an unexpected error.",
        "Start again. If it happens again, send the log of this job to whoever looks after Apprentice.",
        detail=f"{type(error).__name__}: {error}"[:500],
    )
