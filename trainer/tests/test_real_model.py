"""The real base model learns a dozen replies and answers in their voice."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from support import rows, run, steps, write_rows


@pytest.mark.real
def test_a_dozen_replies_are_learned(real_model: Path, tmp_path: Path) -> None:
    items = rows(12)
    train = {
        "runDir": str(tmp_path / "run"),
        "baseModel": str(real_model),
        "trainFile": str(write_rows(tmp_path / "train.jsonl", items[:10])),
        "validationFile": str(write_rows(tmp_path / "validation.jsonl", items[10:])),
        "learningRate": 0.002,
        "batchSize": 4,
        "gradientAccumulation": 1,
        "maxSteps": 8,
        "evalEverySteps": 8,
        "checkpointEverySteps": 100,
        "seed": 5,
    }
    native = {"env": {"OMP_NUM_THREADS": str(os.cpu_count())}}
    status, events = run("train", train, tmp_path, **native)
    assert status == 0, events[-1]
    losses = [event["loss"] for event in steps(events)]
    assert len(losses) == 8 and sum(losses[-3:]) < 0.6 * sum(losses[:3])
    validation = [event["loss"] for event in events if event["event"] == "validation"]
    assert validation[-1] < 0.8 * validation[0]

    evaluation = {
        "runDir": train["runDir"],
        "baseModel": str(real_model),
        "adapter": events[-1]["adapterDir"],
        "heldOutFile": str(write_rows(tmp_path / "held-out.jsonl", items[10:])),
        "outFile": str(tmp_path / "evaluation.json"),
        "maxNewTokens": 32,
    }
    status, events = run("evaluate", evaluation, tmp_path, **native)
    assert status == 0, events[-1]
    summary = json.loads((tmp_path / "evaluation.json").read_text())
    assert summary["arms"]["tuned"]["loss"] < summary["arms"]["base"]["loss"]
    answers = [row["tuned"]["answer"] for row in summary["rows"]]
    assert all(answer.startswith("Thank you for writing.") for answer in answers)
    assert all(row["base"]["answer"] != row["tuned"]["answer"] for row in summary["rows"])
