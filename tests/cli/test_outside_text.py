"""Titles, notes and names that hold escape sequences reach no terminal as such."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.visible import UNSEEN
from tests.conftest import Run
from tests.reviews import decide, found_with, record
from tests.test_visible import HOSTILE

EVIL = " ".join(HOSTILE.values()).replace("\0", "").replace("\ud800", "").replace("\r", "")


@pytest.fixture
def review(tmp_path: Path) -> Path:
    """A review in which everything that comes from outside is hostile."""
    evil = record(
        "pubmed:1", title=EVIL, abstract=EVIL, authors=(EVIL,), keywords=(EVIL,), journal=EVIL
    )
    found_with(
        tmp_path,
        [evil, record("pubmed:2", title=EVIL)],
        decisions=[decide("pubmed:1", "include", "cd"), decide("pubmed:1", "include", "ab")],
    )
    store.append_decision(found_review(tmp_path), decide("pubmed:2", "exclude", "ab", reason=EVIL))
    return tmp_path


def found_review(folder: Path):
    from scopingreview.paths import Review

    return Review(folder)


WAYS = {
    "status": ("status",),
    "check": ("check",),
    "trace": ("trace", "pubmed:1"),
    "trace as JSON": ("trace", "pubmed:1", "--json"),
    "retrieve": ("retrieve",),
    "screen": ("screen", "ta", "--as", "cd", "--plain"),
    "an unknown record": ("trace", EVIL),
    "an unknown person": ("screen", "ta", "--as", EVIL),
    "an unknown phase": ("screen", EVIL, "--as", "ab"),
    "a sheet": ("export", "-"),
}


@pytest.mark.parametrize("words", WAYS.values(), ids=WAYS)
def test_no_command_lets_outside_text_act_on_the_terminal(run: Run, review: Path, words):
    answer = run(*words, "-C", review, typed="i\nc\nq\n")
    assert answer.out + answer.err
    assert not UNSEEN.search((answer.out + answer.err).removeprefix("\ufeff"))


@pytest.mark.parametrize("kind", ["csv", "ris"])
def test_what_is_exported_carries_none_of_it_and_the_data_do(run: Run, review: Path, kind: str):
    assert run("export", review / f"out.{kind}", "-C", review).status == 0
    text = (review / f"out.{kind}").read_text(encoding="utf-8-sig")
    assert "[31mred" in text
    assert not UNSEEN.search(text)
    assert EVIL.split()[0] in (review / "data/derived/records.csv").read_text()


def test_an_output_that_takes_nothing_is_told_without_a_traceback(
    run: Run, review: Path, monkeypatch: pytest.MonkeyPatch
):
    import errno

    from scopingreview.cli import console

    for number, said in ((errno.EPIPE, ""), (errno.ENOSPC, "No space left on device")):
        with monkeypatch.context() as patch:

            def refuse(_text: str = "", number: int = number) -> None:
                raise OSError(number, "No space left on device")

            patch.setattr(console, "show", refuse)
            answer = run("status", "-C", review)
        assert answer.status == 1
        assert said in answer.err
        assert "Traceback" not in answer.err
