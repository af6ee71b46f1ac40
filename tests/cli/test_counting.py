"""`count` and `draw` as people run them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.paths import Review
from tests.conftest import Run
from tests.reviews import FULL_TEXT, decide, found_with, record, retrieved, snapshot


def a_finished_review(folder: Path) -> Review:
    """Three records of two reports: one is read and included, the other excluded by title."""
    review = found_with(
        folder,
        [record("pubmed:1"), record("pubmed:2"), record("scopus:1")],
        duplicates={"scopus:1": "pubmed:1"},
        decisions=[
            *(decide("pubmed:1", "include", by) for by in ("ab", "cd")),
            *(decide("pubmed:2", "exclude", by) for by in ("ab", "cd")),
            *(decide("pubmed:1", "include", by, FULL_TEXT) for by in ("ab", "cd")),
        ],
    )
    store.append_retrievals(review, [retrieved("pubmed:1")])
    return review


def test_count_writes_every_box_and_says_what_comes_next(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    answer = run("count", "-C", tmp_path)
    assert answer.status == 0, answer.err
    rows = (tmp_path / "results/counts.csv").read_text(encoding="utf-8").splitlines()
    assert rows[:4] == ["box,item,n", "identified,,3", "identified,pubmed,2", "identified,scopus,1"]
    assert "duplicates,,1" in rows
    assert "included_studies,,1" in rows
    assert answer.err.splitlines()[-1] == "Next: scopingreview draw"


def test_count_and_draw_give_the_same_bytes_and_touch_nothing_else(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    before = snapshot(tmp_path)
    runs = []
    for _ in range(2):
        assert run("count", "-C", tmp_path).status == 0
        assert run("draw", "-C", tmp_path, "--dpi", "50").status == 0
        runs.append(snapshot(tmp_path))
    first, second = runs
    assert first == second
    assert {name: first[name] for name in before} == before
    assert {Path(name).name for name in first if name not in before} == {
        "counts.csv",
        "prisma2020.csv",
        "summary.md",
        "excluded_reports.csv",
        "excluded_reports.md",
        "provenance.json",
        "flow.svg",
        "flow.pdf",
        "flow.png",
        "count.json",
        "draw.json",
    }


def test_the_summary_says_the_flow_in_words_and_tables(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    run("count", "-C", tmp_path)
    text = (tmp_path / "results/summary.md").read_text(encoding="utf-8")
    assert "Every record has been decided on." in text
    assert "After 1 duplicate was removed, 2 records were screened" in text
    assert "| PubMed | database | 2 | 2 | 1 | 100.0% | 1 | 0 | 100.0% | 1 | 0 | 100.0% |" in text
    assert "| PubMed | 2 | 1 |\n| Scopus | 1 | 1 |" in text


def test_an_unfinished_review_counts_but_not_as_final(tmp_path: Path, run: Run):
    found_with(tmp_path, [record("pubmed:1")], decisions=[decide("pubmed:1", "include", "ab")])
    assert run("count", "-C", tmp_path).status == 0
    run("draw", "-C", tmp_path, "--dpi", "50")
    assert "In progress: 1 awaiting" in (tmp_path / "results/flow.svg").read_text(encoding="utf-8")
    (tmp_path / "results/counts.csv").unlink()
    answer = run("count", "--final", "-C", tmp_path)
    assert answer.status == 1
    assert "the review is not finished: 1 awaiting, 0 in conflict" in answer.err
    assert not (tmp_path / "results/counts.csv").exists()


def test_a_finished_review_that_does_not_add_up_is_not_counted_as_final(tmp_path: Path, run: Run):
    review = a_finished_review(tmp_path)
    protocol = review.path("config/review.toml")
    protocol.write_text(f"{protocol.read_text('utf-8')}\n[previous]\nstudies = 1\nreports = 1\n")
    dropped = "previous-study-dropped,,5,,,outside the new question\n"
    adjustments = review.path("data/screened/adjustments.csv")
    adjustments.write_text(f"kind,records,n,outcome,reason,why\n{dropped}")
    answer = run("count", "--final", "-C", tmp_path)
    assert answer.status == 1
    assert "the boxes do not add up: P01" in answer.err
    assert not (tmp_path / "results/counts.csv").exists()


def test_count_before_dedupe_names_the_stage_that_is_missing(tmp_path: Path, run: Run):
    review = a_finished_review(tmp_path)
    review.path("data/derived/duplicates.csv").unlink()
    answer = run("count", "-C", tmp_path)
    assert answer.status == 1
    assert "dedupe" in answer.err


def test_draw_before_count_names_the_stage_that_is_missing(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    answer = run("draw", "-C", tmp_path)
    assert answer.status == 1
    assert "count" in answer.err


def test_count_answers_in_json(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    document = json.loads(run("count", "--json", "-C", tmp_path).out)
    assert {"box": "screened", "item": "", "n": 2} in document["counts"]
    assert document["findings"] == []


def typed(folder: Path, *cells: tuple[str, str]) -> Path:
    path = folder / "typed.csv"
    rows = [("data", "n"), *cells]
    path.write_text("".join(f'{key},"{n}"\n' for key, n in rows), encoding="utf-8")
    return path


WHOLE = (
    ("database_results", "1,290"),
    ("duplicates", "210"),
    ("records_screened", "1080"),
    ("records_excluded", "950"),
    ("dbr_sought_reports", "130"),
    ("dbr_notretrieved_reports", "10"),
    ("dbr_assessed", "120"),
    ("dbr_excluded", "Wrong population, 40; No outcome, 29"),
    ("new_studies", "48"),
    ("new_reports", "51"),
)


def test_typed_numbers_are_drawn_and_checked_without_a_review(tmp_path: Path, run: Run):
    answer = run("draw", "--from", typed(tmp_path, *WHOLE), "--out", tmp_path / "flow.svg")
    assert (answer.status, answer.err) == (0, "")
    assert "Wrong population (n = 40)" in (tmp_path / "flow.svg").read_text(encoding="utf-8")


def test_a_broken_sum_in_typed_numbers_is_drawn_and_exits_1_with_its_code(tmp_path: Path, run: Run):
    broken = [(key, "1090" if key == "records_screened" else n) for key, n in WHOLE]
    answer = run("draw", "--from", typed(tmp_path, *broken), "--out", tmp_path / "flow.svg")
    assert answer.status == 1
    assert answer.err.startswith("P03 error: identified 1,290 − duplicates 210 = 1,080, but")
    assert (tmp_path / "flow.svg").is_file()


def test_a_typed_file_that_cannot_be_read_draws_nothing(tmp_path: Path, run: Run):
    bad = typed(tmp_path, ("records_screned", "3"), ("duplicates", "many"))
    answer = run("draw", "--from", bad, "--out", tmp_path / "flow.svg")
    assert answer.status == 1
    assert answer.err.count("error:") == 2
    assert not (tmp_path / "flow.svg").exists()
    assert run("draw", "--from", tmp_path / "none.csv").status == 1


def test_count_check_says_what_changed_since_and_writes_nothing(tmp_path: Path, run: Run):
    review = a_finished_review(tmp_path)
    assert run("count", "--check", "-C", tmp_path).status == 1
    run("count", "-C", tmp_path)
    assert run("count", "--check", "-C", tmp_path).status == 0
    store.append_decision(review, decide("pubmed:2", "include", "ab"))
    before = snapshot(tmp_path)
    answer = run("count", "--check", "-C", tmp_path)
    assert answer.status == 1
    assert "-screened,,2\n" in answer.out
    assert "+screened,,1\n" in answer.out
    assert snapshot(tmp_path) == before


def test_check_notices_counts_that_the_decisions_have_overtaken(tmp_path: Path, run: Run):
    review = a_finished_review(tmp_path)
    run("count", "-C", tmp_path)
    run("draw", "-C", tmp_path, "--dpi", "50")
    assert "D12" not in run("check", "-C", tmp_path).out
    for by in ("ab", "cd"):
        store.append_decision(review, decide("pubmed:2", "include", by))
    answer = run("check", "-C", tmp_path)
    assert "D12 error: results/counts.csv:" in answer.out
    assert "; 5 more files differ" in answer.out


def test_a_count_that_is_no_number_is_told_with_its_line(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    run("count", "-C", tmp_path)
    counts = tmp_path / "results/counts.csv"
    counts.write_text(counts.read_text().replace("screened,,2", "screened,,two"))
    answer = run("draw", "-C", tmp_path)
    assert answer.status == 1
    assert "results/counts.csv:" in answer.err
    assert "scopingreview count" in answer.err


def test_draw_check_notices_an_edited_figure_and_a_missing_one(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    run("count", "-C", tmp_path)
    run("draw", "-C", tmp_path, "--dpi", "50")
    checked = run("draw", "--check", "-C", tmp_path)
    assert (checked.status, checked.out) == (0, "")
    assert checked.err == "Nothing differs from what the data say.\n"
    figure = tmp_path / "results/flow.svg"
    figure.write_text(figure.read_text(encoding="utf-8").replace("(n = 3)", "(n = 30)"))
    (tmp_path / "results/flow.png").unlink()
    answer = run("draw", "--check", "-C", tmp_path)
    assert answer.status == 1
    assert "(n = 30)" in answer.out
    assert "results/flow.png is not there" in answer.out


def test_numbers_fills_the_markers_of_a_text_and_check_finds_what_was_typed(
    tmp_path: Path, run: Run
):
    a_finished_review(tmp_path)
    text = tmp_path / "manuscript.md"
    text.write_text("Of <!-- n: identified -->7<!-- /n --> records, 9 records were screened.\n")
    before = run("check", "-C", tmp_path)
    assert before.status == 1
    assert 'manuscript.md:1: the text says "7", but identified is 3' in before.out
    assert run("numbers", "-C", tmp_path).out == "manuscript.md\n"
    assert text.read_text().startswith("Of <!-- n: identified -->3<!-- /n --> records, 9 records")
    after = run("numbers", "--check", text, "-C", tmp_path)
    assert after.status == 1
    assert 'D12 error: manuscript.md:1: the text says "9", but screened is 2' in after.err
    assert run("check", "-C", tmp_path).status == 1
    text.write_text(f"<!-- elsewhere -->{text.read_text()}<!-- /elsewhere -->")
    assert run("check", "-C", tmp_path).status == 0


def test_a_marker_that_means_nothing_leaves_every_text_alone(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    (tmp_path / "a.md").write_text("<!-- n: screened --><!-- /n -->")
    (tmp_path / "b.md").write_text("<!-- n: screned --><!-- /n -->")
    answer = run("numbers", "-C", tmp_path)
    assert answer.status == 1
    assert 'b.md:1: unknown box "screned"' in answer.err
    assert (tmp_path / "a.md").read_text() == "<!-- n: screened --><!-- /n -->"


def test_trace_tells_where_a_record_came_from_what_was_said_and_where_it_is(
    tmp_path: Path, run: Run
):
    a_finished_review(tmp_path)
    answer = run("trace", "scopus:1", "-C", tmp_path)
    assert answer.status == 0
    assert "A duplicate of: pubmed:1" in answer.out
    assert "same DOI" in answer.out
    assert "full-text: included" in answer.out
    assert answer.out.count("include") >= 4
    assert answer.out.endswith(
        "Counted in: identified, databases, duplicates\nNow: duplicates (pubmed:1)\n"
    )
    document = json.loads(run("trace", "pubmed:1", "--json", "-C", tmp_path).out)
    assert document["place"]["box"] == "included_reports"
    unknown = run("trace", "pubmed:11", "-C", tmp_path)
    assert (unknown.status, "Did you mean" in unknown.err) == (1, True)


def test_export_writes_the_records_of_a_box(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)

    def exported(*words: str) -> list[str]:
        file = tmp_path / "box.csv"
        assert run("export", file, *words, "--overwrite", "-C", tmp_path).status == 0
        return [line.split(",")[0] for line in file.read_text(encoding="utf-8-sig").splitlines()]

    assert exported("--box", "excluded") == ["record_id", "pubmed:2"]
    assert exported("--box", "duplicates") == ["record_id", "scopus:1"]
    assert len(exported("--box", "identified", "--item", "pubmed")) == 3
    assert run("export", tmp_path / "x.csv", "--box", "exclude", "-C", tmp_path).status == 1


def test_check_names_contradictions_between_files_in_every_form(tmp_path: Path, run: Run):
    review = a_finished_review(tmp_path)
    store.append_retrievals(review, [retrieved("pubmed:1", "not-retrieved")])
    text = run("check", "-C", tmp_path)
    assert text.status == 1
    assert "D01 error: pubmed:1 stands in included reports and not retrieved" in text.out
    assert "P06 error" in text.out
    github = run("check", "--format", "github", "-C", tmp_path)
    assert "::error title=P06::" in github.out
    junit = run("check", "--format", "junit", "-C", tmp_path)
    assert junit.out.startswith("<?xml")
    assert run("check", "--format", "yaml", "-C", tmp_path).status == 2


def test_explain_tells_the_rule_the_cause_and_the_remedy(run: Run):
    answer = run("explain", "p05")
    assert answer.status == 0
    assert answer.out.startswith("P05  Records screened less those excluded are the reports")
    assert run("explain", "P99").status == 2


def test_an_adjustment_is_counted_noted_and_checked(tmp_path: Path, run: Run):
    a_finished_review(tmp_path)
    path = tmp_path / "data/screened/adjustments.csv"
    head = "kind,records,n,outcome,reason,why\n"
    path.write_text(head + "extra-report,pubmed:1,1,excluded,concept,a supplement\n")
    assert run("count", "-C", tmp_path).status == 0
    run("draw", "-C", tmp_path, "--out", tmp_path / "flow.txt")
    assert "Reports sought beyond one per record (n = 1)" in (tmp_path / "flow.txt").read_text()
    path.write_text(head + "extra-report,pubmed:7,1,kept,,\nsame,pubmed:1,x,,,why\n")
    answer = run("count", "-C", tmp_path)
    assert answer.status == 1
    assert "data/screened/adjustments.csv:3" in answer.err
    path.write_text(head + "extra-report,pubmed:7,1,kept,,\n")
    answer = run("count", "-C", tmp_path)
    assert answer.err.count("error: data/screened/adjustments.csv") == 3


def test_the_policies_of_the_protocol_are_read(tmp_path: Path, run: Run):
    review = found_with(tmp_path, [record("pubmed:1", year=1950), record("pubmed:2")])
    path = review.path("config/review.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n[limits]\nfirst_year = 1970\n[previous]\nstudies = 4\nreports = 5\n")
    run("count", "-C", tmp_path)
    counts = (tmp_path / "results/counts.csv").read_text(encoding="utf-8")
    assert "removed_other,,1\nremoved_other,published too early,1\n" in counts
    assert "total_studies,,4\n" in counts
    path.write_text(text + '\n[limits]\nlanguages = ["en"]\n[previous]\nstudies = 4\n')
    answer = run("count", "-C", tmp_path)
    assert '"en" under "languages" is no name of a language' in answer.err
    assert 'both "studies" and "reports" must stand here' in answer.err


STOPPING = """
[stopping]
decided_on = 2023-05-02
rule = "200 irrelevant in a row"
"""


def test_count_final_refuses_unread_records_unless_a_rule_met_at_a_look_left_them(
    tmp_path: Path, run: Run
):
    review = found_with(tmp_path, [record("pubmed:1"), record("pubmed:2")])
    for by in ("ab", "cd"):
        store.append_decision(review, decide("pubmed:1", "exclude", by))
    protocol = review.path("config/review.toml")
    text = protocol.read_text(encoding="utf-8")
    protocol.write_text(text + '\n[flow]\nunscreened = "excluded_by_tool"\n', encoding="utf-8")
    refused = run("count", "--final", "-C", tmp_path)
    assert (refused.status, "1 awaiting" in refused.err) == (1, True)
    assert "D13 error" in run("check", "-C", tmp_path).out
    protocol.write_text(text + STOPPING, encoding="utf-8")
    refused = run("count", "--final", "-C", tmp_path)
    assert (refused.status, "1 awaiting" in refused.err) == (1, True)
    assert "scopingreview stopping title-abstract --as NAME" in refused.err
    assert "under [stopping] in config/review.toml" in " ".join(refused.err.split())
    said = run("stopping", "ta", "--as", "ab", "-C", tmp_path).out
    assert "Rule of the protocol: 200 irrelevant in a row" in said
    (named,) = re.findall(r'look = "[^"]+"', said)
    protocol.write_text(f"{text}{STOPPING}{named}\n", encoding="utf-8")
    assert run("count", "--final", "-C", tmp_path).status == 0
    counts = (tmp_path / "results/counts.csv").read_text(encoding="utf-8")
    assert "not_screened,,1\nnot_screened,stopping rule,1\nscreened,,1\n" in counts
    assert (
        "D14 note: records that nobody read: 1, by 200 irrelevant in a row, met at the look of"
        in run("check", "-C", tmp_path).out
    )


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('rule = "enough"', '"decided_on" must say when'),
        ("decided_on = 2023-05-02", 'the "rule", or the "tool"'),
        ('decided_on = 2023-05-02\ntool = "ASReview"', 'which "version" of ASReview?'),
    ],
)
def test_a_stopping_rule_names_its_day_and_what_it_was(
    tmp_path: Path, run: Run, table: str, told: str
):
    review = found_with(tmp_path, [record("pubmed:1")])
    protocol = review.path("config/review.toml")
    text = protocol.read_text(encoding="utf-8")
    protocol.write_text(f"{text}\n[stopping]\n{table}\n", encoding="utf-8")
    answer = run("count", "-C", tmp_path)
    assert (answer.status, told in answer.err) == (1, True)
