"""People's word on pairs: on disk before the next pair shows, and taken back by another line."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import NotWrittenError
from scopingreview.model import PossibleDuplicate
from scopingreview.paths import Review
from scopingreview.work.judging import JudgingSession
from tests.reviews import START, found_with, record


@pytest.fixture
def review(tmp_path: Path) -> Review:
    review = found_with(tmp_path, [record(f"pubmed:{number}") for number in (1, 2, 3)])
    pairs = [PossibleDuplicate("pubmed:1", f"pubmed:{number}", 0.9) for number in (2, 3)]
    store.write_duplicates(review, [], pairs)
    return review


def refuse_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the disk is full."""

    def refuse(*_: object) -> None:
        raise NotWrittenError("could not be written: No space left on device")

    monkeypatch.setattr(store.screened, "append_rows", refuse)


def test_a_word_that_the_disk_refuses_leaves_its_pair_on_the_table(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    session = JudgingSession(review, "ab")
    refuse_to_write(monkeypatch)
    with pytest.raises(NotWrittenError):
        session.judge(True, now=START)
    assert (session.left, session.judged) == (2, [])


def test_an_undo_that_the_disk_refuses_leaves_the_list_as_it_was(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    session = JudgingSession(review, "ab")
    session.judge(True, now=START)
    with monkeypatch.context() as full_disk:
        refuse_to_write(full_disk)
        with pytest.raises(NotWrittenError):
            session.undo(now=START)
    assert (session.left, len(session.judged)) == (1, 1)
    session.undo(now=START)
    assert (session.left, session.judged) == (2, [])
    assert [word.same for word in store.read_judgements(review)] == [True, None]
