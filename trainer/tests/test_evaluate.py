"""Evaluation: both arms, resuming, rows that fail; and the answering server."""

from __future__ import annotations

import json
import os
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from support import SYSTEM, metrics, rows, run, start, write_rows


@pytest.fixture
def job(tiny_model: Path, adapter: Path, tmp_path: Path) -> dict[str, Any]:
    """Settings of a small evaluation."""
    return {
        "runDir": str(tmp_path / "run"),
        "baseModel": str(tiny_model),
        "adapter": str(adapter),
        "heldOutFile": str(write_rows(tmp_path / "held-out.jsonl", rows(12))),
        "outFile": str(tmp_path / "run" / "evaluation.json"),
        "maxNewTokens": 24,
        "batchSize": 4,
    }


def test_measures_both_arms_and_resumes_row_by_row(job: dict[str, Any], tmp_path: Path) -> None:
    process = start("evaluate", job, tmp_path)
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line).get("stage") == "base:answer" and json.loads(line)["done"] >= 4:
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = tmp_path / "run" / "evaluation" / "answers.jsonl"
    before = kept.read_text().splitlines()
    assert len(before) >= 16
    kept.write_text("\n".join(before[:-1]) + "\n" + before[-1][:20])
    status, events = run("evaluate", job, tmp_path)
    assert status == 0, events[-1]
    assert next(event for event in events if event["event"] == "started")["already"] == len(before) - 1
    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    assert len(lines) == len({(line["id"], line["arm"], line["kind"]) for line in lines}) == 48
    resumed = json.loads(Path(job["outFile"]).read_text())

    fresh = {**job, "runDir": str(tmp_path / "fresh"), "outFile": str(tmp_path / "fresh.json")}
    assert run("evaluate", fresh, tmp_path)[0] == 0
    whole = json.loads((tmp_path / "fresh.json").read_text())
    for arm in ("base", "tuned"):
        assert resumed["arms"][arm]["loss"] == pytest.approx(whole["arms"][arm]["loss"], rel=1e-5)
        assert [row[arm]["answer"] for row in resumed["rows"]] == [row[arm]["answer"] for row in whole["rows"]]
        assert whole["arms"][arm]["answeredRows"] == 12 and whole["arms"][arm]["failedRows"] == 0
        assert all(row[arm]["tokens"] <= 24 for row in whole["rows"])
    assert whole["arms"]["base"]["loss"] != whole["arms"]["tuned"]["loss"]
    assert whole["arms"]["base"]["replyTokens"] == whole["arms"]["tuned"]["replyTokens"]
    assert any(row["base"]["answer"] != row["tuned"]["answer"] for row in whole["rows"])


def test_a_failing_row_spoils_nothing(job: dict[str, Any], tmp_path: Path) -> None:
    items: list[Any] = rows(5)
    items[2]["prompt"][1]["content"] = "lamp " * 900
    items.append("{")
    write_rows(tmp_path / "held-out.jsonl", items)
    status, events = run("evaluate", job, tmp_path)
    assert status == 0, events[-1]
    summary = json.loads(Path(job["outFile"]).read_text())
    assert summary["arms"]["tuned"]["scoredRows"] == 4 and summary["arms"]["tuned"]["failedRows"] == 1
    assert [bool(row["base"]["errors"]) for row in summary["rows"]] == [False, False, True, False, False]
    assert summary["unusableRows"] == [{"line": 6, "reason": "not JSON"}]


def test_a_missing_adapter_is_named(job: dict[str, Any], tmp_path: Path) -> None:
    status, events = run("evaluate", {**job, "adapter": str(tmp_path / "none")}, tmp_path)
    assert status == 21 and events[-1]["code"] == "broken_adapter"
    assert metrics(tmp_path / "run" / "evaluation")[-1]["code"] == "broken_adapter"


def test_loss_in_a_batch_is_the_loss_alone(tiny_model: Path, tmp_path: Path) -> None:
    import torch

    from apprentice_trainer.base_model import load_model, load_tokenizer
    from apprentice_trainer.rows import encode_row, read_rows
    from apprentice_trainer.scoring import score_rows

    tokenizer, model = load_tokenizer(tiny_model), load_model(tiny_model)
    encoded = [encode_row(tokenizer, row) for row in read_rows(write_rows(tmp_path / "rows.jsonl", rows(7)))]
    together = score_rows(model, encoded, tokenizer.pad_token_id, 4)
    for row, found in zip(encoded, together):
        with torch.no_grad():
            alone = model(input_ids=torch.tensor([row.input_ids]), labels=torch.tensor([row.labels])).loss
        assert found.loss == pytest.approx(float(alone), rel=1e-4)
        assert found.tokens == row.reply_tokens


SECRET = "a secret of some length"


def _ask(port: int, body: Any, secret: str = SECRET) -> tuple[int, dict[str, Any]]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/answer",
        data=body if isinstance(body, bytes) else json.dumps(body).encode(),
        headers={"X-Apprentice-Secret": secret, "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_the_server_answers_with_and_without_adapters(tiny_model: Path, adapter: Path, tmp_path: Path) -> None:
    config = {"baseModel": str(tiny_model), "logDir": str(tmp_path / "serve"), "idleSeconds": 1.0}
    process = start("serve", config, tmp_path, env={"APPRENTICE_TRAINER_SECRET": SECRET})
    assert process.stdout is not None
    try:
        listening = json.loads(process.stdout.readline())
        assert listening["event"] == "listening"
        port = listening["port"]
        messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": "Where is my floor lamp?"}]
        ask = {"adapter": None, "messages": messages, "maxNewTokens": 16}
        status, base = _ask(port, ask)
        assert status == 200 and 0 < base["tokens"] <= 16 and base["seconds"] > 0
        status, tuned = _ask(port, {**ask, "adapter": str(adapter)})
        assert status == 200 and tuned["text"] != base["text"]
        assert _ask(port, ask)[1]["text"] == base["text"]
        assert _ask(port, ask, "wrong")[0] == 401
        assert _ask(port, b"{")[0] == 400
        assert _ask(port, {**ask, "messages": messages[1:]})[0] == 400
        assert _ask(port, {**ask, "adapter": "/nowhere"})[1]["code"] == "broken_adapter"
        assert _ask(port, {**ask, "maxNewTokens": 600})[1]["code"] == "too_long"
        deadline = time.monotonic() + 20
        while _adapters(port) != 0 and time.monotonic() < deadline:
            time.sleep(0.3)
        assert _adapters(port) == 0
        assert _ask(port, {**ask, "adapter": str(adapter)})[1]["text"] == tuned["text"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    finally:
        process.kill()


def _adapters(port: int) -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/health", headers={"X-Apprentice-Secret": SECRET})
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)["adapters"]


def test_the_server_ends_with_its_parent(tiny_model: Path, tmp_path: Path) -> None:
    (tmp_path / "serve.json").write_text(json.dumps({"baseModel": str(tiny_model), "logDir": str(tmp_path / "serve")}))
    reader, writer = os.pipe()
    parent = os.fork()
    if parent == 0:  # a parent that dies without a word
        os.close(reader)
        child = start(
            "serve",
            json.loads((tmp_path / "serve.json").read_text()),
            tmp_path,
            env={"APPRENTICE_TRAINER_SECRET": SECRET},
        )
        assert child.stdout is not None
        os.write(writer, child.stdout.readline().encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        pid = json.loads(stream.readline())["pid"]
    os.waitpid(parent, 0)
    deadline = time.monotonic() + 15
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        if "Z" in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1][:3]:
            break
        time.sleep(0.2)
    else:
        assert not Path(f"/proc/{pid}").exists(), "the server outlived its parent"
