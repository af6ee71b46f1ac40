"""A log is its whole lines: what was cut off in mid-write is said, kept, and never read."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.errors import NotWrittenError, ReviewError, ReviewWarning
from scopingreview.model import Decision, Verdict
from scopingreview.paths import Review
from scopingreview.store.files import CUT_OFF
from tests.reviews import TITLE_ABSTRACT, decide, found

FIRST = decide("pubmed:1", "include", "ab")
SECOND = decide("pubmed:2", "exclude", "ab", reason="topic")
THIRD = decide("pubmed:3", "maybe", "ab")

said_as_cut_off = pytest.mark.filterwarnings("ignore:.*cut off in mid-write")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """A review in which ab has decided on two records."""
    review = found(tmp_path)
    store.append_decisions(review, [FIRST, SECOND])
    return review


def log(review: Review) -> Path:
    return review.decisions(TITLE_ABSTRACT, "ab")


def read(review: Review) -> Sequence[Decision]:
    return store.read_decisions(review, TITLE_ABSTRACT)


def test_an_empty_file_is_a_log_without_decisions(review: Review):
    log(review).write_bytes(b"")
    assert read(review) == []
    store.append_decision(review, THIRD)
    assert read(review) == [THIRD]


@said_as_cut_off
def test_a_log_cut_at_any_byte_holds_its_whole_lines_and_takes_the_next(review: Review):
    whole = log(review).read_bytes()
    for cut in range(len(whole) + 1):
        log(review).write_bytes(whole[:cut])
        standing = [FIRST, SECOND][: max(whole[:cut].count(b"\n") - 1, 0)]
        assert read(review) == standing
        store.append_decision(review, THIRD)
        assert read(review) == [*standing, THIRD]
        assert log(review).read_bytes().startswith(whole[:cut])


def test_a_line_that_was_cut_off_is_said_with_its_number_and_the_command(review: Review):
    log(review).write_bytes(log(review).read_bytes()[:-4])
    with pytest.warns(ReviewWarning, match=r"ab\.csv:3: .*cut off.* scopingreview repair data/scr"):
        assert read(review) == [FIRST]


@said_as_cut_off
def test_a_line_set_aside_keeps_its_bytes_and_counts_for_nothing(review: Review):
    whole = log(review).read_bytes()
    log(review).write_bytes(whole[:-4])
    assert store.close_open_line(log(review)) == whole.splitlines()[-1][:-3]
    assert log(review).read_bytes() == whole[:-4] + CUT_OFF + b"\n"
    assert read(review) == [FIRST]
    assert store.close_open_line(log(review)) == b""


def test_no_note_can_look_like_a_line_that_was_cut_off(review: Review):
    store.append_event(review, event := _event(CUT_OFF.decode()))
    assert store.read_events(review)[0].note == " ".join(event.note.split())


def test_a_note_with_nul_bytes_stops_nobody(review: Review):
    store.append_event(review, _event("a\0b\0\0\0c"))
    assert store.read_events(review)[0].note == "a\0b\0c"


def _event(note: str):
    from scopingreview.model import Event, EventKind

    return Event(FIRST.decided_at, TITLE_ABSTRACT, EventKind.UNBLINDED, "ef", note=note)


@pytest.mark.parametrize("lost", [b"\0" * 100, b"2023-05-01T\0\0\0"])
def test_what_a_disk_lost_stops_until_it_is_set_aside(review: Review, lost: bytes):
    with log(review).open("ab") as file:
        file.write(lost)
    with pytest.raises(ReviewError, match=r"ab\.csv:4: the disk lost .*\n.*scopingreview repair"):
        read(review)
    store.close_open_line(log(review))
    assert read(review) == [FIRST, SECOND]


def test_a_half_line_that_the_disk_does_not_take_back_is_never_continued(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    write = os.write
    for cut in range(1, 40):
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", lambda file, content, cut=cut: write(file, content[:cut]))
            patch.setattr(os, "ftruncate", _refuses(errno.EIO))
            with pytest.raises(NotWrittenError, match="counts for nothing"):
                store.append_decision(review, THIRD)
        fourth = decide("pubmed:4", "include", "ab")
        store.append_decision(review, fourth)
        assert [each for each in read(review) if each.record_id == "pubmed:3"] == []
        assert read(review)[-1] == fourth


def _refuses(error: int):
    def refuse(*_: object) -> None:
        raise OSError(error, os.strerror(error))

    return refuse


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_disk_without_locks_takes_decisions_and_says_so(
    review: Review, error: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(fcntl, "flock", _refuses(error))
    with pytest.warns(ReviewWarning, match="keeps no locks"):
        store.append_decision(review, THIRD)
    with (
        pytest.warns(ReviewWarning, match="keeps no locks"),
        store.hold_lock(review, "ab", task=TITLE_ABSTRACT, now=FIRST.decided_at),
        store.hold_file(review, "config/searches.toml"),
    ):
        assert read(review) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda text: text.decode().encode("utf-16"), "NUL"),
        (lambda text: text.replace(b"topic", b"t\xf6pic"), "not UTF-8"),
        (lambda text: text.replace(b"topic", b'"topic'), "a quote that opens in this line"),
        (lambda text: text.replace(b",", b";"), "the first line must be"),
        (lambda text: text[text.index(b"\n") + 1 :], "the first line must be"),
        (lambda text: text.replace(b"pubmed:2,", b"<<<<<<< HEAD\npubmed:2,"), "cells, where"),
    ],
    ids=["UTF-16", "cp1252", "a quote", "semicolons", "no header", "a conflict of git's"],
)
def test_a_spoiled_log_stops_with_its_name(review: Review, spoil, message: str):
    log(review).write_bytes(spoil(log(review).read_bytes()))
    with pytest.raises(ReviewError, match=message) as caught:
        read(review)
    assert "title-abstract/ab.csv" in str(caught.value)


def test_the_line_ends_of_other_systems_are_read(review: Review):
    whole = log(review).read_bytes()
    for end in (b"\r\n", b"\r"):
        log(review).write_bytes(whole.replace(b"\n", end))
        assert read(review) == [FIRST, SECOND]
        store.append_decision(review, THIRD)
        assert read(review) == [FIRST, SECOND, THIRD]


def test_a_log_that_is_a_link_is_read_where_it_leads(review: Review, tmp_path: Path):
    elsewhere = tmp_path.parent / f"{tmp_path.name}.csv"
    log(review).rename(elsewhere)
    log(review).symlink_to(elsewhere)
    assert [each.verdict for each in read(review)] == [Verdict.INCLUDE, Verdict.EXCLUDE]
    elsewhere.unlink()


def pieces_of(line: bytes) -> list[bytes]:
    """Every beginning of the line that is no row: a cut in the last cell leaves one."""
    return [line[:cut] for cut in range(1, line.rindex(b",") + 1)]


def test_a_line_that_a_merge_closed_is_told_and_set_aside_by_a_copy_with_the_mark(review: Review):
    header, first, second, _ = log(review).read_bytes().split(b"\n")
    for piece in pieces_of(first) + pieces_of(header):
        above, below = (header, second) if piece in first else (b"", header + b"\n" + second)
        whole = b"\n".join(filter(None, (above, piece, below))) + b"\n"
        log(review).write_bytes(whole)
        with pytest.raises(
            ReviewError, match=r"cut off .*\n.*scopingreview repair data/scr"
        ) as told:
            read(review)
        assert told.value.line == (2 if above else 1)
        assert store.close_open_line(log(review), [piece]) == b""
        assert log(review).read_bytes() == whole + piece + CUT_OFF + b"\n"
        assert read(review) == [SECOND]
        store.append_decision(review, THIRD)
        assert read(review) == [SECOND, THIRD]


def test_a_piece_with_an_open_quote_or_half_a_letter_is_one(review: Review):
    store.append_decision(review, replace(THIRD, note='salt, "säure"'))
    *above, last = log(review).read_bytes().splitlines()
    for cut in range(last.index(b'"'), last.rindex(b'"')):
        lines = [*above, last[:cut], above[2]]
        log(review).write_bytes(b"\n".join([*lines, b""]))
        assert store.read_log(review, "data/screened/title-abstract/ab.csv").pieces() == (4,)
        with pytest.raises(ReviewError, match="cut off in mid-write") as told:
            read(review)
        assert told.value.line == 4


def test_no_mark_takes_a_whole_line_back(review: Review):
    line = log(review).read_bytes().splitlines()[1]
    store.close_open_line(log(review), [line])
    assert read(review) == [FIRST, SECOND]


def test_what_is_no_beginning_of_a_line_is_no_piece(review: Review):
    """A conflict of git's, a cell with a line break, a row with too many cells."""
    whole = log(review).read_bytes()
    for line in (b"<<<<<<< HEAD", b"=======", b"topic", b"2023-05-01T10:00:00Z,a,b,c,d,e,f,g,h"):
        log(review).write_bytes(whole + line + b"\n")
        assert store.read_log(review, "data/screened/title-abstract/ab.csv").pieces() == ()
    log(review).write_bytes(whole.replace(b"topic,,", b'topic,,"a\nb"'))
    assert store.read_log(review, "data/screened/title-abstract/ab.csv").pieces() == ()


def test_a_study_link_without_its_later_column_is_whole(review: Review):
    name = "data/screened/studies.csv"
    review.path(name).write_bytes(
        b"recorded_at,record_id,study,note,by\n2023-05-01T10:00:00Z,a,b,c\n"
        b"2023-05-01T10:00:00Z,a,b\n2023-05-01T10:00:01Z,a,b,c,ab\n"
    )
    assert store.read_log(review, name).pieces() == (3,)
