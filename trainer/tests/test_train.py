"""A fine-tune as its own process: results, faults, stopping and going on."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import time
from pathlib import Path
from typing import Any

import pytest
from support import metrics, rows, run, start, steps, training_job, write_rows

Job = dict[str, Any]


@pytest.fixture(scope="module")
def uninterrupted(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The events of the same training without any disturbance; started again, it only says done."""
    folder = tmp_path_factory.mktemp("uninterrupted")
    config = training_job(tiny_model, folder)
    status, events = run("train", config, folder)
    assert status == 0, events[-1]
    assert metrics(folder / "run") == events
    status, again = run("train", config, folder)
    assert status == 0 and [event["event"] for event in again] == ["done"]
    assert {**again[0], "at": None} == {**events[-1], "at": None}
    return events


def test_trains_reports_every_step_and_leaves_an_adapter(uninterrupted: list[dict[str, Any]]) -> None:
    known = steps(uninterrupted)
    assert [event["step"] for event in known] == list(range(1, 61))
    assert known[-1]["loss"] < known[0]["loss"] - 0.4
    assert all(event["tokens"] > 0 and event["tokensPerSecond"] > 0 and event["gradNorm"] > 0 for event in known)
    assert [e["step"] for e in uninterrupted if e["event"] == "validation"] == [0, 20, 40, 60]
    done = uninterrupted[-1]
    assert done["event"] == "done" and done["steps"] == 60
    assert done["tokens"] == sum(event["tokens"] for event in known)
    adapter = Path(done["adapterDir"])
    assert sorted(path.name for path in adapter.iterdir()) == ["adapter_config.json", "adapter_model.safetensors"]
    assert "/" not in json.loads((adapter / "adapter_config.json").read_text())["base_model_name_or_path"]
    assert not (adapter.parent / "checkpoints").exists()


def test_goes_on_after_kill_9_as_if_nothing_had_happened(
    job: Job, tmp_path: Path, uninterrupted: list[dict[str, Any]]
) -> None:
    dice = random.Random(os.environ.get("APPRENTICE_TEST_SEED", "3"))
    for begin, end in ((9, 25), (26, 55)):
        process = start("train", job, tmp_path)
        victim = dice.randint(begin, end)
        assert process.stdout is not None
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "step" and event["step"] >= victim:
                break
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    # A checkpoint that was cut short has to be ignored.
    broken = tmp_path / "run" / "checkpoints" / "checkpoint-59"
    broken.mkdir()
    (broken / "trainer_state.json").write_text("{")
    status, _ = run("train", job, tmp_path)
    events = metrics(tmp_path / "run")
    assert status == 0, events[-1]
    assert sum(event["event"] == "resumed" for event in events) == 2
    assert all(event["fromStep"] > 0 for event in events if event["event"] == "resumed")
    assert [event["step"] for event in steps(events)] == list(range(1, 61))
    losses = [event["loss"] for event in steps(events)]
    expected = [event["loss"] for event in steps(uninterrupted)]
    assert losses == pytest.approx(expected, rel=1e-3)
    assert events[-1]["validationLoss"] == pytest.approx(uninterrupted[-1]["validationLoss"], rel=0.05)
    assert events[-1]["tokens"] == uninterrupted[-1]["tokens"]


def test_sigterm_saves_and_leaves_with_its_own_status(
    job: Job, tmp_path: Path, uninterrupted: list[dict[str, Any]]
) -> None:
    job["checkpointEverySteps"] = 1000
    process = start("train", job, tmp_path)
    assert process.stdout is not None
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == "step" and event["step"] == 11:
            break
    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    rest = [json.loads(line) for line in process.stdout]
    assert process.wait() == 75 and time.monotonic() - asked < 8
    assert rest[-1]["event"] == "stopped"
    at = rest[-1]["step"]
    assert at >= 11
    status, events = run("train", job, tmp_path)
    assert status == 0
    assert next(event for event in events if event["event"] == "resumed")["fromStep"] == at
    assert events[1]["event"] != "error" and steps(metrics(tmp_path / "run"))[at]["step"] == at + 1
    losses = [event["loss"] for event in steps(metrics(tmp_path / "run"))]
    assert losses == pytest.approx([event["loss"] for event in steps(uninterrupted)], rel=1e-3)


def test_goes_on_when_nobody_reads_its_output(job: Job, tmp_path: Path) -> None:
    job["maxSteps"] = 5
    process = start("train", job, tmp_path)
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(timeout=600) == 0
    assert metrics(tmp_path / "run")[-1]["event"] == "done"


def test_a_second_trainer_is_refused(job: Job, tmp_path: Path) -> None:
    first = start("train", job, tmp_path)
    try:
        assert first.stdout is not None
        first.stdout.readline()
        status, events = run("train", job, tmp_path)
        assert status == 15
        assert events[-1]["code"] == "already_running" and events[-1]["pid"] == first.pid
    finally:
        first.kill()
        first.wait()
    assert all(event["event"] != "error" for event in metrics(tmp_path / "run"))


def test_another_setting_in_the_same_folder_is_refused(job: Job, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "run.json").write_text('{"fingerprint": "another"}')
    status, events = run("train", job, tmp_path)
    assert status == 2 and events[-1]["code"] == "bad_config"


def test_rows_too_long_are_listed_before_training(job: Job, tmp_path: Path) -> None:
    items = rows(4)
    items[1]["prompt"][1]["content"] = "lamp " * 900
    items[3]["completion"][0]["content"] = "light " * 900
    write_rows(tmp_path / "train.jsonl", items)
    status, events = run("train", job, tmp_path)
    assert status == 11
    assert events[-1]["code"] == "rows_too_long" and events[-1]["limit"] == 512
    assert [item["line"] for item in events[-1]["lines"]] == [2, 4]
    assert all(event["event"] != "step" for event in events)


def test_a_missing_training_file_is_bad_rows(job: Job, tmp_path: Path) -> None:
    (tmp_path / "train.jsonl").unlink()
    status, events = run("train", job, tmp_path)
    assert status == 10 and events[-1]["code"] == "bad_rows" and events[-1]["hint"]


@pytest.mark.parametrize("damage", ["missing", "truncated", "tokenizer"])
def test_a_broken_base_model_is_named(job: Job, tmp_path: Path, tiny_model: Path, damage: str) -> None:
    copy = tmp_path / "model"
    if damage != "missing":
        shutil.copytree(tiny_model, copy)
    if damage == "truncated":
        os.truncate(copy / "model.safetensors", 1_000_000)
    if damage == "tokenizer":
        (copy / "tokenizer.json").write_text("{")
    status, events = run("train", {**job, "baseModel": str(copy)}, tmp_path)
    assert status == 12 and events[-1]["code"] == "broken_base_model"
    assert events[-1]["hint"]


def test_a_changed_weight_of_a_prepared_model_is_found(real_model: Path, tmp_path: Path) -> None:
    from apprentice_trainer.base_model import check_base_model
    from apprentice_trainer.errors import TrainerError

    copy = tmp_path / "model"
    shutil.copytree(real_model, copy)
    with (copy / "model.safetensors").open("r+b") as stream:
        stream.seek(100_000_000)
        byte = stream.read(1)
        stream.seek(100_000_000)
        stream.write(bytes([byte[0] ^ 1]))
    with pytest.raises(TrainerError, match="model.safetensors was changed"):
        check_base_model(copy)


def test_a_full_disk_says_so_and_training_goes_on_later(job: Job, tmp_path: Path) -> None:
    def no_large_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))

    job["lora"]["r"] = 64
    job["maxSteps"] = 20
    status, events = run("train", job, tmp_path, preexec_fn=no_large_files)
    assert status == 13, events[-1]
    assert events[-1]["code"] == "disk_full" and events[-1]["hint"]
    assert metrics(tmp_path / "run")[-1]["code"] == "disk_full"
    status, events = run("train", job, tmp_path)
    assert status == 0 and [event["step"] for event in steps(metrics(tmp_path / "run"))] == list(range(1, 21))


def _can_mount() -> bool:
    """Root in a container often may not."""
    tools = all(shutil.which(name) for name in ("mount", "unshare"))
    return tools and os.geteuid() == 0 and os.system("unshare -m mount -t tmpfs tmpfs /tmp 2>/dev/null") == 0


@pytest.mark.needs(_can_mount(), "this machine does not let us mount a small volume")
def test_a_full_volume_says_so(job: Job, tmp_path: Path) -> None:
    volume = tmp_path / "volume"
    volume.mkdir()
    assert os.system(f"mount -t tmpfs -o size=21m tmpfs {volume}") == 0
    job["lora"]["r"] = 64
    try:
        status, events = run("train", {**job, "runDir": str(volume / "run")}, tmp_path)
        assert status == 13 and events[-1]["code"] == "disk_full"
        left = metrics(volume / "run")
        assert left[-1]["event"] == "error" and steps(left)[-1]["step"] >= 7
    finally:
        os.system(f"umount {volume}")
