"""What a synchronising program keeps twice is nobody's word until a person has joined it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import ReviewError
from scopingreview.model import Phase
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from tests.conftest import Run
from tests.reviews import decide, found_with, record

FILE = "data/screened/title-abstract/ab.csv"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Two records, on which one of two reviewers has decided."""
    made = found_with(tmp_path / "review", [record("pubmed:1"), record("pubmed:2")])
    store.append_decision(made, decide("pubmed:1", "include", "ab"))
    store.append_decision(made, decide("pubmed:2", "exclude", "ab", reason="topic"))
    return made


@pytest.mark.parametrize(
    "name", ["ab (conflicted copy)", "ab-LAPTOP", "ab_conflict-20260301-091500 (1)", "ab (Kopie)"]
)
def test_a_second_copy_of_a_decision_file_is_nobodys_vote(review: Review, run: Run, name: str):
    original = review.path(FILE)
    copy = original.with_stem(name)
    copy.write_bytes(original.read_bytes())
    with pytest.raises(ReviewError, match="the file of nobody"):
        load_state(review)
    for command in (("status",), ("count",), ("check",)):
        answer = run(*command, "-C", review.root)
        assert answer.status == 1
        assert f"{name}.csv" in answer.err + answer.out
    lines = copy.read_text(encoding="utf-8").splitlines(keepends=True)
    with original.open("a", encoding="utf-8") as file:
        file.writelines(lines[1:])
    copy.unlink()
    state = load_state(review)
    assert {n for votes in state.votes[Phase.TITLE_ABSTRACT].values() for n in votes} == {"ab"}


@pytest.mark.parametrize("folder", ["data/screened", "data/screened/duplicates", "data/charted"])
def test_a_second_copy_of_any_file_of_people_is_named(review: Review, folder: str):
    place = review.path(folder)
    place.mkdir(parents=True, exist_ok=True)
    (place / "retrieval (1).csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(ReviewError, match=r"retrieval \(1\)\.csv"):
        load_state(review)


def test_a_file_under_a_name_that_the_protocol_lacks_is_warned_of_by_every_command(
    review: Review, run: Run
):
    original = review.path(FILE)
    original.with_stem("ab-laptop").write_bytes(original.read_bytes())
    answer = run("status", "-C", review.root)
    assert '"ab-laptop" is no reviewer of this review' in answer.err
