"""`screen` and `conflicts` at the prompt and from a script, and the rules of `retrieve`."""

from __future__ import annotations

from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.model import Phase
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.screening import criteria_version
from tests.conftest import Run
from tests.pdfs import pdf_file
from tests.reviews import (
    START,
    change_protocol,
    decide,
    found_with,
    record,
    snapshot,
)
from tests.workbench.benches import include_all, said, small_review

FULL_TEXT = Phase.FULL_TEXT


@pytest.fixture
def review(tmp_path: Path) -> Review:
    review = small_review(tmp_path)
    change_protocol(review, "[title_abstract]\n", '[title_abstract]\norder = "imported"\n')
    change_protocol(review, "[full_text]\n", '[full_text]\norder = "imported"\n')
    return review


def keys(*pressed: str) -> str:
    """The keys as lines of input."""
    return "\n".join(pressed) + "\n"


def test_the_prompt_takes_the_same_keys_as_the_full_screen(review: Review, run: Run):
    answer = run(
        "screen", "ta", "--as", "ab", "-C", review.root, typed=keys("i", "2", "e", "", "m")
    )
    assert answer.status == 0
    assert said(review) == [
        "pubmed:1 include",
        "pubmed:2 exclude population",
        "pubmed:3 exclude",
        "pubmed:4 maybe",
    ]
    assert "4 decided in this sitting" in answer.err
    assert "Next: scopingreview screen title-abstract --as ab (1 left)" in answer.err


def test_a_number_after_exclude_is_the_reason_and_never_excludes_the_next_record(
    review: Review, run: Run
):
    typed = keys("e", "1", "e", "q", "i", "q")
    run("screen", "ta", "--as", "ab", "-C", review.root, typed=typed)
    assert said(review) == ["pubmed:1 exclude topic", "pubmed:2 include"]


def test_the_prompt_undoes_comments_labels_and_looks_ahead(review: Review, run: Run):
    typed = keys("i", "u", "c", "unsure", "t", "later, trial", "m", "n", "b", "s", "q")
    run("screen", "ta", "--as", "ab", "-C", review.root, typed=typed)
    assert said(review)[-1] == "pubmed:1 maybe later;trial unsure"


def test_the_prompt_searches_filters_and_goes_to_a_record(review: Review, run: Run):
    typed = keys("g", "pubmed:4", "m", "/", "naps", "i", "f", "maybe", "e", "", "f", "lable:x", "q")
    answer = run("screen", "ta", "--as", "ab", "-C", review.root, typed=typed)
    assert said(review) == ["pubmed:4 maybe", "pubmed:5 include", "pubmed:4 exclude"]
    assert 'Did you mean "label"?' in answer.err


def test_the_prompt_needs_no_colour_and_no_boxes(review: Review, run: Run):
    typed = keys("?", "p", "h", "l", "o", "q")
    answer = run("screen", "ta", "--as", "ab", "-C", review.root, typed=typed)
    assert answer.out.isprintable() or "\x1b" not in answer.out
    assert not set("│─╭╰█") & set(answer.out)
    assert "Nurses of any grade" in answer.out
    assert "Terms that speak for include: nurses (3), burnout (1)" in answer.out
    assert "https://doi.org/10.1234/1" in answer.out


def test_a_sitting_ends_at_its_limit_with_a_summary(review: Review, run: Run):
    options = ("--limit", 2, "-C", review.root)
    answer = run("screen", "ta", "--as", "ab", *options, typed=keys("i", "e", "", "m", "m"))
    assert len(said(review)) == 2
    assert "2 decided in this sitting: 1 include, 1 exclude" in answer.err


def test_a_full_text_exclusion_asks_why_until_there_is_a_reason(review: Review, run: Run):
    include_all(review)
    typed = keys("e", "", "e", "9", "3 1", "q")
    run("screen", "ft", "--as", "ab", "-C", review.root, typed=typed)
    assert said(review, FULL_TEXT) == ["pubmed:1 exclude population also:context"]


def test_labels_typed_at_the_prompt_keep_what_else_the_report_fails(review: Review, run: Run):
    include_all(review)
    typed = keys("e", "3 1", "b", "t", "mine", "t", "", "t", "-", "q")
    answer = run("screen", "ft", "--as", "ab", "-C", review.root, typed=typed)
    assert said(review, FULL_TEXT) == [
        "pubmed:1 exclude population also:context",
        "pubmed:1 exclude population mine;also:context",
        "pubmed:1 exclude population mine;also:context",
        "pubmed:1 exclude population also:context",
    ]
    assert "(labels: also" not in answer.out


def test_a_duplicate_is_chosen_at_the_prompt_by_number_or_id_and_never_by_words_alone(
    review: Review, run: Run
):
    typed = keys("x", "naps", "1", "x", "pubmed:4", "x", "", "q")
    answer = run("screen", "ta", "--as", "ab", "-C", review.root, typed=typed)
    judged = [(each.record_id, each.other_id) for each in store.read_judgements(review)]
    assert judged == [("pubmed:1", "pubmed:5"), ("pubmed:2", "pubmed:4")]
    assert "  1  Naps at work (2015) pubmed:5" in answer.out


def test_a_decision_is_gone_back_to_from_the_prompt(review: Review, run: Run):
    typed = keys("i", "m", "l", "2", "e", "", "q")
    run("screen", "ta", "--as", "ab", "-C", review.root, typed=typed)
    assert said(review) == ["pubmed:1 include", "pubmed:2 maybe", "pubmed:1 exclude"]


def test_at_the_end_of_the_input_nothing_more_is_written(review: Review, run: Run):
    run("screen", "ta", "--as", "ab", "-C", review.root, typed=keys("c", "ask", "c"))
    assert said(review) == ["pubmed:1 withdrawn ask"]


def test_only_retrieved_reports_are_read_in_full(review: Review, run: Run):
    for number in (1, 2):
        for who in ("ab", "cd"):
            store.append_decision(review, decide(f"pubmed:{number}", "include", who))
    run("retrieve", "--record", "pubmed:2", "--status", "retrieved", "-C", review.root)
    refused = run(
        *("screen", "ft", "--as", "ab", "--record", "pubmed:1", "--verdict", "include"),
        *("-C", review.root),
    )
    assert refused.status == 1
    assert "pubmed:1 is not open to decide on" in refused.err
    run("screen", "ft", "--as", "ab", "-C", review.root, typed=keys("i"))
    assert said(review, FULL_TEXT) == ["pubmed:2 include"]


def test_a_script_decides_by_the_same_rules_and_once(review: Review, run: Run):
    words = ("screen", "ta", "--as", "ab", "--record", "pubmed:1", "--verdict", "exclude")
    run(*words, "--reason", "topic", "-C", review.root)
    again = run(*words, "--reason", "topic", "-C", review.root)
    assert again.out == "0 written, 1 stood already\n"
    refused = run(*words, "--reason", "topik", "-C", review.root)
    assert (refused.status, 'Did you mean "topic"?' in refused.err) == (1, True)
    assert said(review) == ["pubmed:1 exclude topic"]


def test_a_sheet_is_taken_whole_or_not_at_all(review: Review, run: Run, tmp_path: Path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("record_id,verdict\npubmed:1,include\npubmed:9,include\npubmed:2,yes\n")
    refused = run("screen", "ta", "--as", "ab", "--from", sheet, "-C", review.root)
    assert refused.status == 1
    assert "sheet.csv:3" in refused.err
    assert "sheet.csv:4" in refused.err
    assert said(review) == []


def test_decisions_carry_the_version_of_the_criteria_they_were_made_under(review: Review, run: Run):
    run("screen", "ta", "--as", "ab", "-C", review.root, typed=keys("i"))
    state = load_state(review)
    (decision,) = state.decisions[Phase.TITLE_ABSTRACT]
    rules = state.protocol.phases[Phase.TITLE_ABSTRACT]
    assert decision.criteria == criteria_version(rules) != ""


def test_conflicts_show_what_was_said_and_not_by_whom(tmp_path: Path, run: Run):
    decisions = [decide("pubmed:1", "include", "ab"), decide("pubmed:1", "exclude", "cd")]
    review = found_with(tmp_path, [record("pubmed:1"), record("pubmed:2")], decisions=decisions)
    before = snapshot(tmp_path / "data" / "screened")
    answer = run("conflicts", "ta", "--as", "ef", "-C", tmp_path, typed=keys("i"))
    assert "1 x exclude, 1 x include" in answer.out
    assert "cd" not in answer.out
    assert load_state(review).outcomes[Phase.TITLE_ABSTRACT]["pubmed:1"].adjudicated_by == "ef"
    after = snapshot(tmp_path / "data" / "screened")
    assert {name: after[name] for name in before} == before


def test_an_unknown_person_is_refused_with_the_nearest(review: Review, run: Run):
    answer = run("screen", "ta", "--as", "aa", "-C", review.root)
    assert answer.status == 1
    assert '"aa" is no reviewer of this review' in answer.err


def test_a_script_waits_for_no_open_session_of_the_same_person(review: Review, run: Run):
    words = ("screen", "ta", "--as", "ab", "--record", "pubmed:1", "--verdict", "include")
    with store.hold_lock(review, "ab", task="title-abstract", now=START):
        refused = run(*words, "-C", review.root)
    assert refused.status == 1
    assert "ab is at work on title-abstract already" in refused.err
    assert run(*words, "-C", review.root).status == 0


def test_retrieve_lists_what_is_missing_and_records_each_step(review: Review, run: Run):
    for who in ("ab", "cd"):
        store.append_decision(review, decide("pubmed:3", "include", who))
    listed = run("retrieve", "-C", review.root)
    assert listed.out.startswith("pubmed:3  Burnout on wards  https://doi.org/10.1234/3")
    pdf_file(review.path("data/fulltexts"), "doe.pdf")
    words = ("--record", "pubmed:3", "--status", "retrieved", "--where", "doe.pdf")
    assert run("retrieve", *words, "-C", review.root).out == "1 written, 0 stood already\n"
    assert run("retrieve", "-C", review.root).out == ""
    unknown = run("retrieve", "--record", "pubmed:3", "--status", "got", "-C", review.root)
    assert unknown.status == 2
