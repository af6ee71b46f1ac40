"""The bundled review: its script knows the truth, and the chain has to find it.

The exports, decisions and figures in this repository are read as anyone's would be; what comes
out is compared with `examples/make_review.py`, which invented every report and its fate.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from invented.charting import charted_reports, study_id
from invented.charting import truth as truth_to_chart
from invented.searches import reports_by_record_id
from invented.values import Report
from make_review import ROOT, all_reports, write_review
from scopingreview.charting import (
    ChartingStanding,
    ChartingState,
    agreement_by_field,
    form_version,
    members,
)
from scopingreview.figures.painted_print import paint_print
from scopingreview.model import Phase, Slot, Standing
from scopingreview.paths import (
    COUNTS,
    DUPLICATES,
    JUDGEMENTS,
    POSSIBLE_DUPLICATES,
    RECORDS,
    REPORT,
    Review,
)
from scopingreview.review import figuring
from scopingreview.review.charting import charting_of
from scopingreview.review.figuring import figure_files, figured
from scopingreview.review.state import load_state
from scopingreview.screening.criteria import criteria_version
from scopingreview.screening.review_state import ReviewState
from scopingreview.stages.deduping import run_dedupe
from scopingreview.stages.importing import run_import
from scopingreview.stages.running import run_chain
from scopingreview.store import read_possible_duplicates
from tests.conftest import Run
from tests.reviews import snapshot

PEOPLES = ("config", "data/raw", "data/screened", "data/charted")


def copy_of_the_review(folder: Path) -> Review:
    for name in PEOPLES:
        shutil.copytree(ROOT / name, folder / name)
    return Review(folder)


def contents(review: Review, *folders: str) -> dict[str, bytes]:
    found = snapshot(review.root)
    return {name: content for name, content in found.items() if name.startswith(folders)}


def run_all(review: Review) -> None:
    assert all(ran.did for ran in run_chain(review, force=True))


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return all_reports()


@pytest.fixture(scope="module")
def truth(reports: list[Report]) -> dict[str, Report]:
    """The report of every record, by record id."""
    return reports_by_record_id(reports)


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """A copy of the bundled review on which the whole chain has run."""
    review = copy_of_the_review(tmp_path_factory.mktemp("bundled"))
    run_all(review)
    return review


@pytest.fixture(scope="module")
def state(review: Review) -> ReviewState:
    return load_state(review)


@pytest.fixture(scope="module")
def charting(review: Review, state: ReviewState) -> ChartingState:
    return charting_of(review, state)


# ── what the script writes ───────────────────────────────────────────────────────────────────


def test_the_script_writes_the_bundled_review_byte_for_byte(tmp_path: Path):
    written = write_review(tmp_path)
    assert contents(Review(tmp_path), *PEOPLES) == contents(Review(ROOT), *PEOPLES)
    assert len(written) == len(contents(Review(ROOT), *PEOPLES)) > 20


def test_every_doi_of_the_bundled_review_is_an_example(review: Review):
    text = b"".join(contents(review, "data/raw").values()).decode()
    assert set(re.findall(r"\b10\.\d{4,}(?=/)", text)) == {"10.5555"}


def test_the_included_studies_intervene_at_every_level(reports: list[Report]):
    studies = [report.draft.study for report in reports if report.draft.fate.phase == "included"]
    levels = Counter(study.level for study in studies if study)
    assert len(studies) == 51
    assert set(levels) == {"individual", "group", "organisation", "combined"}
    assert min(levels.values()) > 5


# ── what the chain finds in it ───────────────────────────────────────────────────────────────


def test_every_record_is_read(state: ReviewState, truth: dict[str, Report]):
    assert state.records.keys() == truth.keys()
    said = f"{len(state.records)} records of {len(state.unique_ids)} reports"
    assert said in (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
    for record_id, record in state.records.items():
        assert record.year == truth[record_id].draft.year
        assert len(record.authors) == len(truth[record_id].authors)


def test_the_records_of_a_report_are_linked_and_no_others(
    state: ReviewState, truth: dict[str, Report]
):
    groups = defaultdict(set)
    for record_id, unique_id in state.canonical.items():
        groups[unique_id].add(truth[record_id].key)
    assert [keys for keys in groups.values() if len(keys) > 1] == []
    assert len(groups) == len({report.key for report in truth.values()})


def test_what_no_rule_can_settle_is_offered_to_people(tmp_path: Path, truth: dict[str, Report]):
    review = copy_of_the_review(tmp_path)
    shutil.rmtree(review.path(JUDGEMENTS))
    run_import(review)
    run_dedupe(review)
    state = load_state(review)
    for record_id, unique_id in state.canonical.items():
        assert truth[record_id].key == truth[unique_id].key
    unique_of = defaultdict(set)
    for record_id, report in truth.items():
        unique_of[report.key].add(state.canonical[record_id])
    apart = {frozenset(ids) for ids in unique_of.values() if len(ids) > 1}
    offered = {
        frozenset({state.canonical[pair.record_id], state.canonical[pair.other_id]})
        for pair in read_possible_duplicates(review)
    }
    assert apart
    assert apart <= offered


def test_every_report_ends_where_it_was_meant_to(state: ReviewState, truth: dict[str, Report]):
    ends = {}
    for phase in Phase:
        for unique_id, outcome in state.outcomes[phase].items():
            if outcome.standing is Standing.EXCLUDED:
                ends[truth[unique_id].key] = phase.value
    for unique_id in state.standing_at(Phase.FULL_TEXT, Standing.INCLUDED):
        ends[truth[unique_id].key] = "included"
    meant = {report.key: report.draft.fate.phase for report in truth.values()}
    lost = {key for key, phase in meant.items() if phase == "not-retrieved"}
    assert ends == {key: phase for key, phase in meant.items() if key not in lost}
    assert len(lost) == 7


def test_a_report_excluded_by_its_full_text_has_the_reason_it_was_meant_to(
    state: ReviewState, truth: dict[str, Report]
):
    for unique_id in state.standing_at(Phase.FULL_TEXT, Standing.EXCLUDED):
        reason = state.outcomes[Phase.FULL_TEXT][unique_id].reason
        assert reason == truth[unique_id].draft.fate.reason


def test_every_decision_names_the_criteria_it_was_made_under(state: ReviewState):
    for phase in Phase:
        current = criteria_version(state.protocol.phases[phase])
        made = {
            decision.criteria for decision in (*state.decisions[phase], *state.consensus[phase])
        }
        assert made == {current}


def test_some_decisions_stand_on_a_duplicate_and_some_were_undone(state: ReviewState):
    decided = [decision for phase in Phase for decision in state.decisions[phase]]
    unique = set(state.unique_ids)
    assert any(decision.record_id not in unique for decision in decided)
    assert {decision.verdict.value for decision in decided} == {
        "include",
        "exclude",
        "maybe",
        "withdrawn",
    }


def test_what_was_charted_of_every_study_ends_as_it_was_meant_to(
    charting: ChartingState, reports: list[Report]
):
    meant = {
        study_id(report): {key: cell.value for key, cell in truth_to_chart(report).items()}
        for report in charted_reports(reports)
    }
    settled = {
        key: {slot.field: value for slot, value in values.items() if slot.field != "comment"}
        for key, values in charting.settled.items()
    }
    assert len(settled) == 51
    assert settled == meant
    assert {charting.standing(key) for key in settled} == {ChartingStanding.CHARTED}


def test_every_level_and_type_of_intervention_was_charted_and_some_studies_have_several(
    charting: ChartingState,
):
    for name in ("level", "kind"):
        field = charting.form.field(name)
        held = [members(field, values[Slot(name)]) for values in charting.settled.values()]
        assert {key for keys in held for key in keys} == set(field.options)
        assert 5 < sum(len(keys) > 1 for keys in held) < 40


def test_two_charted_every_study_and_an_adjudicator_settled_what_they_differ_in(
    charting: ChartingState,
):
    assert set(charting.complete.values()) == {("ab", "cd")}
    conflicts = [each for found in charting.conflicts.values() for each in found]
    assert 20 < len(conflicts) == len(charting.settlements) < 60
    assert {cell.form for cell in (*charting.cells, *charting.settlements)} == {
        form_version(charting.form)
    }
    compared = {each.field: each.compared for each in agreement_by_field(charting)}
    assert set(compared.values()) == {51, 0}
    assert compared["comment"] == 0


def test_the_bundled_review_is_finished_and_has_nothing_to_put_right(run: Run, review: Review):
    counted = run("count", "--final", "-C", review.root)
    assert counted.status == 0, counted.err
    checked = run("check", "-C", review.root)
    assert checked.status == 0
    assert "0 errors" in checked.err


def test_the_counts_beside_the_figure_are_those_of_the_bundled_review(review: Review):
    assert review.path(COUNTS).read_bytes() == (ROOT / COUNTS).read_bytes()


FOLDERS = ("results/tables", "results/figures", "results/checklists")


def test_what_is_committed_in_the_folders_of_results_is_that_of_the_bundled_review(review: Review):
    """All that is text; what is packed by a library is in no commit."""
    packed = (".pdf", ".png", ".xlsx")
    committed = {
        name: content
        for name, content in contents(Review(ROOT), *FOLDERS).items()
        if not name.endswith(packed)
    }
    made = contents(review, *FOLDERS)
    assert {name: made.get(name) for name in committed} == committed
    assert {name for name in made if not name.endswith(packed)} == committed.keys()


TABLES_ELSEWHERE = """
import hashlib, sys
from pathlib import Path
from scopingreview.paths import Review
from scopingreview.review.tabulating import table_files, tabulated
for name, content in sorted(table_files(tabulated(Review(Path(sys.argv[1])))).items()):
    print(name, hashlib.sha256(content).hexdigest())
"""


@pytest.mark.parametrize(
    ("seed", "zone", "language"), [("1", "Asia/Tokyo", "C"), ("2", "America/Lima", "C.UTF-8")]
)
def test_seed_time_zone_and_language_of_the_machine_change_no_byte_of_a_table(
    review: Review, seed: str, zone: str, language: str
):
    given = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "LANG": language}
    answer = subprocess.run(
        [sys.executable, "-c", TABLES_ELSEWHERE, review.root],
        capture_output=True,
        text=True,
        env={**os.environ, **given, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert answer.returncode == 0, answer.stderr
    made = contents(review, "results/tables")
    assert {name.rpartition(".")[2] for name in made} == {"csv", "md", "tex", "html", "xlsx"}
    assert answer.stdout.splitlines() == [
        f"{name} {hashlib.sha256(content).hexdigest()}" for name, content in sorted(made.items())
    ]


def test_every_printed_figure_is_a_file_of_its_own_and_the_same_bytes_twice(
    review: Review, monkeypatch: pytest.MonkeyPatch
):
    """Really printed: the other tests of a session print one figure for all."""
    monkeypatch.setattr(figuring, "paint_print", paint_print)
    found = figured(review)
    two = replace(found, figures=found.figures[:2], flows={})
    first, second = figure_files(two), figure_files(two)
    printed = {name: content for name, content in first.items() if name.endswith((".pdf", ".png"))}
    assert len(printed) == len(set(printed.values())) == 4
    assert printed.items() <= second.items()
    for figure in two.figures:
        image = Image.open(io.BytesIO(printed[f"results/figures/{figure.name}.png"]))
        image.load()
        assert image.width / image.height == pytest.approx(
            figure.drawing.width / figure.drawing.height, rel=0.01
        )
        (page,) = PdfReader(io.BytesIO(printed[f"results/figures/{figure.name}.pdf"])).pages
        assert page.extract_text().strip()


def test_the_page_that_is_committed_is_that_of_the_bundled_review(review: Review):
    assert review.path(REPORT).read_bytes() == (ROOT / REPORT).read_bytes()


def test_the_matrix_in_the_readme_is_that_of_the_charted_files():
    """Counted from the lines of the charters and the adjudicator, without the program."""

    def last_words(name: str) -> dict[tuple[str, str], set[str]]:
        with (ROOT / f"data/charted/{name}.csv").open(encoding="utf-8", newline="") as table:
            return {
                (row["study_id"], row["field"]): set(row["value"].split(";"))
                for row in csv.DictReader(table)
            }

    ab, settled = last_words("ab"), last_words("consensus")
    counted: Counter[tuple[str, str]] = Counter()
    for study in {study for study, _ in ab}:
        level, kind = ((ab | settled)[study, field] for field in ("level", "kind"))
        counted.update(product(level, kind))
    with (ROOT / "results/figures/matrix_level_by_kind.csv").open(encoding="utf-8") as table:
        *rows, total = csv.DictReader(table)
    labels = {"Individual": "individual", "Team": "team", "Organisation": "organisation"}
    shown = {
        (labels[row["level"]], kind): int(n)
        for row in rows
        for kind, n in row.items()
        if kind not in ("level", "all_studies") and int(n)
    }
    assert shown == dict(counted)
    assert int(total["all_studies"]) == len({study for study, _ in ab}) == 51
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "results/figures/matrix_level_by_kind.svg" in readme
    assert "results/figures/years.svg" in readme


def test_running_the_chain_again_changes_no_byte(review: Review):
    before = contents(review, *PEOPLES, "data/derived", "results")
    assert {RECORDS, DUPLICATES, POSSIBLE_DUPLICATES, COUNTS} <= before.keys()
    run_all(review)
    assert contents(review, *PEOPLES, "data/derived", "results") == before
