"""The event log, the lock, checkpoints, settings and the sentences for failures."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from apprentice_trainer.checkpoints import CheckpointStore, Totals
from apprentice_trainer.config import TrainConfig, parse
from apprentice_trainer.errors import EXIT_CODES, TrainerError, explain
from apprentice_trainer.events import EventLog
from apprentice_trainer.files import FolderLock, publish_folder


def test_a_line_that_a_crash_cut_short_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(b'{"event":"step","step":1}\n' + b'{"event":"st' + b"x" * 70_000)
    log = EventLog("train", None)
    assert log.attach(tmp_path) is True
    log.emit("step", step=2)
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["step"] for line in lines] == [1, 2]
    log.close()
    assert sorted(item.name for item in tmp_path.iterdir()) == ["metrics.jsonl"]


def test_numbers_that_are_none_are_null(tmp_path: Path) -> None:
    log = EventLog("train", None)
    assert log.attach(tmp_path) is False
    log.emit("step", loss=float("nan"), nested={"worst": [float("inf"), 1.5]})
    record = json.loads((tmp_path / "metrics.jsonl").read_text())
    assert record["loss"] is None and record["nested"] == {"worst": [None, 1.5]}


def test_a_reader_that_left_stops_nothing(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    log = EventLog("train", writer)
    log.attach(tmp_path)
    log.emit("step", step=1)
    log.emit("step", step=2)
    assert len((tmp_path / "metrics.jsonl").read_text().splitlines()) == 2


def test_a_lock_is_held_once_and_freed(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    first.acquire()
    with pytest.raises(TrainerError) as caught:
        second.acquire()
    assert caught.value.code == "already_running" and caught.value.details["pid"] == os.getpid()
    first.release()
    second.acquire()


def test_only_complete_checkpoints_count_and_two_are_kept(tmp_path: Path) -> None:
    store = CheckpointStore(tmp_path)
    for step in (3, 6, 9, 12):
        store.begin(step, 10)
        (store.folder / f"checkpoint-{step}").mkdir()
        (store.folder / f"checkpoint-{step}" / "weights").write_bytes(b"w" * step)
        store.finish(Totals(step=step, tokens=step * 10))
    (store.folder / "checkpoint-15").mkdir()
    found = store.latest()
    assert found is not None and found[1] == Totals(step=12, tokens=120)
    assert sorted(path.name for path in store.folder.iterdir()) == ["checkpoint-12", "checkpoint-9"]
    (store.folder / "checkpoint-12" / "complete.json").write_text("{")
    found = store.latest()
    assert found is not None and found[1].step == 9


def test_a_folder_is_replaced_whole(tmp_path: Path) -> None:
    for content in ("first", "second"):
        temporary = tmp_path / "new"
        temporary.mkdir()
        (temporary / "file").write_text(content)
        publish_folder(temporary, tmp_path / "final")
        assert (tmp_path / "final" / "file").read_text() == content
    assert [path.name for path in tmp_path.iterdir()] == ["final"]


GOOD = {"runDir": "/r", "baseModel": "/m", "trainFile": "/t"}


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"runDir": None}, "runDir must be a path"),
        ({"epochs": "3"}, "epochs must be float"),
        ({"epochs": 0}, "epochs must be greater than 0"),
        ({"batchSize": True}, "batchSize must be int"),
        ({"batch_size": 2, "colour": 1}, "colour is unknown"),
        ({"lora": {"dropout": 1}}, "dropout must lie between 0 and 1"),
        ({"lora": {"rank": 1}}, "lora.rank is unknown"),
        ({"lora": 3}, "lora must be an object"),
    ],
)
def test_unusable_settings_are_named(change: dict[str, object], part: str) -> None:
    with pytest.raises(TrainerError, match=part) as caught:
        parse(TrainConfig, {**GOOD, **change})
    assert caught.value.code == "bad_config"


def test_settings_are_read_and_have_defaults() -> None:
    config = parse(TrainConfig, {**GOOD, "epochs": 1, "lora": {"r": 8}, "maxSteps": None})
    assert (config.epochs, config.lora.r, config.lora.alpha, config.learning_rate) == (1.0, 8, 32, 1e-3)
    with pytest.raises(TrainerError, match="train_file is missing"):
        parse(TrainConfig, {"runDir": "/r", "baseModel": "/m"})


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "x"), "disk_full"),
        (OSError(errno.EDQUOT, "x"), "disk_full"),
        (RuntimeError("[enforce fail] PytorchStreamWriter failed writing file data/0"), "disk_full"),
        (Exception("Error while serializing: I/O error: No space left on device (os error 28)"), "disk_full"),
        (MemoryError(), "out_of_memory"),
        (RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"), "out_of_memory"),
        (ModuleNotFoundError("No module named 'trl'"), "broken_installation"),
        (KeyError("x"), "internal"),
    ],
)
def test_failures_become_codes_with_a_hint(error: Exception, code: str) -> None:
    known = explain(error, "/data")
    assert known.code == code and known.code in EXIT_CODES
    assert known.message.endswith(".") and known.hint.endswith(".")
    wrapped = RuntimeError("outer")
    wrapped.__cause__ = error
    assert explain(wrapped, "/data").code in (code, "internal")
