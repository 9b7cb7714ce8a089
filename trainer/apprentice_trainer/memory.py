"""What the process asks of the system: an allocator set for tensors, and the last place in the queue."""

from __future__ import annotations

import ctypes
import os
import sys

_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_MAX = -1, -2, -4


def keep_freed_memory() -> None:
    """Lets the process reuse freed memory instead of handing it back after every tensor.

    Large tensors are otherwise mapped and unmapped at every operation, and the page faults cost
    about a quarter of the training speed on the processor. Does nothing without glibc.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    mallopt(_M_MMAP_MAX, 0)
    mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)
    mallopt(_M_TOP_PAD, 256 << 20)


def step_back() -> None:
    """Lowers the priority, so that the app stays quick while the trainer uses what is left."""
    os.nice(5)
