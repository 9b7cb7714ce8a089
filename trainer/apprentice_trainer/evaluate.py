"""``python -m apprentice_trainer.evaluate``: base and tuned model on held-out rows."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from .adapters import check_adapter, load_adapter
from .answering import answer_batch
from .base_model import check_base_model, load_model, load_tokenizer, positions
from .config import EvaluateConfig, parse
from .errors import StopRequested, TrainerError, is_disk_full
from .events import EventLog, end_of_last_line
from .files import read_json, sha256_file, write_json
from .job import StopFlag, run_job
from .memory import keep_freed_memory, step_back
from .rows import Row, encode_row, prompt_tokens, scan_rows
from .scoring import RowLoss, mean_loss, score_batch

ARMS = ("base", "tuned")


class Results:
    """What is already measured: an append-only file with one line per row, arm and kind."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        mark = path.with_suffix(".settings.json")
        known = read_json(mark)
        if not isinstance(known, dict) or known.get("fingerprint") != fingerprint:
            path.unlink(missing_ok=True)
            write_json(mark, {"fingerprint": fingerprint})
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        os.ftruncate(self._file, end_of_last_line(self._file))
        self.records: dict[tuple[str, str, str], dict[str, Any]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            self._keep(json.loads(line))

    def missing(self, rows: list[Row], arm: str, kind: str) -> list[Row]:
        """The rows of a batch that still lack a result."""
        return [row for row in rows if (row.id, arm, kind) not in self.records]

    def add(self, records: list[dict[str, Any]]) -> None:
        """Appends results durably, in one write."""
        os.write(self._file, "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode())
        os.fsync(self._file)
        for record in records:
            self._keep(record)

    def _keep(self, record: dict[str, Any]) -> None:
        self.records[(record["id"], record["arm"], record["kind"])] = record


class Evaluation:
    """One comparison with its events."""

    def __init__(self, config: EvaluateConfig, log: EventLog, stop: StopFlag) -> None:
        self.config = config
        self.log = log
        self.stop = stop
        self.tokenizer: Any = None
        self.limit = 0

    def run(self) -> None:
        """Measures what is missing, then writes the summary."""
        config = self.config
        began = time.monotonic()
        rows, bad = self._rows()
        marker = check_base_model(config.base_model)
        check_adapter(config.adapter)
        self.tokenizer = load_tokenizer(config.base_model)
        results = Results(config.job_dir / "answers.jsonl", self._fingerprint())
        # Rows of similar length share a batch; its members never change, so resuming changes nothing.
        ordered = sorted(rows, key=lambda row: (sum(len(message["content"]) for message in row.prompt), row.id))
        batches = [ordered[at : at + config.batch_size] for at in range(0, len(ordered), config.batch_size)]
        self.log.emit("started", rows=len(rows), unusableRows=len(bad), arms=list(ARMS), already=len(results.records))
        model = load_model(config.base_model)
        model.eval()
        self.limit = positions(model.config)
        for arm in ARMS:
            if arm == "tuned":
                # Merged for speed: the adapter's own matrices cost as much again on a small model.
                model = load_adapter(model, config.adapter).merge_and_unload()
                model.eval()
            for kind, work in (("loss", self._losses), ("answer", self._answers)):
                done = 0
                self._progress(arm, kind, done, len(rows))
                for batch in batches:
                    missing = results.missing(batch, arm, kind)
                    if missing:
                        self.stop.check()
                        ids = {row.id for row in missing}
                        found = self._careful(work, model, batch)
                        results.add([{**item, "arm": arm, "kind": kind} for item in found if item["id"] in ids])
                    done += len(batch)
                    self._progress(arm, kind, done, len(rows))
        summary = summarise(rows, bad, results.records)
        summary["settings"] = {
            "maxNewTokens": config.max_new_tokens,
            "batchSize": config.batch_size,
            "decoding": "greedy",
            "dtype": "float32",
            "baseModel": marker.get("name"),
        }
        config.out_file.parent.mkdir(parents=True, exist_ok=True)
        write_json(config.out_file, summary)
        seconds = round(time.monotonic() - began, 1)
        self.log.emit("done", outFile=str(config.out_file), seconds=seconds, arms=summary["arms"])

    def _rows(self) -> tuple[list[Row], list[dict[str, Any]]]:
        rows: list[Row] = []
        bad: list[dict[str, Any]] = []
        for line, row, reason in scan_rows(self.config.held_out_file, need_id=True):
            if row is None:
                bad.append({"line": line, "reason": reason})
            else:
                rows.append(row)
        if not rows:
            raise TrainerError(
                "bad_rows",
                "There are no usable held-out examples.",
                "Choose a release with held-out examples.",
                file=str(self.config.held_out_file),
                count=len(bad),
                lines=bad[:20],
            )
        return rows, bad

    def _fingerprint(self) -> str:
        config = self.config
        parts = [
            sha256_file(config.base_model / "config.json"),
            sha256_file(config.adapter / "adapter_model.safetensors"),
            sha256_file(config.held_out_file),
            f"{config.max_new_tokens} {config.batch_size}",
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def _careful(self, work: Any, model: Any, batch: list[Row]) -> list[dict[str, Any]]:
        """Does a batch at once, or row by row when something in it fails."""
        try:
            return work(model, batch)
        except StopRequested:
            raise
        except Exception as error:  # noqa: BLE001 - one failing row must not spoil the rest
            if is_disk_full(error):
                raise
            if len(batch) == 1:
                return [{"id": batch[0].id, "error": f"{type(error).__name__}: {error}"[:300]}]
            return [item for row in batch for item in self._careful(work, model, [row])]

    def _losses(self, model: Any, batch: list[Row]) -> list[dict[str, Any]]:
        encoded = [encode_row(self.tokenizer, row) for row in batch]
        if max(len(row.input_ids) for row in encoded) > self.limit:
            raise ValueError(f"longer than the {self.limit} tokens that this model can take")
        scored = score_batch(model, encoded, self.tokenizer.pad_token_id)
        return [{"id": row.id, "loss": item.loss, "replyTokens": item.tokens} for row, item in zip(batch, scored)]

    def _answers(self, model: Any, batch: list[Row]) -> list[dict[str, Any]]:
        prompts = [prompt_tokens(self.tokenizer, row.prompt) for row in batch]
        if max(map(len, prompts)) + self.config.max_new_tokens > self.limit:
            raise ValueError(f"prompt and answer are longer than the {self.limit} tokens that this model can take")
        began = time.monotonic()
        answers = answer_batch(model, self.tokenizer, prompts, self.config.max_new_tokens, self.stop.check)
        seconds = round((time.monotonic() - began) / len(batch), 3)
        return [
            {
                "id": row.id,
                "text": answer.text,
                "tokens": answer.tokens,
                "finished": answer.finished,
                "seconds": seconds,
            }
            for row, answer in zip(batch, answers)
        ]

    def _progress(self, arm: str, kind: str, done: int, total: int) -> None:
        self.log.emit("progress", stage=f"{arm}:{kind}", done=done, total=total, unit="rows")


def summarise(
    rows: list[Row], bad: list[dict[str, Any]], records: dict[tuple[str, str, str], dict[str, Any]]
) -> dict[str, Any]:
    """The summary file: per arm the mean loss per reply token, per row everything measured."""
    listed: list[dict[str, Any]] = []
    for row in rows:
        item: dict[str, Any] = {"id": row.id, "line": row.line}
        for arm in ARMS:
            loss, answer = records[(row.id, arm, "loss")], records[(row.id, arm, "answer")]
            item[arm] = {
                "loss": loss.get("loss"),
                "replyTokens": loss.get("replyTokens"),
                "answer": answer.get("text"),
                "tokens": answer.get("tokens"),
                "finished": answer.get("finished"),
                "seconds": answer.get("seconds"),
                "errors": [record["error"] for record in (loss, answer) if "error" in record],
            }
        listed.append(item)
    arms: dict[str, Any] = {}
    for arm in ARMS:
        # Only rows that both arms could do count, so that the two means speak of the same replies.
        scored = [item for item in listed if all(item[other]["loss"] is not None for other in ARMS)]
        losses = [RowLoss(item[arm]["loss"], item[arm]["replyTokens"]) for item in scored]
        arms[arm] = {
            "loss": mean_loss(losses) if losses else None,
            "scoredRows": len(losses),
            "replyTokens": sum(item.tokens for item in losses),
            "answeredRows": sum(item[arm]["answer"] is not None for item in listed),
            "failedRows": sum(bool(item[arm]["errors"]) for item in listed),
        }
    return {"arms": arms, "rows": listed, "unusableRows": bad}


def evaluate(config: EvaluateConfig, log: EventLog, stop: StopFlag, continued: bool) -> None:
    """Compares base and tuned model."""
    keep_freed_memory()
    step_back()
    Evaluation(config, log, stop).run()


if __name__ == "__main__":
    sys.exit(run_job("evaluate", lambda data: parse(EvaluateConfig, data), evaluate))
