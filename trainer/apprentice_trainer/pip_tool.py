"""Running pip with measured progress and with failures in plain words. Standard library only."""

from __future__ import annotations

import ctypes
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

from .errors import TrainerError, disk_full

Progress = Callable[[int, int], None]

_RAW = re.compile(r"Progress (\d+) of (\d+)")
_FILE = re.compile(r"\s*(?:Downloading|Using cached|Processing) (\S+)")
_NO_NETWORK = (
    "newconnectionerror",
    "nameresolutionerror",
    "name or service not known",
    "temporary failure in name resolution",
    "connecttimeout",
    "read timed out",
    "readtimeout",
    "proxyerror",
    "connection refused",
    "network is unreachable",
    "max retries exceeded",
    "connection broken",
    "failed to establish a new connection",
    "connection error",
    "connection timed out",
    "failed to resolve",
    "sslerror",
)


@dataclass(frozen=True)
class Package:
    """A package that pip decided to install, and the size of its file where the server tells it."""

    name: str
    version: str
    url: str
    bytes: int | None

    @property
    def file_name(self) -> str:
        """The name of its file as pip prints it."""
        return unquote(os.path.basename(urlparse(self.url).path))


def no_network(detail: str) -> TrainerError:
    """The error for a package registry that cannot be reached."""
    return TrainerError(
        "no_network",
        "The Python package registry cannot be reached, so the trainer cannot be installed.",
        "Check the internet connection and the proxy (HTTPS_PROXY), or set PIP_INDEX_URL to your own "
        "package index, then start again. Everything but training works meanwhile.",
        detail=detail[-500:],
    )


class Pip:
    """pip of one Python, with its output kept in a log file."""

    def __init__(self, python: Path, log: Path) -> None:
        self.python = python
        self.log = log

    def run(self, arguments: list[str], on_line: Callable[[str], None] | None = None) -> None:
        """Runs pip; raises ``no_network``, ``disk_full`` or ``install_failed``."""
        command = [str(self.python), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PIP_ROOT_USER_ACTION": "ignore", "LC_ALL": "C.UTF-8"}
        tail: list[str] = []
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"$ pip {' '.join(arguments)}\n")
            with subprocess.Popen(
                command,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=environment,
                text=True,
                errors="replace",
                preexec_fn=_end_with_parent,
            ) as process:
                try:
                    assert process.stdout is not None
                    for line in process.stdout:
                        if not line.startswith("Progress "):
                            log.write(line)
                            tail = [*tail[-60:], line]
                        if on_line:
                            on_line(line)
                except BaseException:
                    process.kill()
                    raise
        if process.returncode != 0:
            raise _failure("".join(tail), self.log)

    def plan(self, arguments: list[str], report: Path) -> list[Package]:
        """What pip would install, with the sizes of the files."""
        self.run(["install", "--dry-run", "--quiet", "--retries", "2", "--report", str(report), *arguments])
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
        report.unlink()
        with ThreadPoolExecutor(8) as pool:
            sizes = list(pool.map(_size, [item["download_info"]["url"] for item in items]))
        return [
            Package(item["metadata"]["name"], item["metadata"]["version"], item["download_info"]["url"], size)
            for item, size in zip(items, sizes)
        ]


class DownloadMeter:
    """Adds up pip's own progress lines over the files of a plan; a cached file counts when it is taken."""

    def __init__(self, packages: list[Package], progress: Progress) -> None:
        self.total = sum(package.bytes or 0 for package in packages)
        self._sizes = {package.file_name: package.bytes or 0 for package in packages}
        self._progress = progress
        self._done: set[str] = set()
        self._current: str | None = None
        self._cached = False

    def line(self, line: str) -> None:
        """Takes one line of pip's output."""
        if match := _RAW.match(line):
            if self._current is not None:
                part = min(int(match.group(1)), self._sizes[self._current])
                self._progress(self._finished() + part, self.total)
            return
        if match := _FILE.match(line):
            name = unquote(os.path.basename(match.group(1)))
            self.end()
            if name in self._sizes and name not in self._done:
                self._current = name
        elif line.startswith("Installing collected packages"):
            self._done.update(self._sizes)
            self.end()

    def end(self) -> None:
        """Counts the current file as complete."""
        if self._current is not None:
            self._done.add(self._current)
            self._current = None
        self._progress(self._finished(), self.total)

    def _finished(self) -> int:
        return sum(self._sizes[name] for name in self._done)


def _end_with_parent() -> None:
    """Asks Linux to kill pip with its parent, so that no orphan writes into an environment made anew."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def _size(url: str) -> int | None:
    try:
        parts = urlparse(url)
        if parts.scheme == "file":
            return Path(unquote(parts.path)).stat().st_size
        context = ssl.create_default_context(cafile=os.environ.get("PIP_CERT") or None)
        request = urllib.request.Request(url, method="HEAD")
        with urllib.request.urlopen(request, timeout=15, context=context) as response:
            return int(response.headers["Content-Length"])
    except (OSError, ValueError, TypeError):
        return None


def reachable(url: str, seconds: float) -> bool:
    """Whether a package index answers within a short time."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=seconds):
            return True
    except (OSError, ValueError):
        return False


def _failure(output: str, log: Path) -> TrainerError:
    text = output.lower()
    if "no space left" in text or "errno 28" in text or "disk quota" in text:
        return disk_full(log.parent)
    if any(part in text for part in _NO_NETWORK):
        return no_network(output)
    if "do not match the hashes" in text:
        return TrainerError(
            "broken_download",
            "A downloaded file is not the one that was expected.",
            "Start again. If it stays so, the package index hands out a changed file; use another one (PIP_INDEX_URL).",
            detail=output[-500:],
        )
    return TrainerError(
        "install_failed",
        "The Python packages of the trainer could not be installed.",
        f"The reason stands at the end of {log}. Start again once it is put right.",
        detail=output[-500:],
    )
