"""Holding a file where the system has no fcntl, as on Windows: by a file beside it."""

from __future__ import annotations

import errno
import os
import sys
import threading
import warnings
from datetime import UTC, datetime
from pathlib import Path

import filelock
import pytest

from scopingreview.errors import NotWrittenError, ReviewError, ReviewWarning
from scopingreview.paths import SEARCHES, Review
from scopingreview.store.files import append_lines, close_open_line
from scopingreview.store.holding import held
from scopingreview.store.lock import hold_file, hold_lock, keeps_locks

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_fcntl(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's kind of lock is the one it takes where it finds no fcntl either."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.delattr(os, "pread")
    monkeypatch.setattr(filelock, "FileLock", filelock.SoftFileLock)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*"))


def test_nobody_else_holds_what_is_held_and_nothing_is_left_of_it(tmp_path: Path):
    path = tmp_path / "log.csv"
    with held(path), pytest.raises(BlockingIOError), held(path, wait=False):
        pytest.fail("two hold it")
    with held(path, wait=False):
        assert names(tmp_path) == [".log.csv.lock"]
    assert names(tmp_path) == []


def test_who_appends_waits_until_the_other_is_done(tmp_path: Path):
    path = tmp_path / "log.csv"
    append_lines(path, "1\n", header="n\n")
    with held(path):
        second = threading.Thread(target=append_lines, args=(path, "2\n"), kwargs={"header": "n\n"})
        second.start()
        second.join(0.2)
        assert second.is_alive()
        assert path.read_bytes() == b"n\n1\n", "whoever reads it may"
    second.join()
    assert path.read_bytes() == b"n\n1\n2\n"
    assert names(tmp_path) == ["log.csv"]


def test_threads_that_append_at_once_give_one_header_and_whole_lines(tmp_path: Path):
    path = tmp_path / "log.csv"

    def append(who: str) -> None:
        for line in range(10):
            append_lines(path, f"{who},{line}\n", header="who,line\n")

    both = [threading.Thread(target=append, args=(who,)) for who in "ab"]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    header, *lines = path.read_text().splitlines()
    assert header == "who,line"
    assert sorted(lines) == sorted(f"{who},{line}" for who in "ab" for line in range(10))


def test_a_failed_write_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:3]))
    with pytest.raises(NotWrittenError, match="Nothing was written"):
        append_lines(tmp_path / "new.csv", "22222\n", header="n\n")
    assert names(tmp_path) == []
    old = tmp_path / "old.csv"
    old.write_bytes(b"n\n1\n")
    with pytest.raises(NotWrittenError, match="Nothing was written"):
        append_lines(old, "22222\n", header="n\n")
    assert old.read_bytes() == b"n\n1\n"


def test_an_open_line_is_closed(tmp_path: Path):
    path = tmp_path / "log.csv"
    path.write_bytes(b"n\n1\n2,3")
    assert close_open_line(path) == b"2,3"
    assert path.read_bytes() == b"n\n1\n2,3  <cut off in mid-write>\n"


def test_one_person_works_at_one_place_and_the_other_is_told_since_when(tmp_path: Path):
    review = Review(tmp_path)
    with (
        hold_lock(review, "ab", task="screening", now=NOW),
        pytest.raises(ReviewError, match=r"already \(since 2024-05-01"),
        hold_lock(review, "ab", task="screening", now=NOW),
    ):
        pytest.fail("ab works twice")
    with hold_lock(review, "ab", task="screening", now=NOW):
        pass


def test_who_changes_the_searches_waits_and_says_so(tmp_path: Path):
    review = Review(tmp_path)
    done: list[str] = []

    def change() -> None:
        with hold_file(review, SEARCHES):
            done.append("second")

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ReviewWarning)
        with hold_file(review, SEARCHES):
            second = threading.Thread(target=change)
            second.start()
            second.join(0.2)
            assert done == []
        second.join()
    assert done == ["second"]
    assert any("is being changed by another command" in str(each.message) for each in told)


def test_a_disk_that_keeps_no_locks_is_said_and_the_work_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    assert keeps_locks(Review(tmp_path))
    monkeypatch.setattr(filelock.SoftFileLock, "acquire", refuse)
    with pytest.warns(ReviewWarning, match="keeps no locks"):
        append_lines(tmp_path / "log.csv", "1\n", header="n\n")
    assert (tmp_path / "log.csv").read_bytes() == b"n\n1\n"
    assert not keeps_locks(Review(tmp_path))
