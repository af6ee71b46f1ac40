"""`export` and `import-decisions`: out to another tool and back, all or nothing."""

import csv
import io
import json
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.paths import Review
from tests.conftest import Run
from tests.reviews import change_protocol, decide, found_with, record, snapshot

RECORDS = [
    record("pubmed:1", title="Stress in nurses", doi="10.1000/1", abstract="=A"),
    record("pubmed:2", title="Rest in nurses", doi="10.1000/2"),
    record("pubmed:3", title="Work of midwives", year=2019),
    record("scopus:1", title="Stress in nurses", doi="10.1000/1"),
]
DECISIONS = "data/screened/title-abstract/ab.csv"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Three unique records, nothing decided."""
    return found_with(tmp_path / "review", RECORDS, duplicates={"scopus:1": "pubmed:1"})


def decided(review: Review, name: str = DECISIONS) -> list[dict[str, str]]:
    text = review.path(name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def write(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


RAYYAN = """key,title,year,url,abstract,notes,doi,pmc_id
rayyan-1,Stress in nurses,2019,,,"RAYYAN-INCLUSION: {""Ada""=>""Included"", ""Bo""=>""Maybe""}",\
10.1000/1,
rayyan-2,Rest in nurses,2019,,,"RAYYAN-INCLUSION: {""Ada""=>""Excluded""} | RAYYAN-LABELS: x \
| RAYYAN-EXCLUSION-REASONS: wrong population,too old",,
rayyan-3,Work of midwives,2019,,,,,
"""


def test_a_sheet_goes_out_is_filled_in_and_comes_back(run: Run, review: Review, tmp_path: Path):
    sheet = tmp_path / "ab.csv"
    answer = run("export", sheet, "--for-screening", "ta", "--as", "ab", "-C", review.root)
    assert answer.status == 0
    rows = list(csv.DictReader(io.StringIO(sheet.read_text(encoding="utf-8-sig"))))
    assert [row["record_id"] for row in rows] == ["pubmed:1", "pubmed:2", "pubmed:3"]
    for row, verdict in zip(rows, ["include", "exclude", ""], strict=True):
        row["verdict"] = verdict
    rows[1]["reason"] = "topic"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    answer = run("import-decisions", "ta", sheet, "--as", "ab", "-C", review.root)
    assert answer.out.startswith("2 written (0 change an earlier decision), 0 stood already, 1 und")
    assert [(row["record_id"], row["verdict"], row["reason"]) for row in decided(review)] == [
        ("pubmed:1", "include", ""),
        ("pubmed:2", "exclude", "topic"),
    ]
    answer = run("import-decisions", "ta", sheet, "--as", "ab", "-C", review.root)
    assert "0 written" in answer.out
    assert len(decided(review)) == 2


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ris", "bib", "json"])
def test_what_goes_to_one_reviewer_holds_nobody_elses_decision(
    run: Run, review: Review, tmp_path: Path, suffix: str
):
    run("screen", "ta", "--as", "cd", "--record", "pubmed:1", "--verdict", "maybe",
        "--note", "secret", "-C", review.root)  # fmt: skip
    file = tmp_path / f"out.{suffix}"
    run("export", file, "--for-screening", "ta", "--as", "ab", "-C", review.root)
    content = file.read_bytes()
    assert b"pubmed:1" in content or suffix == "xlsx"
    assert not any(word in content for word in (b"secret", b"maybe", b"awaiting"))
    if suffix in ("csv", "xlsx"):
        answer = run("import-decisions", "ta", file, "--as", "ab", "-C", review.root)
        assert "no row of this file holds a verdict" in answer.err


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ris", "bib", "json"])
def test_what_was_settled_cannot_be_taken_back_as_one_reviewers_decisions(
    run: Run, review: Review, tmp_path: Path, suffix: str
):
    for name in ("ab", "cd"):
        store.append_decision(review, decide("pubmed:2", "exclude", name, reason="topic"))
    file = tmp_path / f"out.{suffix}"
    assert run("export", file, "--standing", "excluded", "-C", review.root).status == 0
    before = snapshot(review.path("data/screened"))
    answer = run("import-decisions", "ta", file, "--as", "ab", "-C", review.root)
    assert answer.status == 1, answer.out
    assert snapshot(review.path("data/screened")) == before


def test_a_sheet_that_is_there_is_not_written_over_unasked(
    run: Run, review: Review, tmp_path: Path
):
    sheet = write(tmp_path, "ab.csv", "record_id,verdict\npubmed:1,include\n")
    answer = run("export", sheet, "-C", review.root)
    assert (answer.status, "--overwrite" in answer.err) == (1, True)
    assert sheet.read_text(encoding="utf-8").endswith("include\n")


def test_a_damaged_workbook_is_refused_in_words(run: Run, review: Review, tmp_path: Path):
    file = tmp_path / "ab.xlsx"
    file.write_bytes(b"PK\x03\x04 and no more")
    answer = run("import-decisions", "ta", file, "--as", "ab", "-C", review.root)
    assert (answer.status, "a workbook that cannot be opened" in answer.err) == (1, True)


def test_rayyan_comes_back_for_the_reviewer_who_is_named(run: Run, review: Review, tmp_path: Path):
    file = write(tmp_path, "rayyan.csv", RAYYAN)
    command = ("import-decisions", "ta", file, "--as", "ab", "-C", review.root)
    answer = run(*command)
    assert answer.status == 1
    assert "several people decided here" in answer.err
    assert not review.path(DECISIONS).exists()
    answer = run(*command, "--named", "Ada")
    assert answer.status == 0
    assert "1 undecided" in answer.out
    assert '"too old" (1 times) is no reason of the protocol' in answer.err
    first, second = decided(review)
    assert (first["record_id"], first["verdict"]) == ("pubmed:1", "include")
    assert (second["verdict"], second["reason"]) == ("exclude", "population")
    assert (second["labels"], second["note"]) == ("x", "too old")


def test_a_wording_can_be_said_to_be_a_reason_of_the_protocol(
    run: Run, review: Review, tmp_path: Path
):
    file = write(tmp_path, "rayyan.csv", RAYYAN.replace("wrong population,", ""))
    run("import-decisions", "ta", file, "--as", "ab", "--named", "Ada", "--reason", "too old=topic",
        "-C", review.root)  # fmt: skip
    assert [(row["reason"], row["note"]) for row in decided(review)] == [("", ""), ("topic", "")]


def test_every_row_that_matches_nothing_is_named_and_nothing_is_taken(
    run: Run, review: Review, tmp_path: Path
):
    lines = [
        "TY  - JOUR", "TI  - Other", "DO  - 10.1000/1", "N1  - ASReview_relevant", "ER  - ",
        "TY  - JOUR", "TI  - Unheard of", "N1  - ASReview_irrelevant", "ER  - ",
        "TY  - JOUR", "TI  - Never seen", "N1  - ASReview_relevant", "ER  - ",
        "TY  - JOUR", "TI  - Left alone", "N1  - ASReview_not_seen", "ER  - ", "",
    ]  # fmt: skip
    file = write(tmp_path, "asreview.ris", "\n".join(lines))
    before = snapshot(review.path("data/screened"))
    command = ("import-decisions", "ta", file, "--as", "ab", "-C", review.root)
    answer = run(*command)
    assert answer.status == 1
    assert 'asreview.ris:6: "Unheard of" is no record of this review' in answer.err
    assert 'asreview.ris:10: "Never seen"' in answer.err
    assert snapshot(review.path("data/screened")) == before
    answer = run(*command, "--leave-unmatched")
    assert answer.out.startswith("1 written")
    assert "2 no record of this review" in answer.out


def test_covidence_is_told_by_the_name_of_its_file_or_by_the_reviewer(
    run: Run, review: Review, tmp_path: Path
):
    text = "Title,Authors,DOI,Covidence #,Notes,Tags\nRest in nurses,,10.1000/2,#1,,\n"
    named = write(tmp_path, "review_1_irrelevant_csv_20240101.csv", text)
    unnamed = write(tmp_path, "covidence.csv", text)
    command = ("--as", "ab", "-C", review.root)
    answer = run("import-decisions", "ta", unnamed, *command)
    assert (answer.status, "no row of this file holds a verdict" in answer.err) == (1, True)
    assert run("import-decisions", "ta", named, *command).status == 0
    assert [row["verdict"] for row in decided(review)] == ["exclude"]
    answer = run("import-decisions", "ta", unnamed, "--verdict", "include", *command)
    assert answer.out.startswith("1 written (1 change an earlier decision)")


def test_one_record_with_two_verdicts_in_one_file_is_taken_with_neither(
    run: Run, review: Review, tmp_path: Path
):
    text = "record_id,verdict\npubmed:1,include\nscopus:1,exclude\n"
    answer = run(
        "import-decisions", "ta", write(tmp_path, "s.csv", text), "--as", "ab", "-C", review.root
    )
    assert answer.status == 1
    assert "s.csv:3: pubmed:1 has another verdict in line 2" in answer.err


def test_at_full_text_an_exclusion_without_a_reason_of_the_protocol_is_refused(
    run: Run, review: Review, tmp_path: Path
):
    sheet = write(tmp_path, "s.csv", "record_id,verdict,reason\npubmed:1,exclude,Wrong mood\n")
    answer = run("import-decisions", "ft", sheet, "--as", "ab", "-C", review.root)
    assert answer.status == 1
    assert "s.csv:2: pubmed:1: a report excluded by its full text needs a reason" in answer.err


def test_records_that_stand_excluded_can_be_exported(run: Run, review: Review, tmp_path: Path):
    for name in ("ab", "cd"):
        run(
            "screen",
            "ta",
            "--as",
            name,
            "--record",
            "pubmed:2",
            "--verdict",
            "exclude",
            "-C",
            review.root,
        )
    file = tmp_path / "excluded.ris"
    answer = run("export", file, "--standing", "excluded", "-C", review.root, "--json")
    assert json.loads(answer.out)["records"] == 1
    assert "ID  - pubmed:2" in file.read_text(encoding="utf-8")


def test_authors_stay_out_of_a_sheet_for_a_phase_that_is_blind_to_them(run: Run, tmp_path: Path):
    review = found_with(tmp_path / "r", [record("pubmed:1", authors=("Curie, M.",))])
    change_protocol(review, "[title_abstract]", "[title_abstract]\nblind_to_authors = true")
    file = tmp_path / "ab.csv"
    run("export", file, "--for-screening", "ta", "--as", "ab", "-C", review.root)
    assert "Curie" not in file.read_text(encoding="utf-8")


SHARED = Path(__file__).parents[2] / "../shared/exports"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real exports are not on this machine")
@pytest.mark.parametrize(
    ("file", "options", "decisions"),
    [
        ("rayyan/cff_rayyan.csv", (), 6),
        ("rayyan/cff_rayyan.ris", (), 6),
        ("rayyan/concurrency_articles.bib", ("--named", "Felipe"), 40),
        ("asreview/poc_all.csv", (), 1),
        ("covidence/cff_covidence.csv", ("--verdict", "exclude"), 10),
        ("covidence/cff_covidence_zotero.ris", ("--verdict", "include"), 10),
    ],
)
def test_real_exports_of_screening_tools_are_read(
    run: Run, tmp_path: Path, file: str, options: tuple[str, ...], decisions: int
):
    from scopingreview import formats

    records = [
        record(f"pubmed:{number}", title=each.title, doi=each.doi, year=each.year)
        for number, each in enumerate(
            r for part in formats.read(SHARED / file) for r in part.records
        )
    ]
    review = found_with(tmp_path, records)
    answer = run("import-decisions", "ta", SHARED / file, "--as", "ab", "-C", review.root, *options)
    assert answer.out.startswith(f"{decisions} written")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ('pubmed:1,include,,"open\npubmed:2,exclude,topic,\n', "sheet.csv:2: a quote that opens"),
        ("pubmed:1,include,,a, b\npubmed:2,exclude,topic,\n", "sheet.csv:2: 5 cells, where"),
    ],
)
def test_a_sheet_that_cannot_be_taken_whole_is_refused_with_the_line(
    run: Run, review: Review, tmp_path: Path, rows: str, said: str
):
    sheet = write(tmp_path, "sheet.csv", f"record_id,verdict,reason,note\n{rows}")
    answer = run("import-decisions", "ta", sheet, "--as", "ab", "-C", review.root)
    assert answer.status == 1
    assert said in answer.err
    assert not review.path(DECISIONS).exists()


def test_a_short_row_is_undecided(run: Run, review: Review, tmp_path: Path):
    text = "record_id,title,verdict\npubmed:1,Stress\npubmed:2,Rest,include\n"
    sheet = write(tmp_path, "sheet.csv", text)
    answer = run("import-decisions", "ta", sheet, "--as", "ab", "-C", review.root)
    assert "1 written" in answer.out, answer.err
    assert [row["record_id"] for row in decided(review)] == ["pubmed:2"]
