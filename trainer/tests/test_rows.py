"""Rows: what is accepted, what is refused with which reason, where the reply begins."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import rows, write_rows

from apprentice_trainer.base_model import load_tokenizer
from apprentice_trainer.errors import TrainerError
from apprentice_trainer.rows import encode_row, read_rows

_S = {"role": "system", "content": "Be kind."}
_U = {"role": "user", "content": "Hello"}
_A = {"role": "assistant", "content": "Hi"}

BAD: list[tuple[Any, str]] = [
    ("{", "not JSON"),
    ("", "not JSON"),
    ("[" * 100_000, "not JSON"),
    ("[1]", "not an object"),
    ({"completion": [_A]}, "prompt is not a list of messages"),
    ({"prompt": [], "completion": [_A]}, "prompt is not a list of messages"),
    ({"prompt": [_U], "completion": [_A]}, "the prompt does not begin with a system message"),
    ({"prompt": [_S, _U, _A], "completion": [_A]}, "the prompt does not end with a user message"),
    ({"prompt": [_S, _U], "completion": [_A, _A]}, "the completion is not exactly one assistant message"),
    ({"prompt": [_S, _U], "completion": [_U]}, "the completion is not exactly one assistant message"),
    ({"prompt": [_S, _U], "completion": [{**_A, "content": " "}]}, "the reply is empty"),
    ({"prompt": [_S, {**_U, "content": ["x"]}], "completion": [_A]}, "a message of prompt has no text"),
    ({"prompt": [_S, {**_U, "role": "tool"}], "completion": [_A]}, "a message of prompt has an unknown role"),
    ({"prompt": [_S, _U], "completion": ["Hi"]}, "a message of completion is not an object"),
    (
        '{"prompt":[{"role":"system","content":"\\ud800"}],"completion":[]}',
        "a message of prompt holds half a character",
    ),
]


@pytest.mark.parametrize(("item", "reason"), BAD, ids=[str(index) for index in range(len(BAD))])
def test_a_bad_row_is_refused_with_line_and_reason(tmp_path: Path, item: Any, reason: str) -> None:
    path = write_rows(tmp_path / "rows.jsonl", [{"prompt": [_S, _U], "completion": [_A]}, item])
    with pytest.raises(TrainerError) as caught:
        read_rows(path)
    assert caught.value.code == "bad_rows"
    assert caught.value.details["lines"] == [{"line": 2, "reason": reason}]


def test_bytes_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(json.dumps(rows(1)[0]).encode() + b"\n\xff\xfe\n")
    with pytest.raises(TrainerError) as caught:
        read_rows(path)
    assert caught.value.details["lines"] == [{"line": 2, "reason": "not UTF-8"}]


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"")
    with pytest.raises(TrainerError, match="holds no rows"):
        read_rows(path)


def test_held_out_rows_need_ids_of_their_own(tmp_path: Path) -> None:
    first, second = rows(2)
    second["id"] = first["id"]
    third = {key: value for key, value in first.items() if key != "id"}
    with pytest.raises(TrainerError) as caught:
        read_rows(write_rows(tmp_path / "rows.jsonl", [first, second, third]), need_id=True)
    assert [item["line"] for item in caught.value.details["lines"]] == [2, 3]


def test_the_loss_looks_at_the_reply_and_its_end_only(real_model: Path, tmp_path: Path) -> None:
    tokenizer = load_tokenizer(real_model)
    row = read_rows(write_rows(tmp_path / "rows.jsonl", rows(1)))[0]
    encoded = encode_row(tokenizer, row)
    prompt = tokenizer.decode(encoded.input_ids[: encoded.prompt_length])
    reply = tokenizer.decode(encoded.input_ids[encoded.prompt_length :])
    assert prompt.startswith("<|im_start|>system\nYou answer the customers of the Lindenhof lamp shop.")
    assert prompt.endswith("<|im_start|>assistant\n")
    assert reply == row.completion[0]["content"] + "<|im_end|>\n"
    assert encoded.labels.count(-100) == encoded.prompt_length
    assert encoded.labels[encoded.prompt_length :] == encoded.input_ids[encoded.prompt_length :]
