"""What a machine lacks is said with what to do about it, and looking changes nothing."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
from collections import namedtuple
from pathlib import Path

import pytest

from scopingreview.paths import Review
from scopingreview.review.surroundings import Look, look_around
from tests.reviews import found, snapshot

Usage = namedtuple("Usage", "total used free")

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """A new review in a new repository."""
    new = found(tmp_path / "review")
    if shutil.which("git"):
        subprocess.run(["git", "init", "-q"], cwd=new.root, check=True)
    return new


def looks(review: Review) -> dict[str, Look]:
    return {look.what: look for look in look_around(review)}


@needs_git
def test_a_new_review_in_a_repository_lacks_nothing(review: Review):
    before = snapshot(review.root)
    assert [look for look in look_around(review) if look.advice] == []
    assert snapshot(review.root) == before


@needs_git
def test_each_attribute_that_git_was_not_told_of_is_named(review: Review):
    written = review.path(".gitattributes")
    written.write_text(written.read_text().replace("merge=union", ""))
    look = looks(review)[".gitattributes"]
    assert look.stands == (
        "data/screened/ needs merge=union; data/charted/ needs merge=union; "
        "results/ needs merge=union"
    )
    assert "init" in look.advice


def test_without_git_it_is_said_what_git_is_for(review: Review, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    assert looks(review)["git"].stands == "not installed"
    assert ".gitattributes" not in looks(review)


@needs_git
def test_a_review_in_no_repository_is_told_how_to_begin_one(tmp_path: Path):
    assert looks(found(tmp_path / "review"))["git"].advice == "Begin one: git init"


def test_a_disk_without_locks_is_said(review: Review, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert looks(review)["locks"].stands == "this disk keeps none"
    assert "git clone" in looks(review)["locks"].advice


@pytest.mark.parametrize(("free", "told"), [(499_999_999, True), (500_000_000, False)])
def test_a_disk_that_is_nearly_full_is_said(
    free: int, told: bool, review: Review, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free, 0, free))
    assert bool(looks(review)["disk"].advice) is told


def test_a_folder_that_can_only_be_read_is_said(review: Review, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert looks(review)["writing"].advice


def test_a_font_that_the_protocol_wants_and_nobody_has_is_named(review: Review):
    protocol = review.path("config/review.toml")
    text = protocol.read_text()
    assert "\n[flow]" not in text
    protocol.write_text(f'{text}\n[flow]\nfont = "Nowhere Sans"\n')
    assert looks(review)["fonts"].advice.startswith('Install "Nowhere Sans"')
