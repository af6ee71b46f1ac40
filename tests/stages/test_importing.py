"""From `add` to records.csv: nothing is lost without a word."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scopingreview import config, store
from scopingreview.chain import BY_NAME
from scopingreview.cli.app import app
from scopingreview.errors import ReviewError
from scopingreview.paths import RECORDS, Review
from scopingreview.review.freshness import Freshness
from scopingreview.stages.importing import run_import
from tests.reviews import snapshot

RECORD = "TY  - JOUR\nTI  - Night shifts and rest {n}\nAU  - Okoro, Ada\nPY  - 2019\nER  - \n\n"


def ris(count: int) -> str:
    return "".join(RECORD.replace("{n}", str(n)) for n in range(count))


@pytest.fixture
def review(tmp_path: Path) -> Review:
    folder = tmp_path / "review"
    options = ["--title", "Rest", "--source", "pubmed", "--source", "scopus", "--reviewer", "ab"]
    result = CliRunner().invoke(app, ["init", str(folder), *options])
    assert result.exit_code == 0, result.output
    return Review(folder)


def add(review: Review, text: str, *options: str, name: str = "export.ris") -> None:
    file = review.root.parent / name
    file.write_text(text, encoding="utf-8", newline="")
    command = ["add", str(file), "--source", "pubmed", "--run-on", "2023-01-05", *options]
    result = CliRunner().invoke(app, [*command, "-C", str(review.root)])
    assert result.exit_code == 0, result.output


def run(review: Review, *options: str):
    return CliRunner().invoke(app, ["import", "-C", str(review.root), *options])


def test_what_is_added_is_imported(review: Review):
    add(review, ris(3), "--hits", "3")
    result = run(review)
    assert result.exit_code == 0, result.output
    assert "3 records begin, 3 read" in result.stdout
    records = list(store.read_records(review))
    assert [record.ordinal for record in records] == [1, 2, 3]
    assert {record.source for record in records} == {"pubmed"}
    assert len({record.record_id for record in records}) == 3


def test_two_files_of_one_search_add_up_to_its_hits(review: Review):
    add(review, ris(2), "--hits", "5")
    add(review, ris(5)[len(ris(2)) :], name="more.ris")
    assert run_import(review).searches[0].read == 5


def test_the_same_record_in_two_files_keeps_its_id_and_numbers_the_second(review: Review):
    add(review, ris(1))
    add(review, ris(1) + "\n", name="again.ris")
    run_import(review)
    first, second = store.read_records(review)
    assert second.record_id == f"{first.record_id}~2"


def test_an_export_that_is_in_the_review_already_is_not_added_again(review: Review):
    add(review, ris(2))
    again = review.root.parent / "again.ris"
    again.write_text(ris(2), encoding="utf-8", newline="")
    before = snapshot(review.root)
    command = ["add", str(again), "--source", "scopus", "--run-on", "2023-01-06"]
    result = CliRunner().invoke(app, [*command, "-C", str(review.root)])
    assert "in the review already, as data/raw/pubmed/export.ris" in str(result.exception)
    assert snapshot(review.root) == before


def test_importing_again_gives_the_same_bytes(review: Review):
    add(review, ris(4))
    run_import(review)
    before = review.path(RECORDS).read_bytes()
    run_import(review)
    assert review.path(RECORDS).read_bytes() == before


def test_hits_that_differ_from_the_records_stop_the_import_with_both_counts(review: Review):
    add(review, ris(3), "--hits", "4")
    result = run(review)
    assert isinstance(result.exception, ReviewError)
    assert "4 hits but 3 records read" in str(result.exception)
    assert "scopingreview import --accept-loss NOTE" in str(result.exception)
    assert not review.path(RECORDS).exists()
    assert not list(review.path(RECORDS).parent.glob(".*.new"))


def test_an_accepted_loss_is_kept_with_its_note_and_holds_for_that_number_only(review: Review):
    add(review, ris(3), "--hits", "4")
    assert run(review, "--accept-loss", "one was withdrawn").exit_code == 0
    search = config.load_searches(review, config.load_protocol(review))[0]
    assert search.accepted_loss is not None
    assert search.accepted_loss.note == "one was withdrawn"
    assert run(review).exit_code == 0
    add(review, ris(1).replace("JOUR", "BOOK"), name="more.ris")
    add(review, ris(1).replace("JOUR", "CHAP"), name="still_more.ris")
    with pytest.raises(ReviewError, match="4 hits but 5 records read"):
        run_import(review)


def test_a_note_on_one_search_leaves_that_of_another_alone(review: Review):
    add(review, ris(1), "--hits", "2", name="one.ris")
    run(review, "--accept-loss", "first")
    add(review, ris(2), "--hits", "5", "--search", "update", name="two.ris")
    run(review, "--accept-loss", "second")
    searches = config.load_searches(review, config.load_protocol(review))
    notes = [search.accepted_loss and search.accepted_loss.note for search in searches]
    assert notes == ["first", "second"]


def test_an_export_that_was_edited_is_refused(review: Review):
    add(review, ris(3))
    path = next(review.path("data/raw/pubmed").glob("*.ris"))
    path.write_text(ris(2), encoding="utf-8")
    with pytest.raises(ReviewError, match="sha256 differs"):
        run_import(review)


def test_an_export_that_is_edited_after_it_was_read_makes_the_import_out_of_date(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    """What was read is what was added; that it is something else by now is for `run` to say."""
    add(review, ris(2))
    write = store.write_encoded_records

    def write_and_edit(review: Review, lines: Iterable[store.IndexedLines]) -> store.WrittenRecords:
        written = write(review, lines)
        export = next(review.path("data/raw").rglob("*.ris"))
        export.write_bytes(export.read_bytes() + b"\n")
        return written

    monkeypatch.setattr(store, "write_encoded_records", write_and_edit)
    run_import(review)
    why = Freshness(review).why_stale(BY_NAME["import"])
    assert why.startswith("data/raw/pubmed/")
    assert why.endswith("changed")


def test_a_file_that_nobody_registered_is_named(review: Review):
    add(review, ris(1))
    review.path("data/raw/pubmed/stray.ris").write_text(ris(1), encoding="utf-8")
    assert run_import(review).unregistered == ("data/raw/pubmed/stray.ris",)


def test_two_records_run_together_stop_the_import_with_file_and_line(review: Review):
    merged = ris(2).replace("ER  - \n\nTY  - JOUR\n", "", 1)
    add(review, merged)
    with pytest.raises(ReviewError, match=r"two records run together \(line 1\)"):
        run_import(review)


def test_a_record_that_could_not_be_read_stops_the_import_with_file_and_line(review: Review):
    export = Path(__file__).parents[1] / "exports/xml/lost_start_tag.xml"
    add(review, export.read_text(encoding="utf-8"), name="lost_start_tag.xml")
    with pytest.raises(ReviewError, match=r"record that could not be read \(line 3\)"):
        run_import(review)


def test_oddities_of_a_kept_record_are_told_with_their_lines(review: Review):
    add(review, ris(2).replace("ER  - \n", "", 1))
    result = run(review)
    assert result.exit_code == 0, result.output
    assert "record without its end line, 1 × (line 6)" in result.stdout


def test_a_file_of_the_size_at_which_the_database_cuts_is_named(review: Review):
    add(review, ris(1000), "--hits", "1733", "--platform", "Web of Science", name="pubmed.ris")
    with pytest.raises(ReviewError, match="1,733 hits but 1,000 records") as stopped:
        run_import(review)
    assert "Web of Science puts 1,000 records into one file" in stopped.value.hint


def test_big_exports_read_on_all_cores_give_the_same_bytes(review: Review, monkeypatch):
    add(review, ris(3000), name="one.ris")
    add(review, ris(2000).replace("rest", "sleep"), name="two.ris")
    run_import(review)
    alone = review.path(RECORDS).read_bytes()
    monkeypatch.setattr("scopingreview.formats.spans.CHUNK_BYTES", 50_000)
    monkeypatch.setattr("scopingreview.stages.reading_pool.WORTH_A_POOL_BYTES", 0)
    monkeypatch.setattr("scopingreview.stages.reading_pool.usable_cores", lambda: 2)
    report = run_import(review)
    assert review.path(RECORDS).read_bytes() == alone
    assert report.records == 5000


def test_the_report_as_json_names_kinds_of_oddity(review: Review):
    add(review, ris(2).replace("ER  - \n", "", 1))
    document = json.loads(run(review, "--json").stdout)
    (oddity,) = document["searches"][0]["files"][0]["oddities"]
    assert oddity["kind"] == "MISSING_END"
    assert oddity["lines"] == [6]


def test_more_records_than_begin_stop_as_fewer_do(review: Review, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("scopingreview.formats.delimited.rows_in", lambda _: 1)
    add(review, "Title,Authors,Year\nRest,Oz A,2019\nSleep,Ek B,2020\n", name="table.csv")
    with pytest.raises(ReviewError, match="1 records begin but 2 were read"):
        run_import(review)


def test_a_column_that_is_not_believed_is_named(review: Review):
    add(review, "Title,Authors,Year,Source\nRest,Oz A,2019,PubMed\n", name="table.csv")
    assert '"source" as journal' in run(review).stdout


def test_a_row_that_may_be_two_stops_the_import_with_its_line(review: Review):
    add(review, "Title,Authors,Year\nRest,Ek A,2001\nSleep,Oz,B,2002\n", name="table.csv")
    with pytest.raises(ReviewError) as stopped:
        run_import(review)
    assert "one of the 2 records read may be two, or not whole" in str(stopped.value)
    assert "row with more or fewer cells than the header (line 3)" in str(stopped.value)
    run_import(review, "looked at: a comma in a name")
    assert len(list(store.read_records(review))) == 2
