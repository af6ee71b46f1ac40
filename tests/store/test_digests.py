"""The digest of a file is that of its bytes as they are now, whatever was kept about it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scopingreview.paths import DIGESTS, Review
from scopingreview.store import Digests, sha256, write_pieces

NAME = "data/screened/retrieval.csv"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """A review with one file, and its digest on file."""
    path = tmp_path / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(b"one")
    review = Review(tmp_path)
    digests = Digests(review)
    assert digests.of(NAME) == sha256(path)
    digests.save()
    return review


def kept_later(review: Review) -> None:
    """What is kept about the files was written a day after them."""
    tomorrow = review.path(NAME).stat().st_mtime + 24 * 3600
    os.utime(review.path(DIGESTS), (tomorrow, tomorrow))


def test_a_digest_is_worked_out_once(review: Review, monkeypatch: pytest.MonkeyPatch):
    kept_later(review)
    monkeypatch.setattr("scopingreview.store.digests.sha256", lambda _: "worked out again")
    assert Digests(review).of(NAME) == sha256(review.path(NAME))


def test_a_file_that_changed_has_another_digest(review: Review):
    kept_later(review)
    review.path(NAME).write_bytes(b"another")
    assert Digests(review).of(NAME) == sha256(review.path(NAME))


def test_a_file_whose_time_was_set_back_is_looked_at_again(review: Review):
    """Of the same size, at the same place and with the time it had: a copy, or somebody's slip."""
    kept_later(review)
    path = review.path(NAME)
    before = path.stat()
    path.write_bytes(b"two")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Digests(review).of(NAME) == sha256(path)


def test_what_was_written_in_the_moment_its_digest_was_kept_is_looked_at_again(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    """It may have been written once more in that moment and look as it did."""
    written = max(review.path(NAME).stat().st_mtime_ns, review.path(NAME).stat().st_ctime_ns)
    os.utime(review.path(DIGESTS), ns=(written, written))
    monkeypatch.setattr("scopingreview.store.digests.sha256", lambda _: "looked at again")
    assert Digests(review).of(NAME) == "looked at again"


def test_a_file_that_is_not_there_has_none(review: Review):
    review.path(NAME).unlink()
    assert Digests(review).of(NAME) == ""


@pytest.mark.parametrize("spoiled", [b"", b"{", b"[]", b'{"a": 1}', b'{"a": [[1], "b"]}', b"\xff"])
def test_what_is_kept_can_be_spoiled(review: Review, spoiled: bytes):
    review.path(DIGESTS).write_bytes(spoiled)
    assert Digests(review).of(NAME) == sha256(review.path(NAME))


def test_a_digest_that_was_known_while_the_file_was_written_is_not_worked_out(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    written = write_pieces(review.path(NAME), [b"new"])
    monkeypatch.setattr("scopingreview.store.digests.sha256", lambda _: "looked at")
    digests = Digests(review)
    digests.learn(NAME, "known", written)
    assert digests.of(NAME) == "known"


@pytest.mark.parametrize("another", [b"other", b"longer than it was"])
def test_a_file_that_somebody_wrote_since_is_looked_at(review: Review, another: bytes):
    path = review.path(NAME)
    written = write_pieces(path, [b"mine!"])
    write_pieces(path, [another])
    digests = Digests(review)
    digests.learn(NAME, "of mine", written)
    assert digests.of(NAME) == sha256(path)


def test_a_file_that_was_edited_in_its_place_since_is_looked_at(review: Review):
    """As an editor does that keeps the file and its size: the system moves the time."""
    path = review.path(NAME)
    written = write_pieces(path, [b"mine!"])
    assert written is not None
    path.write_bytes(b"other")
    os.utime(path, ns=(written.st_mtime_ns, written.st_mtime_ns + 1))
    digests = Digests(review)
    digests.learn(NAME, "of mine", written)
    assert digests.of(NAME) == sha256(path)


def test_nothing_is_learnt_of_a_file_that_was_not_written(review: Review):
    digests = Digests(review)
    digests.learn(NAME, "of nothing", None)
    assert digests.of(NAME) == sha256(review.path(NAME))
