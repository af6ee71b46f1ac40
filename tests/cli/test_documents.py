"""`--json` and `--dry-run`: every command answers programs, and can say what it would write."""

from __future__ import annotations

import inspect
import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.cli.commands import COMMANDS
from scopingreview.cli.console import WritingSetting
from scopingreview.model import Phase, StudyLink
from scopingreview.paths import Review
from scopingreview.stages.counting import run_count
from scopingreview.stages.deduping import run_dedupe
from scopingreview.stages.importing import run_import
from tests.conftest import Answer, Run
from tests.reviews import (
    FULL_TEXT,
    change_protocol,
    decide,
    found_with_exports,
    retrieved,
    snapshot,
    tick,
)

ROOT = Path(__file__).parents[2]
DOCUMENTS = (ROOT / "docs/json.md").read_text(encoding="utf-8")

# Every command as it is run on a review whose records are imported and linked; ID is a report
# that is being read, NEW one that nobody has seen, INCLUDED one that can be charted.
RUNS: dict[str, Sequence[str]] = {
    "init": ("init", "NEW-REVIEW", "--title", "T", "--source", "wos", "--reviewer", "ab"),
    "add": ("add", "EXPORT", "--source", "pubmed", "--hits", "2", "--search", "later"),
    "import": ("import",),
    "dedupe": ("dedupe",),
    "screen": ("screen", "ta", "--as", "ab", "--record", "NEW", "--verdict", "include"),
    "conflicts": ("conflicts", "ft", "--as", "ef", "--record", "ID", "--verdict", "include"),
    "retrieve": ("retrieve", "--record", "ID", "--status", "sought"),
    "correct": ("correct", "ID", "--field", "year=1999", "--why", "the PDF", "--as", "ab"),
    "link": ("link", "ID", "--study", "doe", "--as", "ab"),
    "unlink": ("unlink", "ID", "--as", "ab"),
    "chart": ("chart", "--as", "ab", "--study", "INCLUDED", "--field", "theory=none"),
    "count": ("count",),
    "draw": ("draw", "--dpi", "50"),
    "tables": ("tables",),
    "figures": ("figures",),
    "checklists": ("checklists",),
    "report": ("report",),
    "status": ("status",),
    "run": ("run", "--until", "count"),
    "check": ("check",),
    "repair": ("repair", "data/screened/retrieval.csv"),
    "doctor": ("doctor",),
    "explain": ("explain", "P03"),
    "trace": ("trace", "ID"),
    "numbers": ("numbers",),
    "pilot": ("pilot", "ft", "--override", "no time", "--as", "ef"),
    "discuss": ("discuss", "ft", "--as", "ef", "--record", "ID", "--note", "why"),
    "agreement": ("agreement", "ta"),
    "criteria": ("criteria", "ta", "--amend", "why", "--as", "ef"),
    "source": ("source",),
    "limits": ("limits",),
    "ai-use": ("ai-use", "ta"),
    "stopping": ("stopping", "ta", "--as", "ab"),
    "simulate": ("simulate", "LABELLED"),
    "reviewer": ("reviewer", "leave", "cd", "--reason", "why", "--as", "ef"),
    "send-back": ("send-back", "ID", "--to", "ft", "--reason", "why", "--as", "ef"),
    "rescreen": ("rescreen", "ta", "--reason", "why", "--as", "ef"),
    "unblind": ("unblind", "ft", "--as", "ef", "--reason", "why"),
    "export": ("export", "OUT", "--overwrite"),
    "import-decisions": ("import-decisions", "ta", "SHEET", "--as", "ab"),
}


FORM = '[charting]\n[[charting.fields]]\nkey = "theory"\n\n'


def writes(name: str) -> bool:
    """Whether the command has `--dry-run`."""
    parameters = inspect.signature(COMMANDS[name].function(), eval_str=True).parameters
    return any(each.annotation is WritingSetting for each in parameters.values())


WRITING = [name for name in RUNS if writes(name)]
# These write, but not so that it could be tried: a whole new folder, and names that are seen.
NOT_REHEARSED = {"init", "unblind"}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four records, counted; the reviewers differ on the full text of the first, linked one, and
    include the second.
    """
    review = found_with_exports(tmp_path_factory.mktemp("documents") / "review")
    table = "[full_text]\nunblind_conflicts = true\npilot = { size = 1, agreement = 0.75 }"
    change_protocol(review, "[full_text]", table)
    change_protocol(review, "[title_abstract]\n", "[title_abstract]\nrounds = 2\n")
    run_import(review)
    run_dedupe(review)
    change_protocol(review, "[highlight]", f"{FORM}[highlight]")
    first, second, *_ = [each.record_id for each in store.read_records(review)]
    for name in ("ab", "cd"):
        for phase in Phase:
            store.append_decision(review, decide(second, "include", name, phase))
    store.append_retrievals(review, [retrieved(second)])
    for name, verdict in (("ab", "include"), ("cd", "exclude")):
        under_others = replace(decide(first, "include", name), criteria="00000000")
        store.append_decision(review, under_others)
        reason = "population" if verdict == "exclude" else ""
        store.append_decision(review, decide(first, verdict, name, FULL_TEXT, reason))
    store.append_retrievals(review, [retrieved(first)])
    store.append_study_links(review, [StudyLink(tick(), first, "roe")])
    run_count(review)
    return review.root


@pytest.fixture
def review(begun: Path, tmp_path: Path) -> Review:
    """A copy of it, beside a sheet and an export that can be taken in."""
    copy = Review(tmp_path / "review")
    shutil.copytree(begun, copy.root)
    last = [each.record_id for each in store.read_records(copy)][-1]
    (tmp_path / "sheet.csv").write_text(f"record_id,verdict\n{last},include\n", encoding="utf-8")
    (tmp_path / "labelled.csv").write_text("title,abstract,included\nA,b,1\nC,d,0\n", "utf-8")
    (tmp_path / "more.ris").write_text("TY  - JOUR\nID  - 9\nTI  - A\nER  - \n" * 2, "utf-8")
    return copy


def answer_of(run: Run, review: Review, name: str, *more: str) -> Answer:
    """What the command came back with."""
    first, second, *_, last = [each.record_id for each in store.read_records(review)]
    beside = review.root.parent
    places = {
        "ID": first,
        "NEW": last,
        "INCLUDED": second,
        "NEW-REVIEW": str(beside / "new"),
        "EXPORT": str(beside / "more.ris"),
        "OUT": str(beside / "out.csv"),
        "SHEET": str(beside / "sheet.csv"),
        "LABELLED": str(beside / "labelled.csv"),
    }
    words = [places.get(word, word) for word in RUNS[name]]
    where = () if name in ("init", "explain", "simulate") else ("-C", review.root)
    return run(*words, *where, *more)


def test_every_command_is_run_here():
    assert RUNS.keys() == COMMANDS.keys()
    assert set(WRITING).isdisjoint(NOT_REHEARSED)


@pytest.mark.parametrize("name", RUNS)
def test_every_command_answers_in_one_json_document_with_a_schema(
    run: Run, review: Review, name: str
):
    answer = answer_of(run, review, name, "--json")
    document = json.loads(answer.out)
    assert document["schema"] == 1, answer.err
    row = f"| `{name}` | " + ", ".join(f"`{key}`" for key in document if key != "schema")
    assert row in DOCUMENTS


@pytest.mark.parametrize("name", WRITING)
def test_a_dry_run_of_every_command_that_writes_says_what_and_writes_nothing(
    run: Run, review: Review, name: str
):
    before = snapshot(review.root.parent)
    answer = answer_of(run, review, name, "--dry-run")
    assert answer.status == 0, answer.err
    assert "Dry run: nothing was written." in answer.out
    assert snapshot(review.root.parent) == before
    assert "Next:" not in answer.err


def test_a_dry_run_of_the_chain_says_which_stages_would_run_and_why(run: Run, review: Review):
    judged = review.path("data/screened/duplicates/ab.csv")
    judged.parent.mkdir(exist_ok=True)
    judged.write_text("decided_at,record_id,other_id,same,note\n", encoding="utf-8")
    told = run("run", "--dry-run", "-C", review.root).err
    assert "import: up to date\ndedupe: would run\n" in told
    assert "because data/screened/duplicates/ab.csv is new" in told
    assert "draw: would run\n" in told


def test_what_waits_for_a_reviewer_is_told_as_json_without_asking(run: Run, review: Review):
    answer = run("screen", "ta", "--as", "ab", "-C", review.root, "--json")
    document = json.loads(answer.out)
    assert document["phase"] == "title-abstract"
    assert len(document["waiting"]) == 2


def test_nobody_screens_a_dry_run_by_hand(run: Run, review: Review):
    answer = run("screen", "ta", "--as", "ab", "--dry-run", "-C", review.root)
    assert answer.status == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_tells_the_exit_status(run: Run, name: str):
    shown = " ".join(run(name, "--help").out.split())
    assert "Exit status: 0 fine, 1 something to put right, 2 wrong usage, 130" in shown
