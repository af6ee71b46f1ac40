"""Moving here: every decision, reason, label and note of the other program stands, and nobody
else's; the agreement is what it was there.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score

from scopingreview import formats, store
from scopingreview.model import RetrievalStatus
from scopingreview.paths import Review
from tests.conftest import Run
from tests.moves import exports
from tests.reviews import change_protocol, found_with, record, snapshot

RECORDS = [
    record("pubmed:1", title="Stress in nurses", doi="10.1000/1"),
    record("pubmed:2", title="Rest in nurses", doi="10.1000/2"),
    record("pubmed:3", title="Work of midwives", year=2018),
    record("pubmed:4", title="Shifts at night", year=2020),
    record("pubmed:5", title="Days off", year=2021),
    record("scopus:1", title="Stress in nurses", doi="10.1000/1"),
]
SHARED = Path(__file__).parents[2] / "../shared/exports"
real = pytest.mark.skipif(not SHARED.is_dir(), reason="the real exports (../shared) are not here")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Five reports in six records, nothing decided; "too old" is a reason by title and abstract."""
    made = found_with(tmp_path / "review", RECORDS, duplicates={"scopus:1": "pubmed:1"})
    reasons = "[title_abstract.exclusion_reasons]\n"
    change_protocol(made, reasons, f'{reasons}age = "Too old"\n')
    return made


def file_of(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def decided(review: Review, name: str, phase: str = "title-abstract") -> dict[str, list[str]]:
    """By record: verdict, reason, labels and note."""
    text = review.path(f"data/screened/{phase}/{name}.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text))
    return {r["record_id"]: [r["verdict"], r["reason"], r["labels"], r["note"]] for r in rows}


# ── Rayyan ───────────────────────────────────────────────────────────────────────────────────


def take_rayyan(run: Run, review: Review, *, with_log: bool) -> None:
    folder = review.root.parent
    articles = file_of(folder, "articles.bib", exports.RAYYAN_BIB)
    log = file_of(folder, "customizations_log.csv", exports.RAYYAN_LOG)
    more = ("--log", log) if with_log else ()
    for name, named in (("ab", "Ada"), ("cd", "Bo C.")):
        answer = run("import-decisions", "ta", articles, "--as", name, "--named", named,
                     *more, "-C", review.root)  # fmt: skip
        assert answer.status == 0, answer.err


def test_rayyans_log_gives_everybody_their_own_reasons_and_labels(run: Run, review: Review):
    take_rayyan(run, review, with_log=True)
    assert decided(review, "ab") == {
        "pubmed:1": ["include", "", "", ""],
        "pubmed:2": ["exclude", "age", "read me", "see p. 3 | and [4]; ask Bo"],
        "pubmed:3": ["maybe", "", "", ""],
        "pubmed:4": ["exclude", "", "", ""],
    }
    assert decided(review, "cd") == {
        "pubmed:1": ["include", "", "methods", ""],
        "pubmed:2": ["exclude", "population", "ours", "mine"],
        "pubmed:3": ["exclude", "age", "", ""],
    }


def test_without_the_log_reasons_and_labels_are_those_of_all(run: Run, review: Review):
    take_rayyan(run, review, with_log=False)
    for name in ("ab", "cd"):
        verdict, reason, labels, _ = decided(review, name)["pubmed:2"]
        assert (verdict, reason, labels) == ("exclude", "age", "read me;ours")


def test_the_log_of_another_export_is_refused_and_nothing_is_taken(run: Run, review: Review):
    folder = review.root.parent
    articles = file_of(folder, "articles.bib", exports.RAYYAN_BIB)
    before = snapshot(review.path("data/screened"))
    for text, says in (
        (exports.RAYYAN_LOG.replace("-1\n", "1\n"), "nobody in this log decided as Ada did"),
        (
            exports.RAYYAN_LOG + exports.RAYYAN_LOG.replace("ada@", "eve@"),
            "2 people of this log decided as Ada did",
        ),
        ("a,b\n1,2\n", "this is no log of Rayyan's"),
    ):
        log = file_of(folder, "customizations_log.csv", text)
        answer = run("import-decisions", "ta", articles, "--as", "ab", "--named", "Ada",
                     "--log", log, "-C", review.root)  # fmt: skip
        assert (answer.status, says in answer.err) == (1, True), answer.err
    assert snapshot(review.path("data/screened")) == before


def test_unknown_reasons_are_offered_as_lines_of_the_protocol_that_make_them_known(
    run: Run, review: Review
):
    text = exports.RAYYAN_BIB.replace("too old,wrong population", 'out of "scope",unrelated,無關')
    articles = file_of(review.root.parent, "articles.bib", text)
    command = ("import-decisions", "ta", articles, "--as", "cd", "--named", "Bo C.",
               "-C", review.root)  # fmt: skip
    told = run(*command).err
    offered = [line for line in told.splitlines() if " = " in line]
    assert offered == [
        r'out-of-scope = "out of \"scope\""',
        'unrelated = "unrelated"',
        'reason-3 = "無關"',
    ]
    reasons = "[title_abstract.exclusion_reasons]\n"
    change_protocol(review, reasons, reasons + "\n".join(offered) + "\n")
    again = run(*command)
    assert "1 written (1 change an earlier decision)" in again.out
    assert "no reason of the protocol" not in again.err
    assert decided(review, "cd")["pubmed:2"][1] == "out-of-scope"


def agreement(run: Run, review: Review) -> dict[str, float]:
    """The value of each coefficient of the only pair of reviewers, by name."""
    answer = run("agreement", "ta", "--json", "-C", review.root)
    (round_,) = json.loads(answer.out)["rounds"]
    return values_of(round_)


def values_of(told: object) -> dict[str, float]:
    """Whatever in the document has a value and a name, by name."""
    found: dict[str, float] = {}
    if isinstance(told, dict):
        for key, value in told.items():
            if isinstance(value, dict) and isinstance(value.get("value"), float):
                found[key] = value["value"]
            found |= values_of(value)
    elif isinstance(told, list):
        for each in told:
            found |= values_of(each)
    return found


def verdicts_of_rayyan(text: str) -> list[dict[str, str]]:
    """Of each entry the verdicts by name, read with nothing of the program."""
    return [dict(re.findall(r'"([^"]+)" ?=> ?"(\w+)"', entry)) for entry in text.split("\n@")]


def test_the_agreement_is_what_rayyans_verdicts_give_by_themselves(run: Run, review: Review):
    take_rayyan(run, review, with_log=True)
    goes_on = {"Included": True, "Maybe": True, "Excluded": False}
    both = [each for each in verdicts_of_rayyan(exports.RAYYAN_BIB) if len(each) == 2]
    one, other = ([goes_on[each[name]] for each in both] for name in ("Ada", "Bo C."))
    assert agreement(run, review)["kappa"] == pytest.approx(cohen_kappa_score(one, other))


# ── Covidence ────────────────────────────────────────────────────────────────────────────────


def test_covidences_files_by_status_make_both_phases(run: Run, review: Review):
    protocol = review.path("config/review.toml")
    text = re.sub(r"reviewers_needed = \d", "reviewers_needed = 1", protocol.read_text("utf-8"))
    protocol.write_text(text, encoding="utf-8")
    for name, content in exports.COVIDENCE.items():
        path = file_of(review.root.parent, name, content)
        phases = ("ta",) if "irrelevant" in name else ("ta", "ft")
        for phase in phases:
            more = ("--retrieved",) if phase == "ft" else ()
            answer = run("import-decisions", phase, path, "--as", "ab", *more, "-C", review.root)
            assert answer.status == 0, answer.err
    assert decided(review, "ab") == {
        "pubmed:2": ["exclude", "", "later;methods", ""],
        "pubmed:3": ["include", "", "", "Ada (2024-01-01 10:00:00)(Select): see p. 3"],
        "pubmed:1": ["include", "", "", ""],
    }
    assert decided(review, "ab", "full-text") == {
        "pubmed:3": ["exclude", "population", "", "Ada (2024-01-01 10:00:00)(Select): see p. 3"],
        "pubmed:1": ["include", "", "", ""],
    }
    steps = store.read_retrievals(review)
    assert [(each.record_id, each.status) for each in steps] == [
        ("pubmed:3", RetrievalStatus.RETRIEVED),
        ("pubmed:1", RetrievalStatus.RETRIEVED),
    ]


def test_a_full_text_excluded_without_a_reason_there_gets_the_one_that_is_named(
    run: Run, review: Review
):
    text = exports.COVIDENCE["review_7_excluded_csv_20240101.csv"]
    name = "review_7_excluded_csv_20240101.csv"
    path = file_of(
        review.root.parent, name, text.replace("Exclusion reason: Wrong population; ", "")
    )
    for reviewer in ("ab", "cd"):
        run("import-decisions", "ta", path, "--as", reviewer, "-C", review.root)
    command = ("import-decisions", "ft", path, "--as", "ab", "--retrieved", "-C", review.root)
    refused = run(*command)
    assert (refused.status, "needs a reason" in refused.err) == (1, True)
    assert store.read_retrievals(review) == []
    assert run(*command, "--reason", "=population").status == 0
    assert decided(review, "ab", "full-text")["pubmed:3"][:2] == ["exclude", "population"]


def test_only_full_texts_are_got_hold_of(run: Run, review: Review):
    path = file_of(review.root.parent, "a.csv", exports.ASREVIEW)
    answer = run("import-decisions", "ta", path, "--as", "ab", "--retrieved", "-C", review.root)
    assert (answer.status, "--retrieved is for full-text decisions" in answer.err) == (2, True)


def test_a_dry_run_of_full_text_decisions_says_both_files_and_writes_neither(
    run: Run, review: Review
):
    name = "review_7_included_csv_20240101.csv"
    path = file_of(review.root.parent, name, exports.COVIDENCE[name])
    for reviewer in ("ab", "cd"):
        run("import-decisions", "ta", path, "--as", reviewer, "-C", review.root)
    before = snapshot(review.path("data/screened"))
    answer = run("import-decisions", "ft", path, "--as", "ab", "--retrieved", "--dry-run",
                 "-C", review.root)  # fmt: skip
    assert answer.status == 0, answer.err
    assert "retrieval.csv" in answer.out
    assert "full-text/ab.csv" in answer.out
    assert snapshot(review.path("data/screened")) == before


# ── CoLRev, ASReview, EndNote ────────────────────────────────────────────────────────────────


def test_colrevs_one_status_is_a_decision_in_each_phase_that_it_passed(run: Run, review: Review):
    path = file_of(review.root.parent, "records.bib", exports.COLREV)
    for reviewer in ("ab", "cd"):
        answer = run("import-decisions", "ta", path, "--as", reviewer, "-C", review.root)
        assert "1 undecided" in answer.out, answer.err
    assert {key: row[0] for key, row in decided(review, "ab").items()} == {
        "pubmed:1": "include",
        "pubmed:2": "exclude",
        "pubmed:3": "include",
        "pubmed:4": "include",
    }
    answer = run("import-decisions", "ft", path, "--as", "ab", "--retrieved", "-C", review.root)
    assert answer.status == 0, answer.err
    assert "3 undecided" in answer.out
    assert decided(review, "ab", "full-text") == {
        "pubmed:1": ["include", "", "", ""],
        "pubmed:3": ["exclude", "population", "", ""],
    }


def test_asreviews_label_and_note_are_taken_for_whoever_gave_them(run: Run, review: Review):
    path = file_of(review.root.parent, "asreview.csv", exports.ASREVIEW)
    answer = run("import-decisions", "ta", path, "--as", "ab", "-C", review.root)
    assert "2 written" in answer.out, answer.err
    assert decided(review, "ab") == {
        "pubmed:1": ["include", "", "use_discussion", "good one"],
        "pubmed:2": ["exclude", "", "", ""],
    }


def test_a_group_of_endnote_is_a_verdict_and_its_research_notes_are_kept(run: Run, review: Review):
    path = file_of(review.root.parent, "excluded.xml", exports.ENDNOTE_GROUP)
    answer = run("import-decisions", "ta", path, "--as", "ab", "--verdict", "exclude",
                 "-C", review.root)  # fmt: skip
    assert answer.status == 0, answer.err
    assert decided(review, "ab") == {"pubmed:2": ["exclude", "", "", "not our setting"]}


def test_of_two_with_one_title_the_row_means_the_one_it_describes(run: Run, tmp_path: Path):
    twins = [
        record("pubmed:1", title="Same title", authors=("Ames, A.",), year=2020, journal="J"),
        record("pubmed:2", title="Same title", authors=("Bell, B.",), year=2020, journal="J"),
    ]
    review = found_with(tmp_path / "review", twins)
    text = "title,authors,year,journal,included\nSame title,{},2020,J,1\n"
    path = file_of(tmp_path, "a.csv", text.format('"Bell, B."'))
    assert run("import-decisions", "ta", path, "--as", "ab", "-C", review.root).status == 0
    assert list(decided(review, "ab")) == ["pubmed:2"]
    path = file_of(tmp_path, "b.csv", text.format('"Cole, C."'))
    answer = run("import-decisions", "ta", path, "--as", "cd", "-C", review.root)
    assert (answer.status, "may be any of pubmed:1, pubmed:2" in answer.err) == (1, True)


# ── the real ones ────────────────────────────────────────────────────────────────────────────


def moved(folder: Path, file: Path) -> Review:
    """A review of the records of the file, that nobody has decided on."""
    found = [each for part in formats.read(file) for each in part.records]
    records = [
        record(f"pubmed:{n}", title=each.title, doi=each.doi, year=each.year, authors=each.authors)
        for n, each in enumerate(found)
    ]
    return found_with(folder / "review", records)


@real
def test_a_real_export_of_rayyan_comes_over_with_every_verdict_and_the_same_agreement(
    run: Run, tmp_path: Path
):
    file = SHARED / "rayyan/concurrency_articles.bib"
    review = moved(tmp_path, file)
    told = verdicts_of_rayyan(file.read_text(encoding="utf-8"))
    words = {"Included": "include", "Excluded": "exclude", "Maybe": "maybe"}
    for name, named in (("ab", "Alison"), ("cd", "Felipe")):
        answer = run("import-decisions", "ta", file, "--as", name, "--named", named,
                     "-C", review.root)  # fmt: skip
        assert answer.status == 0, answer.err
        there = Counter(words[each[named]] for each in told if named in each)
        assert Counter(row[0] for row in decided(review, name).values()) == there
    both = [(each["Alison"], each["Felipe"]) for each in told if len(each) == 2]
    assert len(both) > 15
    kappa = cohen_kappa_score(*zip(*both, strict=True))
    assert agreement(run, review)["kappa"] == pytest.approx(kappa)


@real
def test_a_real_export_of_covidence_comes_over_row_by_row(run: Run, tmp_path: Path):
    file = SHARED / "covidence/cff_covidence.csv"
    review = moved(tmp_path, file)
    path = file_of(tmp_path, "review_1_irrelevant_csv_1.csv", file.read_text(encoding="utf-8"))
    answer = run("import-decisions", "ta", path, "--as", "ab", "-C", review.root)
    assert answer.status == 0, answer.err
    assert Counter(row[0] for row in decided(review, "ab").values()) == {"exclude": 10}
