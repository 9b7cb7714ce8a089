"""Measuring rows, the same way for every command: kept durably, and one failing row spoils no other."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from .answering import answer_batch
from .constraint import ReplyConstraint
from .errors import StopRequested, is_disk_full
from .events import end_of_last_line
from .files import read_json, write_json
from .job import StopFlag
from .rows import Row, encode_row, prompt_tokens
from .scoring import score_rows

#: Of a batch, with padding: some 25,000 tokens, whose keys and values take about a gigabyte.
MOST_CHARACTERS = 100_000
#: A loss needs the whole vocabulary for every token of a reply.
LOSSES_AT_ONCE = 16


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


class Measure:
    """Losses and answers of one model, in batches; a batch that fails is done row by row."""

    def __init__(
        self,
        tokenizer: Any,
        limit: int,
        max_new_tokens: int,
        stop: StopFlag,
        constraint: ReplyConstraint | None = None,
    ) -> None:
        self.tokenizer = tokenizer
        self.limit = limit
        self.max_new_tokens = max_new_tokens
        self.stop = stop
        self.constraint = constraint

    def measure(self, kind: str, model: Any, batch: list[Row]) -> list[dict[str, Any]]:
        """Records of ``loss`` or ``answer`` for a batch; a row that cannot be done has an ``error``."""
        return self._careful(self._losses if kind == "loss" else self._answers, model, batch)

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
        scored = score_rows(model, encoded, self.tokenizer.pad_token_id, LOSSES_AT_ONCE)
        return [{"id": row.id, "loss": item.loss, "replyTokens": item.tokens} for row, item in zip(batch, scored)]

    def _answers(self, model: Any, batch: list[Row]) -> list[dict[str, Any]]:
        prompts = [prompt_tokens(self.tokenizer, row.prompt) for row in batch]
        if max(map(len, prompts)) + self.max_new_tokens > self.limit:
            raise ValueError(f"prompt and answer are longer than the {self.limit} tokens that this model can take")
        began = time.monotonic()
        answers = answer_batch(
            model, self.tokenizer, prompts, self.max_new_tokens, self.stop.check, self.constraint
        )
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


def in_batches(rows: list[Row], size: int) -> list[list[Row]]:
    """Rows of similar length share a batch, fewer of them where they are long.

    The members of a batch never change, so resuming changes nothing.
    """
    batches: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: (_prompt_characters(row), row.id)):
        # Every row of a batch takes as much memory as its longest, which is the one that joins last.
        most = min(size, MOST_CHARACTERS // max(1, _prompt_characters(row)))
        if batches and len(batches[-1]) < most:
            batches[-1].append(row)
        else:
            batches.append([row])
    return batches


def _prompt_characters(row: Row) -> int:
    return sum(len(message["content"]) for message in row.prompt)
