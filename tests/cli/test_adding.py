"""`add`: folders, archives, tables, records by hand, pasted references, chased citations."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from scopingreview import config, store
from scopingreview.model import Direction, Search
from scopingreview.paths import Review
from scopingreview.stages.deduping import run_dedupe
from scopingreview.stages.importing import run_import
from tests.conftest import Answer, Run
from tests.reviews import change_protocol, found, protocol, snapshot

CITATIONS = '[[sources]]\nname = "citations"\nlabel = "Citation searching"\n'


@pytest.fixture
def review(tmp_path: Path) -> Review:
    review = found(tmp_path / "review", sources=("pubmed", "scopus", "web"))
    people = "[[reviewers]]"
    kind = f'{CITATIONS}kind = "citation-searching"\n\n{people}'
    change_protocol(review, f'{people}\nname = "ab"', f'{kind}\nname = "ab"')
    return review


def ris(title: str, number: int = 1, database: str = "") -> str:
    lines = ["TY  - JOUR", f"TI  - {title}", f"ID  - {number}", "AU  - Ek, Bo", "PY  - 2011"]
    return "\n".join([*lines, *([f"DB  - {database}"] if database else ()), "ER  - ", ""])


def add(run: Run, review: Review, *words: object, status: int = 0) -> Answer:
    answer = run("add", *words, "-C", review.root)
    assert answer.status == status, answer.out + answer.err
    return answer


def searches(review: Review) -> dict[str, Search]:
    return {each.name: each for each in config.load_searches(review, protocol(review))}


def titles(review: Review) -> list[str]:
    run_import(review)
    return [each.title for each in store.read_records(review)]


def test_each_file_of_an_archive_is_an_export_of_its_own(review: Review, run: Run, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.writestr("one/list.ris", ris("Naps"))
        archive.writestr("two/list.ris", ris("Rest") + ris("Breaks", 2))
    said = add(run, review, tmp_path / "both.zip", "--source", "web", "--hits", 3).out
    assert "data/raw/web/list.ris  RIS, 1 record\n" in said
    assert "data/raw/web/list-2.ris  RIS, 2 records\n" in said
    assert review.path("data/raw/web/list.ris").read_bytes() == ris("Naps").encode()
    assert store.raw_files(review) == ["data/raw/web/list-2.ris", "data/raw/web/list.ris"]
    assert titles(review) == ["Naps", "Rest", "Breaks"]


def test_a_folder_of_exports_is_added_at_once(review: Review, run: Run, tmp_path: Path):
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "1.ris").write_text(ris("Naps"))
    (folder / "2.ris").write_text(ris("Rest", 2))
    add(run, review, folder, "--source", "web", "--hits", 2)
    assert titles(review) == ["Naps", "Rest"]


def test_one_file_of_an_archive_that_is_no_export_leaves_nothing(
    review: Review, run: Run, tmp_path: Path
):
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        archive.writestr("list.ris", ris("Naps"))
        archive.writestr("read me.txt", "Dear all")
    before = snapshot(review.root)
    answer = add(run, review, tmp_path / "both.zip", "--source", "web", status=1)
    assert "both.zip: read me.txt: no known export format" in answer.err
    assert snapshot(review.root) == before


def test_a_file_of_another_database_is_warned_of(review: Review, run: Run, tmp_path: Path):
    (tmp_path / "a.ris").write_text(ris("Naps", database="Ovid MEDLINE(R)"))
    said = add(run, review, tmp_path / "a.ris", "--source", "scopus", "--hits", 1).err
    assert "this is RIS from Ovid MEDLINE, but it was added to the source scopus" in said
    (tmp_path / "b.ris").write_text(ris("Rest", 2, database="Scopus"))
    answer = add(run, review, tmp_path / "b.ris", "--source", "scopus", "--search", "later")
    assert "but it was added" not in answer.err


def test_hits_that_the_files_do_not_hold_are_told(review: Review, run: Run, tmp_path: Path):
    (tmp_path / "a.ris").write_text(ris("Naps"))
    said = add(run, review, tmp_path / "a.ris", "--source", "web", "--hits", 7).err
    assert "7 hits, and 1 record so far" in said


def test_the_columns_of_an_unknown_table_are_named_on_the_way_in(
    review: Review, run: Run, tmp_path: Path
):
    table = tmp_path / "list.csv"
    table.write_text("Beitrag;Wann\nNaps of nurses at night;2011\nRest on the wards;2012\n")
    refused = add(run, review, table, "--source", "web", status=1).err
    assert "--column title=Beitrag --column year=Wann" in refused
    add(run, review, table, "--source", "web", "--column", "title=Beitrag", "--column", "year=Wann")
    (search,) = searches(review).values()
    assert dict(search.exports[0].columns) == {"title": "Beitrag", "year": "Wann"}
    assert titles(review) == ["Naps of nurses at night", "Rest on the wards"]


def test_columns_are_those_of_a_table(review: Review, run: Run, tmp_path: Path):
    (tmp_path / "a.ris").write_text(ris("Naps"))
    words = ("--source", "web", "--column", "title=TI")
    answer = add(run, review, tmp_path / "a.ris", *words, status=1)
    assert "columns are those of a table, and this is RIS" in answer.err


FIELDS = {
    "title": "On rest at night",
    "authors": "Ek, Bo; Ong, Al",
    "year": "1999",
    "journal": "Sleep",
    "volume": "3",
    "issue": "4",
    "pages": "4-9",
    "doi": "10.1000/xyz",
    "pmid": "12345678",
    "issn": "1234-5678",
    "abstract": "We slept.",
    "keywords": "naps; rest",
    "language": "English",
    "url": "https://example.org/x",
}


def test_a_record_by_hand_is_an_export_that_says_what_was_typed(review: Review, run: Run):
    words = [word for each in FIELDS.items() for word in ("--field", "=".join(each))]
    said = add(run, review, "--record", "--source", "web", *words).out
    assert "data/raw/web/by-hand.ris  RIS, 1 record" in said
    run_import(review)
    (record,) = store.read_records(review)
    assert record.record_id.startswith("web:")
    read = {
        name: "; ".join(value) if isinstance(value := getattr(record, name), tuple) else str(value)
        for name in FIELDS
    }
    assert read == FIELDS


def test_a_second_record_by_hand_is_a_second_export(review: Review, run: Run):
    for title in ("Naps", "Rest"):
        add(run, review, "--record", "--source", "web", "--field", f"title={title}")
    assert titles(review) == ["Naps", "Rest"]
    refused = add(run, review, "--record", "--source", "web", "--field", "title=Naps", status=1)
    assert "in the review already" in refused.err


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (("year=1999",), "a record has a title"),
        (("title=Naps", "year=9"), '"9" is no year'),
        (("titel=Naps",), 'Did you mean "title"?'),
    ],
)
def test_a_record_that_cannot_stand_is_refused(
    review: Review, run: Run, fields: tuple[str, ...], message: str
):
    words = [word for each in fields for word in ("--field", each)]
    answer = add(run, review, "--record", "--source", "web", *words, status=1)
    assert message in answer.err
    assert store.raw_files(review) == []


@pytest.mark.parametrize(
    "text",
    [
        ris("Naps at night"),
        "@article{a, title = {Naps at night}, year = {2011}}\n",
        "PMID- 1\nTI  - Naps at night\n",
    ],
)
def test_a_pasted_reference_is_read_in_any_known_format(review: Review, run: Run, text: str):
    assert run("add", "-", "--source", "web", "-C", review.root, typed=text).status == 0
    assert titles(review) == ["Naps at night"]


def begun(review: Review, run: Run, tmp_path: Path) -> str:
    """The id of a record that is in the review."""
    (tmp_path / "seed.ris").write_text(ris("The seed"))
    add(run, review, tmp_path / "seed.ris", "--source", "pubmed", "--hits", 1)
    run_import(review)
    run_dedupe(review)
    return next(store.read_records(review)).record_id


def test_chased_citations_say_from_which_record(review: Review, run: Run, tmp_path: Path):
    seed = begun(review, run, tmp_path)
    (tmp_path / "cited.ris").write_text(ris("Cited", 2))
    words = ("--source", "citation searching", "--chased-from", seed, "--direction", "backward")
    add(run, review, tmp_path / "cited.ris", *words, "--run-on", "2023-05-01")
    name = f"citations-2023-05-01-backward-{seed.replace(':', '-')}"
    search = searches(review)[name]
    assert (search.chased_from, search.direction) == ((seed,), Direction.BACKWARD)
    run_import(review)
    run_dedupe(review)
    found = next(each for each in store.read_records(review) if each.title == "Cited")
    shown = run("trace", found.record_id, "-C", review.root).out
    assert f"Found by backward citation searching from {seed} (search {name})" in shown
    assert "other_identified" in shown
    shown = run("trace", seed, "-C", review.root).out
    assert f"Its citations were chased backward on 2023-05-01 (search {name})" in shown


def test_a_record_to_chase_from_that_is_gone_is_noted(review: Review, run: Run, tmp_path: Path):
    begun(review, run, tmp_path)
    gone = Search("c", "citations", (), chased_from=("pubmed:77",), direction=Direction.FORWARD)
    config.save_search(review, gone)
    findings = json.loads(run("check", "--json", "-C", review.root).out)["findings"]
    assert [each["message"] for each in findings if each["code"] == "V22"] == [
        'config/searches.toml [c]: chased from the unknown record "pubmed:77"'
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--source", "citations", "--chased-from", "SEED"), "which way were citations chased?"),
        (("--source", "citations", "--direction", "forward"), "chased from which records?"),
        (("--source", "web", "--chased-from", "SEED", "--direction", "forward"),
         "citation searching is a source of its own"),
        (("--source", "citations", "--chased-from", "pubmed:77", "--direction", "forward"),
         'unknown record "pubmed:77"'),
    ],
)  # fmt: skip
def test_citations_are_chased_one_way_from_a_known_record_into_their_own_source(
    review: Review, run: Run, tmp_path: Path, words: tuple[str, ...], message: str
):
    seed = begun(review, run, tmp_path)
    (tmp_path / "cited.ris").write_text(ris("Cited", 2))
    said = [seed if word == "SEED" else word for word in words]
    answer = add(run, review, tmp_path / "cited.ris", *said, status=1)
    assert message in answer.err
    assert searches(review).keys() == {each for each in searches(review) if "pubmed" in each}


def test_a_dry_run_of_an_archive_writes_nothing(review: Review, run: Run, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("list.ris", ris("Naps"))
    before = snapshot(review.root)
    add(run, review, tmp_path / "a.zip", "--source", "web", "--hits", 1, "--dry-run")
    assert snapshot(review.root) == before


@pytest.mark.parametrize("words", [(), ("-", "a.ris"), ("a.ris", "--record")])
def test_words_that_do_not_go_together_are_refused(
    review: Review, run: Run, words: tuple[str, ...]
):
    assert add(run, review, *words, "--source", "web", status=2).err
