"""`pilot`, `agreement`, `criteria`, `unblind` and `status`: what a team types and sees."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scopingreview import store
from scopingreview.paths import Review
from scopingreview.review.blinding import votes_shown
from scopingreview.review.state import load_state
from scopingreview.screening import criteria_version
from tests.conftest import Run
from tests.reviews import TITLE_ABSTRACT, change_protocol, decide, found_with, protocol, record

RECORDS = [record(f"pubmed:{number}") for number in range(12)]
EVENTS = "data/screened/events.csv"
PILOT = "[title_abstract]\npilot = { size = 4, agreement = 0.75 }"


@pytest.fixture
def review(tmp_path: Path) -> Review:
    """Twelve records, two reviewers, an adjudicator, nothing decided."""
    return found_with(tmp_path, RECORDS)


@pytest.fixture
def piloted(review: Review) -> Review:
    """The same, with a pilot of four records asked for."""
    change_protocol(review, "[title_abstract]", PILOT)
    return review


def says(run: Run, review: Review, *words: object) -> Any:
    """The JSON document that a command prints."""
    answer = run(*words, "-C", review.root, "--json")
    assert answer.status == 0, answer.err
    return json.loads(answer.out)


def decides(run: Run, review: Review, name: str, *verdicts: str, records: list[str]) -> None:
    """`name` decides on the records in turn, through the command line."""
    for record_id, verdict in zip(records, verdicts, strict=True):
        answer = run("screen", "ta", "--as", name, "--record", record_id, "--verdict", verdict,
                     "-C", review.root)  # fmt: skip
        assert answer.status == 0, answer.err


def test_a_review_without_these_tables_behaves_as_ever(run: Run, review: Review):
    decides(run, review, "ab", "include", records=["pubmed:0"])
    phase = says(run, review, "status")["phases"][0]
    assert (phase["awaiting"], phase["awaiting_another"], phase["locked"]) == (12, 1, False)
    assert [each["owed"] for each in phase["reviewers"]] == [11, 12]
    assert not review.path(EVENTS).exists()


def test_a_pilot_locks_the_phase_until_the_team_agrees(run: Run, piloted: Review):
    answer = run("screen", "ta", "--as", "ab", "--record", "pubmed:0", "--verdict", "include",
                 "-C", piloted.root)  # fmt: skip
    assert (answer.status, "not open" in answer.err) == (1, True)

    opened = says(run, piloted, "pilot", "ta", "--open", "--as", "ab")
    sample = opened["rounds"][0]["records"]
    assert len(sample) == 4
    assert opened["rounds"][0]["decided"] == {"ab": 0, "cd": 0}
    decides(run, piloted, "ab", "include", "include", "exclude", "exclude", records=sample)
    assert says(run, piloted, "status")["phases"][0]["locked"]
    decides(run, piloted, "cd", "exclude", "exclude", "exclude", "exclude", records=sample)

    first = says(run, piloted, "pilot", "ta")
    assert (first["locked"], first["rounds"][0]["agreement"]) == (True, 0.5)
    assert first["rounds"][0]["differing"] == {key: ["exclude", "include"] for key in sample[:2]}

    again = says(run, piloted, "pilot", "ta", "--open", "--as", "cd")["rounds"][1]["records"]
    assert not set(again) & set(sample)
    decides(run, piloted, "cd", *["exclude"] * 4, records=again)
    decides(run, piloted, "ab", *["exclude"] * 4, records=again)
    phase = says(run, piloted, "status")["phases"][0]
    assert not phase["locked"]
    assert phase["pilot"] == [
        "pilot 1: 4 records, 50% agreement, not enough",
        "pilot 2: 4 records, 100% agreement, passed",
    ]
    assert [each["owed"] for each in phase["reviewers"]] == [4, 4]


def test_nobody_sees_what_others_said_in_a_round_that_still_runs(run: Run, piloted: Review):
    sample = says(run, piloted, "pilot", "ta", "--open", "--as", "ab")["rounds"][0]["records"]
    decides(run, piloted, "ab", *["maybe"] * 4, records=sample)
    for words in (("pilot", "ta"), ("status",), ("criteria", "ta"), ("agreement", "ta")):
        for flags in ((), ("--json",)):
            assert "maybe" not in run(*words, "-C", piloted.root, *flags).out


def test_a_pilot_says_which_of_the_records_that_differ_agree_all_the_same(
    run: Run, piloted: Review
):
    """Two are listed and the agreement is three of four: a maybe counts as an include."""
    sample = says(run, piloted, "pilot", "ta", "--open", "--as", "ab")["rounds"][0]["records"]
    decides(run, piloted, "ab", "include", "include", "exclude", "exclude", records=sample)
    decides(run, piloted, "cd", "maybe", "exclude", "exclude", "exclude", records=sample)
    told = run("pilot", "ta", "-C", piloted.root).out.splitlines()
    assert told[0] == "pilot 1: 4 records, 75% agreement, passed"
    lines = {record_id: line for record_id in sample[:2] for line in told if record_id in line}
    assert "1 x include, 1 x maybe (agree: a maybe counts as an include)" in lines[sample[0]]
    assert "agree" not in lines[sample[1]]


def test_overriding_a_pilot_needs_a_person_and_a_reason_and_is_on_file(run: Run, piloted: Review):
    command = ("pilot", "ta", "--override", "two of us wrote the criteria", "-C", piloted.root)
    assert run(*command).status == 2
    assert run(*command, "--as", "nobody").status == 1
    silent = run("pilot", "ta", "--override", " ", "--as", "cd", "-C", piloted.root)
    assert (silent.status, "needs a reason" in silent.err) == (1, True)
    assert not piloted.path(EVENTS).exists()
    assert run(*command, "--as", "cd").status == 0
    line = piloted.path(EVENTS).read_text(encoding="utf-8").splitlines()[1]
    assert line.endswith(",title-abstract,pilot-overridden,cd,,,two of us wrote the criteria")
    assert not says(run, piloted, "status")["phases"][0]["locked"]
    assert "is over" in run("pilot", "ta", "--open", "--as", "ab", "-C", piloted.root).err


@pytest.mark.parametrize("words", [("--open",), ("--override", "why")])
def test_there_is_nothing_to_open_or_override_where_the_protocol_has_no_pilot(
    run: Run, review: Review, words: tuple[str, ...]
):
    answer = run("pilot", "ta", *words, "--as", "ab", "-C", review.root)
    assert answer.status == 1
    assert "[title_abstract.pilot]" in answer.err


def test_a_second_round_waits_for_the_end_of_the_first(run: Run, piloted: Review):
    run("pilot", "ta", "--open", "--as", "ab", "-C", piloted.root)
    answer = run("pilot", "ta", "--open", "--as", "ab", "-C", piloted.root)
    assert (answer.status, "not finished" in answer.err) == (1, True)


def test_agreement_is_told_round_by_round_and_adjudication_changes_nothing(
    run: Run, review: Review
):
    ids = [each.record_id for each in RECORDS]
    decides(run, review, "ab", *["include"] * 2, *["exclude"] * 8, records=ids[:10])
    decides(run, review, "cd", *["include"], *["exclude"] * 9, records=ids[:10])
    (before,) = says(run, review, "agreement", "ta")["rounds"]
    found = before["agreements"][0]
    assert (before["round"], found["records"], found["table"]) == (
        "screening",
        10,
        [[1, 1], [0, 8]],
    )
    assert found["percent"]["value"] == 0.9
    run(
        "conflicts",
        "ta",
        "--as",
        "ef",
        "--record",
        ids[1],
        "--verdict",
        "include",
        "-C",
        review.root,
    )
    store.append_decision(review, replace(decide(ids[1], "include", "cd"), decided_at=LATER))
    assert says(run, review, "agreement", "ta")["rounds"] == [before]
    text = run("agreement", "ta", "-C", review.root).out
    assert "ab and cd: 10 records" in text
    assert "Beware: 85% of the verdicts are exclude" in text


LATER = decide("x", "include", "x").decided_at.replace(year=2099)


def test_an_unknown_round_is_refused_with_the_nearest_one(run: Run, review: Review):
    answer = run("agreement", "ta", "--round", "screning", "-C", review.root)
    assert (answer.status, 'Did you mean "screening"' in answer.err) == (2, True)


def test_an_amendment_lists_the_decisions_to_look_at_again(run: Run, review: Review):
    now = criteria_version(protocol(review).phases[TITLE_ABSTRACT])
    for record_id, by in (("pubmed:0", "ab"), ("pubmed:1", "cd")):
        store.append_decision(review, replace(decide(record_id, "include", by), criteria=now))
    assert says(run, review, "status")["phases"][0]["other_criteria"] == 0
    change_protocol(review, "criteria = [", 'criteria = ["Nurses only",')
    assert says(run, review, "status")["phases"][0]["other_criteria"] == 2
    again = says(run, review, "criteria", "ta", "--as", "ab")
    assert again["again"] == ["pubmed:0"]
    assert again["version"] != now
    assert "pubmed:1" not in run("criteria", "ta", "-C", review.root).out


def test_a_decision_that_was_looked_at_again_can_be_kept(run: Run, review: Review):
    for record_id in ("pubmed:0", "pubmed:1"):
        store.append_decision(review, decide(record_id, "exclude", "ab", reason="topic"))
    command = ("criteria", "ta", "--as", "ab")
    assert says(run, review, *command)["again"] == ["pubmed:0", "pubmed:1"]
    assert says(run, review, *command, "--keep", "pubmed:1")["again"] == ["pubmed:0"]
    lines = review.decisions(TITLE_ABSTRACT, "ab").read_text(encoding="utf-8").splitlines()
    version = criteria_version(protocol(review).phases[TITLE_ABSTRACT])
    assert lines[-1].endswith(f",pubmed:1,exclude,topic,,,{version}")
    assert says(run, review, *command, "--keep-all")["again"] == []
    answer = run(*command, "--keep", "pubmed:5", "-C", review.root)
    assert (answer.status, "pubmed:5: no decision of ab" in answer.err) == (1, True)


def test_who_has_left_keeps_no_decision_under_the_criteria_of_today(run: Run, review: Review):
    store.append_decision(review, decide("pubmed:0", "include", "cd"))
    why = ("--reason", "new job", "--as", "ef")
    assert run("reviewer", "leave", "cd", *why, "-C", review.root).status == 0
    before = review.decisions(TITLE_ABSTRACT, "cd").read_bytes()
    refused = run("criteria", "ta", "--as", "cd", "--keep-all", "-C", review.root)
    assert (refused.status, "cd left title-abstract screening" in refused.err) == (1, True)
    assert review.decisions(TITLE_ABSTRACT, "cd").read_bytes() == before


def test_an_adjudicator_is_told_of_everybody_s_decisions_under_other_criteria(
    run: Run, review: Review
):
    """They have none of their own, and it was said that every decision was made under these."""
    store.append_decision(review, decide("pubmed:0", "include", "cd"))
    told = run("criteria", "ta", "--as", "ef", "-C", review.root).out
    assert "1 decision was made under another version" in told
    assert "Every decision" not in told
    assert "Every decision of ab was" in run("criteria", "ta", "--as", "ab", "-C", review.root).out


def in_conflict(run: Run, review: Review) -> None:
    decides(run, review, "ab", "include", records=["pubmed:0"])
    decides(run, review, "cd", "exclude", records=["pubmed:0"])


def test_who_said_what_stays_hidden_unless_the_protocol_allows_it(run: Run, review: Review):
    in_conflict(run, review)
    command = ("unblind", "ta", "--as", "ef", "--reason", "meeting", "-C", review.root)
    answer = run(*command)
    assert (answer.status, "unblind_conflicts = true" in answer.err) == (1, True)
    assert not review.path(EVENTS).exists()
    change_protocol(review, "[title_abstract]", "[title_abstract]\nunblind_conflicts = true")
    assert run("unblind", "ta", "--as", "ef", "--reason", " ", "-C", review.root).status == 1
    answer = run(*command)
    assert "ab: include" in answer.out
    assert "cd: exclude" in answer.out
    line = review.path(EVENTS).read_text(encoding="utf-8").splitlines()[1]
    assert line.endswith(",title-abstract,unblinded,ef,pubmed:0,,meeting")
    assert "no conflict of title-abstract is blind" in run(*command).err


def test_before_that_the_votes_come_without_names_and_in_an_order_that_tells_none(
    run: Run, review: Review
):
    change_protocol(review, "[title_abstract]", "[title_abstract]\nunblind_conflicts = true")
    in_conflict(run, review)
    shown = votes_shown(load_state(review), TITLE_ABSTRACT, "pubmed:0")
    assert [(vote.verdict, vote.by) for vote in shown] == [("exclude", ""), ("include", "")]
    run("unblind", "ta", "--as", "ef", "--reason", "meeting", "-C", review.root)
    shown = votes_shown(load_state(review), TITLE_ABSTRACT, "pubmed:0")
    assert [(vote.verdict, vote.by) for vote in shown] == [("exclude", "cd"), ("include", "ab")]


def test_trace_tells_what_was_said_when_all_have_spoken_and_by_whom_when_they_agree(
    run: Run, review: Review
):
    def told() -> list[tuple[str, str]]:
        document = says(run, review, "trace", "pubmed:0")
        return [(each["verdict"], each["decided_by"]) for each in document["decisions"]]

    decides(run, review, "ab", "include", records=["pubmed:0"])
    assert told() == []
    decides(run, review, "cd", "exclude", records=["pubmed:0"])
    assert told() == [("include", ""), ("exclude", "")]
    settle = ("--record", "pubmed:0", "--verdict", "include")
    run("conflicts", "ta", "--as", "ef", *settle, "-C", review.root)
    assert told() == [("include", "ab"), ("exclude", "cd"), ("include", "ef")]


def test_a_verdict_changed_after_unblinding_is_no_independent_one(run: Run, review: Review):
    change_protocol(review, "[title_abstract]", "[title_abstract]\nunblind_conflicts = true")
    in_conflict(run, review)
    run("unblind", "ta", "--as", "ef", "--reason", "meeting", "-C", review.root)
    store.append_decision(review, replace(decide("pubmed:0", "include", "cd"), decided_at=LATER))
    (found,) = says(run, review, "agreement", "ta")["rounds"]
    assert found["agreements"][0]["percent"]["value"] == 0
    assert says(run, review, "status")["phases"][0]["included"] == 1


def test_only_a_conflict_can_be_unblinded(run: Run, review: Review):
    change_protocol(review, "[title_abstract]", "[title_abstract]\nunblind_conflicts = true")
    answer = run(
        "unblind", "ta", "--as", "ef", "--reason", "x", "--record", "pubmed:3", "-C", review.root
    )
    assert (answer.status, "pubmed:3 is not in conflict" in answer.err) == (1, True)


def test_status_says_who_owes_what_by_the_deal_and_what_awaits_a_second_decision(
    run: Run, review: Review
):
    change_protocol(
        review, "[title_abstract]", "[title_abstract]\nallocation = { overlap = 0.5, effort = {} }"
    )
    phase = says(run, review, "status")["phases"][0]
    owed = {each["reviewer"]: each["owed"] for each in phase["reviewers"]}
    assert 12 < sum(owed.values()) < 24
    first = says(
        run, review, "export", "/dev/null", "--format", "ris", "--for-screening", "ta", "--as", "ab"
    )
    assert first["records"] == owed["ab"]


def test_what_a_reviewer_who_left_owed_goes_to_the_others(run: Run, review: Review):
    decides(run, review, "ab", "include", records=["pubmed:0"])
    change_protocol(review, 'name = "ab"', 'name = "ab"\nactive = false')
    phase = says(run, review, "status")["phases"][0]
    assert {each["reviewer"]: each["owed"] for each in phase["reviewers"]} == {"ab": 0, "cd": 12}
    decides(run, review, "cd", "include", records=["pubmed:0"])
    assert says(run, review, "status")["phases"][0]["included"] == 1


def test_a_phase_that_needs_more_reviewers_than_there_are_is_found(run: Run, review: Review):
    change_protocol(review, "reviewers_needed = 2       #", "reviewers_needed = 3       #")
    answer = run("check", "-C", review.root)
    assert answer.status == 1
    assert "V07 error: title-abstract needs 3 reviewers on a record" in answer.out


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ('consensus = "majorty"', 'Did you mean "majority"'),
        ("allocation = { overlap = 1.5 }", "must be from 0 to 1"),
        ("allocation = { effort = { xy = 2 } }", 'unknown reviewer "xy"'),
        ('allocation = { seniors = ["ba"] }', 'unknown reviewer "ba"'),
        ("allocation = { effort = { ab = -1 } }", "must be 0 or more"),
        ("pilot = { sise = 10 }", 'Did you mean "size"'),
        ("pilot = { agreement = 75 }", "must be from 0 to 1"),
    ],
)
def test_a_slip_in_the_rules_of_the_team_is_refused(
    run: Run, review: Review, table: str, complaint: str
):
    change_protocol(review, "[title_abstract]", f"[title_abstract]\n{table}")
    answer = run("status", "-C", review.root)
    assert answer.status == 1
    assert complaint in answer.err


def test_a_spoiled_line_of_the_events_is_named(run: Run, review: Review):
    header = "recorded_at,phase,event,by,records,people,note\n"
    line = "2023-05-01T09:00:00Z,title-abstract,pilot-opend,ab,,,\n"
    review.path(EVENTS).write_text(header + line, encoding="utf-8")
    answer = run("status", "-C", review.root)
    assert (answer.status, 'events.csv:2: unknown event "pilot-opend"' in answer.err) == (1, True)


def test_an_overridden_pilot_stays_visible(run: Run, piloted: Review):
    run("pilot", "ta", "--open", "--as", "ab", "-C", piloted.root)
    run("pilot", "ta", "--override", "no time", "--as", "ef", "-C", piloted.root)
    assert "pilot overridden by ef on " in run("status", "-C", piloted.root).out
    shown = run("check", "-C", piloted.root).out
    assert "V14 note: title-abstract: pilot overridden by ef on " in shown
    assert "no time" in shown


AMENDED = ("criteria", "ta", "--amend", "midwives  are nurses", "--as", "ef")


def test_decisions_made_under_older_criteria_are_named_with_their_number(run: Run, review: Review):
    decides(run, review, "ab", "include", "include", records=["pubmed:0", "pubmed:1"])
    assert "V13" not in run("check", "-C", review.root).out
    change_protocol(review, "[title_abstract.exclusion_reasons]", CRITERIA_AND_REASONS)
    told = "V13 note: title-abstract: 2 decisions were made under other criteria"
    assert f"{told}, and no amendment says why" in run("check", "-C", review.root).out
    assert run(*AMENDED, "-C", review.root).status == 0
    assert f"{told}\n" in run("check", "-C", review.root).out


CRITERIA_AND_REASONS = """[title_abstract.exclusion_reasons]
midwives = "Not even midwives"
"""


def test_an_amendment_keeps_its_day_its_person_and_its_reason(run: Run, review: Review):
    decides(run, review, "ab", "include", records=["pubmed:0"])
    refused = run(*AMENDED, "-C", review.root)
    assert (refused.status, "nobody has decided under other" in refused.err) == (1, True)
    change_protocol(review, "[title_abstract.exclusion_reasons]", CRITERIA_AND_REASONS)
    shown = run(*AMENDED, "-C", review.root).out
    version = criteria_version(protocol(review).phases[TITLE_ABSTRACT])
    assert f"Amended to {version} by ef on 20" in shown
    assert ": midwives are nurses\n" in shown
    again = run(*AMENDED, "-C", review.root)
    assert (again.status, "ef has amended the criteria" in again.err) == (1, True)


def test_the_question_stands_over_the_criteria_and_in_the_summary(run: Run, review: Review):
    parts = 'question = {text = "What helps?", study_types = "any", population = "nurses"}'
    change_protocol(review, 'question = ""', parts)
    told = run("criteria", "ta", "-C", review.root).out.splitlines()
    assert told[:3] == ["Question: What helps?", "Population: nurses", "Study types: any"]
    document = says(run, review, "criteria", "ta")
    assert document["question_parts"] == {"population": "nurses", "study_types": "any"}
    run("count", "-C", review.root)
    summary = review.path("results/summary.md").read_text(encoding="utf-8")
    assert "What helps?\n\n- Population: nurses\n- Study types: any\n" in summary
