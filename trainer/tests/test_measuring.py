"""Which rows are measured together."""

from __future__ import annotations

from apprentice_trainer.measuring import MOST_CHARACTERS, in_batches
from apprentice_trainer.rows import Row


def _row(name: str, characters: int) -> Row:
    return Row(1, name, [{"role": "user", "content": "x" * characters}], [])


def test_short_rows_fill_a_batch_and_stay_in_it() -> None:
    rows = [_row(f"{n:02}", 100 + n) for n in range(10)]
    names = [[row.id for row in batch] for batch in in_batches(list(reversed(rows)), 4)]
    assert names == [["00", "01", "02", "03"], ["04", "05", "06", "07"], ["08", "09"]]


def test_long_rows_are_fewer_and_none_is_left_out() -> None:
    half, all_of_it, more = MOST_CHARACTERS // 2, MOST_CHARACTERS, MOST_CHARACTERS + 1
    rows = [_row("a", 10), _row("b", half), _row("c", half), _row("d", all_of_it), _row("e", more), _row("f", more)]
    names = [[row.id for row in batch] for batch in in_batches(rows, 32)]
    assert names == [["a", "b"], ["c"], ["d"], ["e"], ["f"]]
