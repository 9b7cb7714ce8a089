"""Answering given prompts: the model that each row names, resuming, rows that fail."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import pytest
from support import rows, run, start, write_rows


def _row(item: dict[str, Any], arm: str, model: str) -> dict[str, Any]:
    return {**item, "id": f"{item['id']}:{arm}", "model": model}


@pytest.fixture
def job(tiny_model: Path, adapter: Path, tmp_path: Path) -> dict[str, Any]:
    """Three arms of eight prompts: base, base with an example in front, tuned."""
    items: list[Any] = []
    for item in rows(8):
        shown = [*item["prompt"][:1], {"role": "user", "content": "Is it in stock?"}]
        shown += [{"role": "assistant", "content": "It is."}, *item["prompt"][1:]]
        items += [_row(item, "base", "base"), _row({**item, "prompt": shown}, "base_examples", "base")]
        items.append(_row(item, "tuned", "tuned"))
    return {
        "jobDir": str(tmp_path / "proof"),
        "baseModel": str(tiny_model),
        "adapter": str(adapter),
        "rowsFile": str(write_rows(tmp_path / "rows.jsonl", items)),
        "outFile": str(tmp_path / "proof" / "answers.json"),
        "maxNewTokens": 24,
        "batchSize": 4,
    }


def _answers(job: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in json.loads(Path(job["outFile"]).read_text())["rows"]}


def test_answers_every_arm_and_resumes(job: dict[str, Any], tmp_path: Path) -> None:
    process = start("answer", job, tmp_path)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line).get("stage") == "base:answer" and json.loads(line)["done"] >= 8:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = (tmp_path / "proof" / "answers.jsonl").read_text().splitlines()
    assert 24 <= len(kept) < 48
    status, events = run("answer", job, tmp_path)
    assert status == 0, events[-1]
    assert next(event for event in events if event["event"] == "started")["already"] == len(kept)
    assert events[-1]["rows"] == 24 and events[-1]["failedRows"] == 0
    resumed = _answers(job)

    fresh = {**job, "jobDir": str(tmp_path / "fresh"), "outFile": str(tmp_path / "fresh.json")}
    assert run("answer", fresh, tmp_path)[0] == 0
    whole = _answers(fresh)
    assert {key: row["answer"] for key, row in resumed.items()} == {key: row["answer"] for key, row in whole.items()}
    assert all(row["loss"] > 0 and row["tokens"] <= 24 for row in whole.values())
    for arm in ("base_examples", "tuned"):
        assert any(whole[f"r{n}:base"]["answer"] != whole[f"r{n}:{arm}"]["answer"] for n in range(1, 9))


def test_the_arms_answer_as_the_evaluation_does(job: dict[str, Any], tmp_path: Path) -> None:
    write_rows(
        Path(job["rowsFile"]), [_row(item, model, model) for item in rows(8) for model in ("base", "tuned")]
    )
    assert run("answer", job, tmp_path)[0] == 0
    evaluation = {
        "runDir": str(tmp_path / "run"),
        "baseModel": job["baseModel"],
        "adapter": job["adapter"],
        "heldOutFile": str(write_rows(tmp_path / "held-out.jsonl", rows(8))),
        "outFile": str(tmp_path / "evaluation.json"),
        "maxNewTokens": 24,
        "batchSize": 4,
    }
    assert run("evaluate", evaluation, tmp_path)[0] == 0
    answers = _answers(job)
    for row in json.loads((tmp_path / "evaluation.json").read_text())["rows"]:
        for model in ("base", "tuned"):
            assert answers[f"{row['id']}:{model}"]["answer"] == row[model]["answer"]
            assert answers[f"{row['id']}:{model}"]["loss"] == pytest.approx(row[model]["loss"], rel=1e-4)


def test_a_failing_row_spoils_nothing(job: dict[str, Any], tmp_path: Path) -> None:
    items = [json.loads(line) for line in Path(job["rowsFile"]).read_text().splitlines()]
    items[1]["prompt"][1]["content"] = "lamp " * 900
    items[2]["model"] = "other"
    write_rows(Path(job["rowsFile"]), items)
    status, events = run("answer", job, tmp_path)
    assert status == 0, events[-1]
    written = json.loads(Path(job["outFile"]).read_text())
    assert [row["id"] for row in written["rows"] if row["errors"]] == [items[1]["id"]]
    assert [row["id"] for row in written["rows"] if row["answer"] is None] == [items[1]["id"]]
    assert written["unusableRows"] == [{"line": 3, "reason": "the model is neither base nor tuned"}]


def test_stops_when_asked_and_goes_on(job: dict[str, Any], tmp_path: Path) -> None:
    process = start("answer", job, tmp_path)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line).get("stage") == "base:loss":
            break
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 75 and json.loads(out.splitlines()[-1])["event"] == "stopped"
    assert run("answer", job, tmp_path)[0] == 0
    assert len(_answers(job)) == 24


def test_answers_follow_a_given_shape(job: dict[str, Any], tmp_path: Path) -> None:
    free = _answers(job) if run("answer", job, tmp_path)[0] == 0 else {}
    with pytest.raises(ValueError):
        [json.loads(row["answer"]) for row in free.values()]
    shape = {
        "type": "object",
        "properties": {"open": {"type": "boolean"}, "days": {"enum": ["two", "twenty"]}, "note": {"const": "none"}},
        "required": ["open", "days"],
        "additionalProperties": False,
    }
    status, events = run("answer", {**job, "maxNewTokens": 64, "replySchema": shape}, tmp_path)
    assert status == 0, events[-1]
    assert events[-1]["failedRows"] == 0
    written = json.loads(Path(job["outFile"]).read_text())
    assert written["settings"]["replySchema"] == shape
    for row in written["rows"]:
        answer = json.loads(row["answer"])
        assert row["finished"] and list(answer)[:2] == ["open", "days"]
        assert isinstance(answer["open"], bool) and answer["days"] in ("two", "twenty")


def test_a_shape_that_is_none_is_refused(job: dict[str, Any], tmp_path: Path) -> None:
    status, events = run("answer", {**job, "replySchema": {"type": "poem"}}, tmp_path)
    assert status != 0
    assert events[-1]["code"] == "bad_config" and "shape" in events[-1]["message"]
