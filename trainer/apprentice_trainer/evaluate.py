"""``python -m apprentice_trainer.evaluate``: base and tuned model on held-out rows."""

from __future__ import annotations

import hashlib
import sys
import time
from typing import Any

from .adapters import check_adapter, load_adapter
from .base_model import check_base_model, load_model, load_tokenizer, positions
from .config import EvaluateConfig, parse
from .errors import TrainerError
from .events import EventLog
from .files import sha256_file, write_json
from .job import StopFlag, run_job
from .measuring import Measure, Results, in_batches
from .memory import keep_freed_memory, step_back
from .rows import Row, scan_rows
from .scoring import RowLoss, mean_loss

ARMS = ("base", "tuned")


class Evaluation:
    """One comparison with its events."""

    def __init__(self, config: EvaluateConfig, log: EventLog, stop: StopFlag) -> None:
        self.config = config
        self.log = log
        self.stop = stop

    def run(self) -> None:
        """Measures what is missing, then writes the summary."""
        config = self.config
        began = time.monotonic()
        rows, bad = self._rows()
        marker = check_base_model(config.base_model)
        check_adapter(config.adapter)
        tokenizer = load_tokenizer(config.base_model)
        results = Results(config.job_dir / "answers.jsonl", self._fingerprint())
        batches = in_batches(rows, config.batch_size)
        self.log.emit("started", rows=len(rows), unusableRows=len(bad), arms=list(ARMS), already=len(results.records))
        model = load_model(config.base_model)
        model.eval()
        work = Measure(tokenizer, positions(model.config), config.max_new_tokens, self.stop)
        for arm in ARMS:
            if arm == "tuned":
                # Merged for speed: the adapter's own matrices cost as much again on a small model.
                model = load_adapter(model, config.adapter).merge_and_unload()
                model.eval()
            for kind in ("loss", "answer"):
                done = 0
                self._progress(arm, kind, done, len(rows))
                for batch in batches:
                    missing = results.missing(batch, arm, kind)
                    if missing:
                        self.stop.check()
                        ids = {row.id for row in missing}
                        found = work.measure(kind, model, batch)
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
