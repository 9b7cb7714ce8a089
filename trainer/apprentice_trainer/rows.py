"""Training and held-out rows: reading, checking, and turning them into tokens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import TrainerError

Message = dict[str, str]

#: The models that a row can be for, in the order in which they answer.
MODELS = ("base", "tuned")

_SHOWN = 20


@dataclass(frozen=True)
class Row:
    """One conversational prompt/completion pair and the line that it stands on."""

    line: int
    id: str
    prompt: list[Message]
    completion: list[Message]
    #: Which model answers; only the answer command asks.
    model: str = "base"


@dataclass(frozen=True)
class Encoded:
    """A row as tokens; the first ``prompt_length`` of them are the prompt."""

    input_ids: list[int]
    prompt_length: int

    @property
    def labels(self) -> list[int]:
        """The tokens that the loss looks at: the reply, and -100 for the prompt."""
        return [-100] * self.prompt_length + self.input_ids[self.prompt_length :]

    @property
    def reply_tokens(self) -> int:
        """Number of tokens of the reply with its end mark."""
        return len(self.input_ids) - self.prompt_length


class _BadRow(Exception):
    pass


def read_rows(path: Path, *, need_id: bool = False) -> list[Row]:
    """All rows of a JSONL file.

    Raises ``bad_rows`` with the number of unusable lines and the first of them with their reasons.
    """
    rows: list[Row] = []
    bad: list[dict[str, Any]] = []
    count = 0
    for line, row, reason in scan_rows(path, need_id=need_id):
        count += 1
        if row is not None:
            rows.append(row)
        else:
            bad.append({"line": line, "reason": reason})
    if bad:
        raise TrainerError(
            "bad_rows",
            f"{len(bad)} of {count} lines of {path.name} cannot be used.",
            "Export the release again. If it stays so, the file was changed after its export.",
            file=str(path),
            count=len(bad),
            lines=bad[:_SHOWN],
        )
    if not rows:
        raise TrainerError(
            "bad_rows",
            f"{path.name} holds no rows.",
            "Choose a release with examples.",
            file=str(path),
            count=0,
            lines=[],
        )
    return rows


def scan_rows(path: Path, *, need_id: bool = False) -> Iterator[tuple[int, Row | None, str | None]]:
    """Yields (line number from 1, row or None, reason when there is none) for every line of a file."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise TrainerError(
            "bad_rows",
            f"The file {path.name} cannot be read.",
            "Export the release again.",
            file=str(path),
            count=0,
            lines=[],
            detail=str(error),
        ) from None
    seen: set[str] = set()
    with stream:
        for line, raw in enumerate(stream, start=1):
            try:
                row = _parse(line, raw, need_id)
                if need_id and row.id in seen:
                    raise _BadRow(f"the id {row.id} stands on an earlier line too")
                seen.add(row.id)
                yield line, row, None
            except _BadRow as error:
                yield line, None, str(error)


def _parse(line: int, raw: bytes, need_id: bool) -> Row:
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise _BadRow("not UTF-8") from None
    except (ValueError, RecursionError):
        raise _BadRow("not JSON") from None
    if not isinstance(value, dict):
        raise _BadRow("not an object")
    prompt = _messages(value.get("prompt"), "prompt")
    completion = _messages(value.get("completion"), "completion")
    if prompt[0]["role"] != "system":
        raise _BadRow("the prompt does not begin with a system message")
    if prompt[-1]["role"] != "user":
        raise _BadRow("the prompt does not end with a user message")
    if len(completion) != 1 or completion[0]["role"] != "assistant":
        raise _BadRow("the completion is not exactly one assistant message")
    if not completion[0]["content"].strip():
        raise _BadRow("the reply is empty")
    identity = value.get("id")
    if need_id and not (isinstance(identity, str) and identity):
        raise _BadRow("the id is missing")
    model = value.get("model", "base")
    if model not in MODELS:
        raise _BadRow("the model is neither base nor tuned")
    return Row(line, identity if isinstance(identity, str) else str(line), prompt, completion, model)


def _messages(value: Any, name: str) -> list[Message]:
    if not isinstance(value, list) or not value:
        raise _BadRow(f"{name} is not a list of messages")
    messages: list[Message] = []
    for message in value:
        if not isinstance(message, dict):
            raise _BadRow(f"a message of {name} is not an object")
        role, content = message.get("role"), message.get("content")
        if role not in ("system", "user", "assistant"):
            raise _BadRow(f"a message of {name} has an unknown role")
        if not isinstance(content, str):
            raise _BadRow(f"a message of {name} has no text")
        try:
            content.encode("utf-8")
        except UnicodeEncodeError:
            raise _BadRow(f"a message of {name} holds half a character") from None
        messages.append({"role": role, "content": content})
    return messages


def prompt_tokens(tokenizer: Any, prompt: list[Message]) -> list[int]:
    """The tokens of a prompt up to the place where the reply begins."""
    return list(tokenizer.apply_chat_template(prompt, add_generation_prompt=True, return_dict=True)["input_ids"])


def encode_row(tokenizer: Any, row: Row) -> Encoded:
    """The tokens of a row, split where prompt and whole conversation part, as TRL does."""
    prompt = prompt_tokens(tokenizer, row.prompt)
    whole = list(tokenizer.apply_chat_template(row.prompt + row.completion, return_dict=True)["input_ids"])
    shared = 0
    for left, right in zip(prompt, whole):
        if left != right:
            break
        shared += 1
    return Encoded(whole, shared)


def encode_all(tokenizer: Any, rows: list[Row], limit: int, path: Path) -> list[Encoded]:
    """Tokens of all rows; raises ``rows_too_long`` with every line over the limit, truncates nothing."""
    encoded = [encode_row(tokenizer, row) for row in rows]
    long = [
        {"line": row.line, "tokens": len(tokens.input_ids)}
        for row, tokens in zip(rows, encoded)
        if len(tokens.input_ids) > limit
    ]
    if long:
        raise TrainerError(
            "rows_too_long",
            f"{len(long)} of {len(rows)} examples are longer than the {limit:,} tokens that this model can take.",
            "Shorten these examples or leave them out of the release.",
            file=str(path),
            limit=limit,
            count=len(long),
            lines=long,
        )
    return encoded
