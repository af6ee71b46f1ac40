"""Charted cells on disk: a line each, appended, read back by time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import ReviewError
from scopingreview.model import Cell, Slot
from scopingreview.paths import CHARTED
from tests.reviews import START, found


def cell(value: str, *, by: str = "ab", minutes: int = 0, row: str = "") -> Cell:
    slot = Slot("arms.n" if row else "level", row)
    at = START + timedelta(minutes=minutes)
    return Cell(at, "pubmed:1", slot, value, by, "“a, b”", "4–5", "1a2b3c4d")


def test_cells_are_lines_of_their_charters_file(tmp_path: Path):
    review = found(tmp_path / "r")
    store.append_cells(review, [cell("team"), cell("12", row="2")])
    assert review.path(f"{CHARTED}/ab.csv").read_text(encoding="utf-8").splitlines() == [
        "charted_at,study_id,field,row,value,quote,page,form",
        '2023-05-01T09:00:00Z,pubmed:1,level,,team,"“a, b”",4–5,1a2b3c4d',
        '2023-05-01T09:00:00Z,pubmed:1,arms.n,2,12,"“a, b”",4–5,1a2b3c4d',
    ]


def test_cells_come_back_as_they_were_and_in_order_of_time(tmp_path: Path):
    review = found(tmp_path / "r")
    late, early = cell("team", minutes=2), cell("unclear", by="cd", minutes=1)
    store.append_cells(review, [late])
    store.append_cells(review, [early])
    assert store.read_cells(review) == [early, late]


def test_the_consensus_stands_beside_the_charters_cells(tmp_path: Path):
    review = found(tmp_path / "r")
    store.append_cells(review, [cell("team")])
    before = review.charted("ab").read_bytes()
    store.append_settled_cells(review, [cell("individual", by="ef")])
    assert review.charted("ab").read_bytes() == before
    assert store.read_settled_cells(review) == [cell("individual", by="ef")]
    assert store.read_cells(review) == [cell("team")]


def test_what_is_no_row_is_told_with_its_line(tmp_path: Path):
    review = found(tmp_path / "r")
    store.append_cells(review, [cell("team"), cell("team", row="0")])
    with pytest.raises(ReviewError, match=r"data/charted/ab\.csv:3: .*\"0\""):
        store.read_cells(review)


def test_a_line_that_was_cut_off_counts_for_nothing_and_is_said(tmp_path: Path):
    review = found(tmp_path / "r")
    store.append_cells(review, [cell("team")])
    with review.charted("ab").open("ab") as file:
        file.write(b"2023-05-01T10:00:00Z,pubmed:1,level,,indi")
    with pytest.warns(match="cut off in mid-write"):
        assert store.read_cells(review) == [cell("team")]
    assert f"{CHARTED}/ab.csv" in store.log_files(review)
