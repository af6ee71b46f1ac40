"""`add` registers every export it says it did, and leaves nothing when it cannot."""

from __future__ import annotations

import errno
import multiprocessing
import os
import threading
from datetime import date
from pathlib import Path

import pytest

from scopingreview import config, store
from scopingreview.errors import NotWrittenError, ReviewError, ReviewWarning
from scopingreview.paths import STRATEGIES, Review
from scopingreview.stages.adding import SearchDetails, add_exports
from tests.reviews import found, protocol

DETAILS = SearchDetails("pubmed", date(2023, 5, 1))


def export(folder: Path, number: int) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{number}.ris"
    file.write_text(f"TY  - JOUR\nTI  - Number {number}\nID  - {number}\nER  - \n")
    return file


def registered(review: Review) -> list[str]:
    searches = config.load_searches(review, protocol(review))
    return sorted(each.file for search in searches for each in search.exports)


def adds(review: Review, numbers: range, folder: Path) -> None:
    for number in numbers:
        add_exports(review, [export(folder, number)], DETAILS)


@pytest.mark.filterwarnings("ignore:.*waiting for it")
def test_two_who_add_at_once_are_both_registered(tmp_path: Path):
    review = found(tmp_path / "review")
    context = multiprocessing.get_context("fork")
    both = [
        context.Process(target=adds, args=(review, numbers, tmp_path / "new"))
        for numbers in (range(8), range(8, 16))
    ]
    for process in both:
        process.start()
    for process in both:
        process.join()
        assert process.exitcode == 0
    assert len(registered(review)) == 16
    assert registered(review) == store.raw_files(review)


def test_who_waits_for_another_command_is_told(tmp_path: Path):
    review = found(tmp_path)
    context = multiprocessing.get_context("fork")
    begun, end = context.Event(), context.Event()

    def hold() -> None:
        with config.searches_held(review):
            begun.set()
            end.wait(10)

    process = context.Process(target=hold)
    process.start()
    assert begun.wait(10)
    end_later = threading.Timer(0.3, end.set)
    end_later.start()
    with (
        pytest.warns(ReviewWarning, match=r"searches\.toml is being changed .* waiting"),
        config.searches_held(review),
    ):
        assert end.is_set()
    process.join()


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_an_add_that_the_disk_refuses_leaves_no_copy(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    review = found(tmp_path / "review")
    files = [export(tmp_path / "new", number) for number in (1, 2)]
    real, calls = getattr(os, call), []

    def refuse_the_last(*words: object) -> None:
        calls.append(words)
        if len(calls) == (3 if call == "replace" else 5):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(*words)

    monkeypatch.setattr(os, call, refuse_the_last)
    with pytest.raises(NotWrittenError):
        add_exports(review, files, DETAILS)
    monkeypatch.undo()
    assert registered(review) == store.raw_files(review) == []


def test_a_copy_that_a_killed_add_left_is_taken_and_not_made_twice(tmp_path: Path):
    review = found(tmp_path / "review")
    file = export(tmp_path / "new", 1)
    store.copy_whole(file, review.path("data/raw/pubmed/1.ris"))
    add_exports(review, [file], DETAILS)
    assert registered(review) == store.raw_files(review) == ["data/raw/pubmed/1.ris"]


def test_a_strategy_is_registered_with_its_sha256(tmp_path: Path):
    review = found(tmp_path / "review")
    strategy = tmp_path / "strategy.txt"
    strategy.write_text("night shifts AND rest\n")
    details = SearchDetails("pubmed", date(2023, 5, 1), strategy=strategy)
    search, _ = add_exports(review, [export(tmp_path / "new", 1)], details)
    assert search.strategy_sha256 == store.sha256(strategy)
    assert config.load_searches(review, protocol(review)) == [search]


def test_the_name_of_a_search_leads_its_strategy_nowhere_else(tmp_path: Path):
    review = found(tmp_path / "review")
    strategy = tmp_path / "strategy.txt"
    strategy.write_text("night shifts AND rest\n")
    details = SearchDetails("pubmed", date(2023, 5, 1), strategy=strategy, name="../../out")
    search, _ = add_exports(review, [export(tmp_path / "new", 1)], details)
    assert review.path(search.strategy).parent == review.path(STRATEGIES)


def test_files_that_cannot_be_added_are_told_but_not_all_of_very_many(tmp_path: Path):
    review = found(tmp_path / "review")
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.jpg").write_bytes(b"\xff\xd8 picture %d" % number)
    export(folder, 31)
    with pytest.raises(ReviewError) as refused:
        add_exports(review, [folder], DETAILS)
    assert str(refused.value).count("no known export format") == 10
    assert "20 more files that cannot be added; none was added" in str(refused.value)
    assert registered(review) == store.raw_files(review) == []


def test_how_far_it_is_is_told(tmp_path: Path):
    review = found(tmp_path / "review")
    told: list[str] = []
    files = [export(tmp_path / "new", number) for number in range(3)]
    add_exports(review, files, DETAILS, told.append)
    assert "2 of 3 files looked at" in told
    assert "3 of 3 files copied" in told
    assert told[-1] == ""


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("hits.ris", "Hits.ris", "Hits-2.ris"),
        ("résumé.ris", "re\u0301sume\u0301.ris", "résumé-2.ris"),
        ("hits.ris", "aux.ris", "_aux.ris"),
        ("hits.ris", "NUL.x.ris", "_NUL.x.ris"),
    ],
)
def test_an_export_gets_a_name_that_it_can_have_on_every_system(
    first: str, second: str, kept: str, tmp_path: Path
):
    review = found(tmp_path / "review")
    names = []
    for number, name in enumerate((first, second)):
        export = tmp_path / str(number) / name
        export.parent.mkdir()
        export.write_text(f"TY  - JOUR\nTI  - Night {number}\nER  - \n")
        details = SearchDetails(source="pubmed", run_on=date(2024, 5, number + 1))
        _, (added,) = add_exports(review, [export], details)
        names.append(Path(added.file).name)
    assert names == [first, kept]
