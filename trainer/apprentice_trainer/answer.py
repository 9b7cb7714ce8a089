"""``python -m apprentice_trainer.answer``: given prompts, each answered by the model that its row names."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from typing import Any

from .adapters import check_adapter, load_adapter
from .answering import end_tokens
from .base_model import check_base_model, load_model, load_tokenizer, positions
from .config import AnswerConfig, parse
from .constraint import ReplyConstraint
from .errors import TrainerError
from .events import EventLog
from .files import sha256_file, write_json
from .job import StopFlag, run_job
from .measuring import Measure, Results, in_batches
from .memory import keep_freed_memory, step_back
from .rows import MODELS, Row, scan_rows

KINDS = ("loss", "answer")


def _read(config: AnswerConfig) -> tuple[list[Row], list[dict[str, Any]]]:
    rows: list[Row] = []
    bad: list[dict[str, Any]] = []
    for line, row, reason in scan_rows(config.rows_file, need_id=True):
        if row is None:
            bad.append({"line": line, "reason": reason})
        else:
            rows.append(row)
    if not rows:
        raise TrainerError(
            "bad_rows",
            "There are no usable prompts.",
            "Choose a release with held-out examples.",
            file=str(config.rows_file),
            count=len(bad),
            lines=bad[:20],
        )
    return rows, bad


def _fingerprint(config: AnswerConfig) -> str:
    parts = [
        sha256_file(config.base_model / "config.json"),
        sha256_file(config.adapter / "adapter_model.safetensors"),
        sha256_file(config.rows_file),
        f"{config.max_new_tokens} {config.batch_size}",
        json.dumps(config.reply_schema),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _measure_model(
    name: str, model: Any, rows: list[Row], results: Results, work: Measure, config: AnswerConfig, log: EventLog
) -> None:
    for kind in KINDS:
        done = 0
        log.emit("progress", stage=f"{name}:{kind}", done=done, total=len(rows), unit="rows")
        for batch in in_batches(rows, config.batch_size):
            missing = {row.id for row in results.missing(batch, name, kind)}
            if missing:
                work.stop.check()
                # The whole batch, so that padding and with it the result are those of an unbroken run.
                found = work.measure(kind, model, batch)
                results.add([{**item, "arm": name, "kind": kind} for item in found if item["id"] in missing])
            done += len(batch)
            log.emit("progress", stage=f"{name}:{kind}", done=done, total=len(rows), unit="rows")


def _summary(rows: list[Row], records: dict[tuple[str, str, str], dict[str, Any]]) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = []
    for row in rows:
        loss, answer = (records[(row.id, row.model, kind)] for kind in KINDS)
        listed.append(
            {
                "id": row.id,
                "loss": loss.get("loss"),
                "replyTokens": loss.get("replyTokens"),
                "answer": answer.get("text"),
                "tokens": answer.get("tokens"),
                "finished": answer.get("finished"),
                "seconds": answer.get("seconds"),
                "errors": [record["error"] for record in (loss, answer) if "error" in record],
            }
        )
    return listed


def answer(config: AnswerConfig, log: EventLog, stop: StopFlag, continued: bool) -> None:
    """Answers what is missing, then writes the out file."""
    keep_freed_memory()
    step_back()
    began = time.monotonic()
    rows, bad = _read(config)
    marker = check_base_model(config.base_model)
    check_adapter(config.adapter)
    results = Results(config.job_dir / "answers.jsonl", _fingerprint(config))
    log.emit("started", rows=len(rows), unusableRows=len(bad), already=len(results.records))
    model = load_model(config.base_model)
    model.eval()
    tokenizer = load_tokenizer(config.base_model)
    schema = config.reply_schema
    constraint = ReplyConstraint(tokenizer, end_tokens(model, tokenizer), schema) if schema else None
    work = Measure(tokenizer, positions(model.config), config.max_new_tokens, stop, constraint)
    for name in MODELS:
        own = [row for row in rows if row.model == name]
        if not own:
            continue
        if name == "tuned":
            # Merged for speed: the adapter's own matrices cost as much again on a small model.
            model = load_adapter(model, config.adapter).merge_and_unload()
            model.eval()
        _measure_model(name, model, own, results, work, config, log)
    settings = {
        "maxNewTokens": config.max_new_tokens,
        "batchSize": config.batch_size,
        "decoding": "greedy",
        "dtype": "float32",
        "baseModel": marker.get("name"),
        "replySchema": schema,
    }
    listed = _summary(rows, results.records)
    config.out_file.parent.mkdir(parents=True, exist_ok=True)
    write_json(config.out_file, {"rows": listed, "unusableRows": bad, "settings": settings})
    failed = sum(bool(row["errors"]) for row in listed)
    log.emit(
        "done",
        outFile=str(config.out_file),
        rows=len(listed),
        failedRows=failed,
        seconds=round(time.monotonic() - began, 1),
    )


if __name__ == "__main__":
    sys.exit(run_job("answer", lambda data: parse(AnswerConfig, data), answer))
