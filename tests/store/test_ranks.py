"""Ranks and looks on file: appended a line at a time, read back as they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import CombinedError, ReviewError
from scopingreview.model import Look, Phase, Rank, ShownBy, StoppingBasis
from tests.reviews import found, tick

RANK = Rank(
    tick(), Phase.TITLE_ABSTRACT, "pubmed:1", "ab", 3, 120, ShownBy.LOT, "two-views-1", 17, "A seed"
)
LOOK = Look(tick(), Phase.FULL_TEXT, "ab", StoppingBasis.AUDIT, 100, 20, 40, 7, 0.95, 0.8125, 0.9)


def test_ranks_and_looks_are_read_as_they_were_written(tmp_path: Path):
    review = found(tmp_path / "review")
    ranks = [RANK, replace(RANK, reviewer="cd", shown_by=ShownBy.RANK)]
    looks = [LOOK, replace(LOOK, looked_at=tick(), target=None)]
    for rank in ranks:
        store.append_rank(review, rank)
    for look in looks:
        store.append_look(review, look)
    assert store.read_ranks(review) == ranks
    assert store.read_looks(review) == looks
    names = ("looks.csv", "ranks/ab.csv", "ranks/cd.csv")
    assert store.log_files(review) == [f"data/screened/{name}" for name in names]


@pytest.mark.parametrize(
    ("file", "cell", "bad", "says"),
    [
        ("looks.csv", "0.8125", "1.3", '"least_recall" is a number from 0 to 1, not "1.3"'),
        ("looks.csv", ",100,", ",many,", '"screened" is a whole number, not "many"'),
        ("looks.csv", "audit", "audits", "unknown basis"),
        ("ranks/ab.csv", ",3,", ",third,", '"rank" is a whole number, not "third"'),
        ("ranks/ab.csv", "lot", "chance", "unknown shown_by"),
    ],
)
def test_a_line_that_says_nothing_is_told(
    tmp_path: Path, file: str, cell: str, bad: str, says: str
):
    review = found(tmp_path / "review")
    store.append_rank(review, RANK)
    store.append_look(review, LOOK)
    path = review.path(f"data/screened/{file}")
    path.write_text(path.read_text(encoding="utf-8").replace(cell, bad), encoding="utf-8")
    read = store.read_looks if file == "looks.csv" else store.read_ranks
    with pytest.raises((CombinedError, ReviewError)) as caught:
        read(review)
    assert says in str(caught.value)
    assert f"{file}:2" in str(caught.value)
