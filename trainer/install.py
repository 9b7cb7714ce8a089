"""Makes the trainer's virtual environment. Run with the system's Python; needs nothing but that.

    python3 trainer/install.py --data-dir .data/trainer

creates ``<data-dir>/venv``. Safe to repeat and to kill at any moment: an environment counts only
once its marker is written, and one without it is made anew.
"""

import sys

if sys.version_info < (3, 10):  # before any import that an older Python cannot read
    sys.stdout.write(
        '{"event":"error","job":"install","code":"python_unsuitable",'
        '"message":"Python %d.%d is too old for the trainer; it needs 3.10 or newer.",'
        '"hint":"Install Python 3.10 or newer, then start again."}\n' % sys.version_info[:2]
    )
    sys.exit(19)

import argparse  # noqa: E402
import hashlib  # noqa: E402
import os  # noqa: E402
import shutil  # noqa: E402
import subprocess  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parent))

from apprentice_trainer.errors import EXIT_STOPPED, StopRequested, TrainerError, explain  # noqa: E402
from apprentice_trainer.events import EventLog, claim_stdout  # noqa: E402
from apprentice_trainer.files import FolderLock, free_bytes, now, read_json, size_in_words, write_json  # noqa: E402
from apprentice_trainer.job import BLURRED, StopFlag  # noqa: E402
from apprentice_trainer.pip_tool import DownloadMeter, Package, Pip, reachable  # noqa: E402

PIP = "pip==26.3"
TORCH = "torch==2.13.0"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
CPU_INDEX_SECONDS = 4.0
SPARE_BYTES = 2_000_000_000
MARKER = "apprentice-venv.json"
REQUIREMENTS = Path(__file__).resolve().parent / "requirements.txt"


def fingerprint() -> str:
    """Identity of what is to be installed: the pins and the Python that runs them."""
    text = "\n".join([PIP, TORCH, REQUIREMENTS.read_text(encoding="utf-8"), sys.version.split()[0], sys.platform])
    return hashlib.sha256(text.encode()).hexdigest()


def is_ready(venv: Path) -> bool:
    """Whether an environment is complete, up to date and its Python still starts."""
    marker = read_json(venv / MARKER)
    if not isinstance(marker, dict) or marker.get("fingerprint") != fingerprint():
        return False
    try:
        return subprocess.run([venv / "bin" / "python", "-c", ""], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def has_gpu() -> bool:
    """Whether a graphics card that PyTorch can use shows itself."""
    return any(Path(path).exists() for path in ("/dev/nvidia0", "/dev/nvidiactl", "/dev/dxg", "/dev/kfd"))


def torch_index() -> list[str]:
    """pip's arguments for the index that PyTorch comes from."""
    chosen = os.environ.get("TORCH_INDEX_URL")
    if chosen:
        return ["--index-url", chosen]
    if sys.platform == "linux" and not has_gpu() and reachable(f"{CPU_INDEX}/torch/", CPU_INDEX_SECONDS):
        return ["--index-url", CPU_INDEX]
    return []


def needed_bytes(packages: list[Package]) -> int:
    """Room for pip's cache and the unpacked packages: they grow to about four times their download."""
    total = sum(package.bytes or 0 for package in packages)
    factor = 3 if any(package.name.startswith("nvidia-") for package in packages) else 5
    return total * factor


class Installer:
    """One installation with its events."""

    def __init__(self, data_dir: Path, log: EventLog, stop: StopFlag) -> None:
        self.venv = data_dir / "venv"
        self.job = data_dir / "install"
        self.log = log
        self.stop = stop
        self.pip = Pip(self.venv / "bin" / "python", self.job / "pip.log")
        self._said = 0.0

    def install(self) -> None:
        """Makes the environment, or finds it complete."""
        if is_ready(self.venv):
            self.log.emit("done", venv=str(self.venv), python=str(self.pip.python), alreadyInstalled=True)
            return
        began = time.monotonic()
        self._room(0)
        self._create()
        self._packages("pip", [PIP])
        self._packages("torch", [TORCH, *torch_index()])
        self._packages("libraries", ["-r", str(REQUIREMENTS)])
        write_json(self.venv / MARKER, {"fingerprint": fingerprint(), "python": sys.version.split()[0], "at": now()})
        seconds = round(time.monotonic() - began, 1)
        self.log.emit("done", venv=str(self.venv), python=str(self.pip.python), alreadyInstalled=False, seconds=seconds)

    def _create(self) -> None:
        self._progress("environment", 0, 1, "steps")
        shutil.rmtree(self.venv, ignore_errors=True)
        made = subprocess.run([sys.executable, "-m", "venv", str(self.venv)], capture_output=True, text=True)
        if made.returncode != 0:
            raise TrainerError(
                "python_unsuitable",
                "This Python cannot make virtual environments.",
                "Install its venv module (on Debian and Ubuntu: apt install python3-venv), then start again.",
                detail=(made.stdout + made.stderr)[-500:],
            )
        self._progress("environment", 1, 1, "steps")

    def _packages(self, stage: str, arguments: list[str]) -> None:
        self.stop.check()
        if stage == "pip":
            # The pip that comes with Python may be too old to report a plan or raw progress.
            self._progress("pip", 0, 1, "packages")
            self.pip.run(["install", "--quiet", "--retries", "2", *arguments])
            self._progress("pip", 1, 1, "packages")
            return
        self.log.emit("progress", stage=f"{stage}:resolve", done=0, total=1, unit="steps")
        packages = self.pip.plan(arguments, self.job / "plan.json")
        if not packages:
            return
        unknown = sum(package.bytes is None for package in packages)
        total = sum(package.bytes or 0 for package in packages)
        need = needed_bytes(packages)
        self.log.emit(
            "plan",
            stage=stage,
            packages=len(packages),
            downloadBytes=total,
            unknownSizes=unknown,
            neededBytes=need,
            freeBytes=free_bytes(self.job),
        )
        self._room(need)
        meter = DownloadMeter(packages, lambda done, of: self._progress(f"{stage}:download", done, of, "bytes"))
        with _Counter(self.venv, len(packages), lambda n, of: self._progress(f"{stage}:install", n, of, "packages")):
            self.pip.run(["install", "--retries", "2", "--progress-bar", "raw", *arguments], self._watched(meter))

    def _watched(self, meter: DownloadMeter):  # type: ignore[no-untyped-def]
        def line(text: str) -> None:
            self.stop.check()
            meter.line(text)

        return line

    def _room(self, need: int) -> None:
        free = free_bytes(self.job)
        if free < need + SPARE_BYTES:
            raise TrainerError(
                "disk_full",
                f"The trainer needs {size_in_words(need + SPARE_BYTES)} of free disk space, "
                f"and only {size_in_words(free)} are free.",
                "Free some space on the disk that holds the data folder, then start again.",
                neededBytes=need + SPARE_BYTES,
                freeBytes=free,
            )

    def _progress(self, stage: str, done: int, total: int, unit: str) -> None:
        moment = time.monotonic()
        if 0 < done < total and moment - self._said < 0.3:
            return
        self._said = moment
        self.log.emit("progress", stage=stage, done=done, total=total, unit=unit)


class _Counter:
    """Counts the packages that have arrived in the environment while pip is silent about them."""

    def __init__(self, venv: Path, total: int, progress) -> None:  # type: ignore[no-untyped-def]
        self._venv = venv
        self._total = total
        self._progress = progress
        self._before = self._count()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _count(self) -> int:
        return sum(1 for _ in self._venv.glob("lib/python*/site-packages/*.dist-info/RECORD"))

    def _watch(self) -> None:
        last = 0
        while not self._over.wait(0.5):
            arrived = min(self._count() - self._before, self._total)
            if arrived > last:
                last = arrived
                self._progress(arrived, self._total)

    def __enter__(self) -> "_Counter":
        self._thread.start()
        return self

    def __exit__(self, kind, *_) -> None:  # type: ignore[no-untyped-def]
        self._over.set()
        self._thread.join()
        if kind is None:
            self._progress(self._total, self._total)


def main() -> int:
    """Runs the installation and returns the exit status (see README.md)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", required=True, type=Path, help="folder of the trainer's data")
    data_dir = parser.parse_args().data_dir.absolute()
    stop = StopFlag()
    stop.listen()
    log = EventLog("install", claim_stdout())
    try:
        (data_dir / "install").mkdir(parents=True, exist_ok=True)
        lock = FolderLock(data_dir / "install")
        lock.acquire()
        log.attach(data_dir / "install")
        Installer(data_dir, log, stop).install()
        log.close()
        return 0
    except StopRequested:
        log.emit_last("stopped")
        return EXIT_STOPPED
    except Exception as error:  # noqa: BLE001 - every failure becomes a sentence
        known = explain(error, data_dir)
        if stop.is_set and known.code in BLURRED:  # pip was stopped together with this program
            log.emit_last("stopped")
            return EXIT_STOPPED
        log.emit_last("error", code=known.code, message=known.message, hint=known.hint, **known.details)
        return known.exit_code


if __name__ == "__main__":
    sys.exit(main())
