"""What the two reviewers and the adjudicator decided, line by line, as they would have.

The reviewers disagree now and then, change their minds and take verdicts back; in the end every
report stands where its fate says.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from invented.values import SOURCES, Report, dice

PHASES = ("title-abstract", "full-text")
REASONS = {
    "title-abstract": ("population", "intervention", "outcome", "design"),
    "full-text": ("population", "intervention", "outcome", "design", "language"),
}
REVIEWERS = ("ab", "cd")
ADJUDICATOR = "ef"
STARTS = {
    ("title-abstract", "ab"): datetime(2023, 1, 16, 8, 30),
    ("title-abstract", "cd"): datetime(2023, 1, 17, 13, 5),
    ("title-abstract", "ef"): datetime(2023, 3, 20, 9, 0),
    ("full-text", "ab"): datetime(2023, 5, 8, 8, 45),
    ("full-text", "cd"): datetime(2023, 5, 10, 12, 50),
    ("full-text", "ef"): datetime(2023, 7, 3, 9, 0),
}
A_SITTING = {"title-abstract": (35, 60), "full-text": (8, 14)}  # decisions
READING = {"title-abstract": (9, 75), "full-text": (240, 1500)}  # seconds
TAKING_BACK = (3, 8)
NOTES = {
    "population": (
        "sample is mixed, subgroup not reported",
        "not mental health staff",
        "other professions in the majority",
    ),
    "intervention": (
        "describes what people do by themselves",
        "survey only",
        "nothing was offered",
    ),
    "outcome": ("measures satisfaction only", "no stress outcome", "wellbeing scale, not burnout"),
    "design": ("opinion", "results not reported yet", "follow up the reference list"),
    "language": ("abstract in English, text is not",),
    "": ("full text will tell", "population unclear from the abstract", "check who took part"),
}
UNDONE, RECONSIDERED = 5, 4  # records of each reviewer and phase
ON_A_DUPLICATE = 7  # records that cd met in a later source
LABELS = {"protocol": "protocol", "review of interventions": "check references"}
WRONGLY_OUT, WRONGLY_IN, OTHER_REASON = 0.05, 0.04, 0.075
UNSURE_OF_A_GOOD_ONE = {"title-abstract": 0.12, "full-text": 0.04}
UNSURE_OF_A_BAD_ONE = 0.025
NOTED = {"title-abstract": 0.07, "full-text": 0.3}
NOTED_MAYBE = 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a decision file."""

    report: Report
    record_id: str
    verdict: str
    reason: str = ""
    note: str = ""
    label: str = ""
    at: datetime = datetime.min


def record_id(report: Report, source: str) -> str:
    """The id that import gives the report's record in a source."""
    return f"{source}:{report.accessions[source]}"


def truth(report: Report, phase: str) -> tuple[str, str]:
    """The verdict and reason that a report ends with in a phase."""
    fate = report.draft.fate
    return ("exclude", fate.reason) if fate.phase == phase else ("include", "")


def passed(reports: list[Report], phase: str) -> list[Report]:
    """The reports that a phase is about, in the order in which their records were imported."""
    held = sorted(
        reports,
        key=lambda report: (SOURCES.index(report.sources[0]), -report.draft.year, -report.month),
    )
    if phase == "title-abstract":
        return held
    return [report for report in held if report.draft.fate.phase in {"full-text", "included"}]


# ── verdicts ─────────────────────────────────────────────────────────────────────────────────


def first_verdict(report: Report, phase: str, reviewer: str) -> tuple[str, str]:
    """What a reviewer says before any discussion: mostly the truth, sometimes not."""
    rng = dice("verdict", phase, reviewer, report.key)
    verdict, reason = truth(report, phase)
    roll = rng.random()
    drawn = rng.choice(REASONS[phase][:4])
    if verdict == "include":
        if roll < WRONGLY_OUT:
            return "exclude", drawn
        unsure = roll < WRONGLY_OUT + UNSURE_OF_A_GOOD_ONE[phase]
        return ("maybe", "") if unsure else ("include", "")
    if roll < WRONGLY_IN:
        return "include", ""
    if roll < WRONGLY_IN + UNSURE_OF_A_BAD_ONE:
        return "maybe", ""
    return "exclude", drawn if roll < WRONGLY_IN + UNSURE_OF_A_BAD_ONE + OTHER_REASON else reason


def verdicts(report: Report, phase: str) -> dict[str, tuple[str, str]]:
    """Both reviewers' verdicts; they never agree on what is wrong."""
    said = {reviewer: first_verdict(report, phase, reviewer) for reviewer in REVIEWERS}
    if not in_conflict(said, phase) and not agrees(said["ab"], truth(report, phase), phase):
        said["cd"] = truth(report, phase)
    return said


def agrees(one: tuple[str, str], other: tuple[str, str], phase: str) -> bool:
    """Whether two verdicts come to the same; at full text an exclusion includes its reason."""
    if phase == "full-text":
        return one == other
    return (one[0] == "exclude") == (other[0] == "exclude")


def in_conflict(said: dict[str, tuple[str, str]], phase: str) -> bool:
    """Whether the adjudicator has to settle it: they differ, or one says maybe at full text."""
    unsure = phase == "full-text" and any(verdict == "maybe" for verdict, _ in said.values())
    return unsure or not agrees(said["ab"], said["cd"], phase)


# ── rows ─────────────────────────────────────────────────────────────────────────────────────


def reviewer_rows(reports: list[Report], phase: str, reviewer: str) -> list[Row]:
    """A reviewer's whole file of one phase."""
    rng = dice("file", phase, reviewer)
    order = passed(reports, phase)
    if reviewer == "cd":
        rng.shuffle(order)
    undone = {report.key for report in rng.sample(order, UNDONE)}
    changed = {report.key for report in rng.sample(order, RECONSIDERED)} - undone
    elsewhere = duplicates_used(reports) if reviewer == "cd" else set()
    rows: list[Row] = []
    for report in order:
        row = stated(report, phase, reviewer, rng, source=1 if report.key in elsewhere else 0)
        rows += changes_of_mind(row, phase, report.key in undone, report.key in changed)
        rows.append(row)
    return timed(rows, phase, reviewer)


def stated(report: Report, phase: str, reviewer: str, rng: random.Random, *, source: int) -> Row:
    """The verdict that stands, with a note on some."""
    verdict, reason = verdicts(report, phase)[reviewer]
    noted = rng.random() < (NOTED_MAYBE if verdict == "maybe" else NOTED[phase])
    note = rng.choice(NOTES[reason]) if noted and verdict != "include" else ""
    label = LABELS.get(report.draft.design, "")
    return Row(report, record_id(report, report.sources[source]), verdict, reason, note, label)


def duplicates_used(reports: list[Report]) -> set[str]:
    """Reports that one reviewer met in a later source: the decision counts all the same."""
    held_twice = [report for report in reports if len(report.sources) > 1 and report.doi]
    return {report.key for report in dice("elsewhere").sample(held_twice, ON_A_DUPLICATE)}


def changes_of_mind(row: Row, phase: str, undone: bool, changed: bool) -> Iterator[Row]:
    """Rows that no longer stand: a slip of the finger taken back, a verdict thought over."""
    slip = ("include", "") if row.verdict == "exclude" else ("exclude", REASONS[phase][0])
    if undone or changed:
        yield replace(row, verdict=slip[0], reason=slip[1], note="", label="")
    if undone:
        yield replace(row, verdict="withdrawn", reason="", note="", label="")


def consensus_rows(reports: list[Report], phase: str) -> list[Row]:
    """The adjudicator's file: one row for every conflict, and nothing else."""
    rows = []
    for report in passed(reports, phase):
        said = verdicts(report, phase)
        if in_conflict(said, phase):
            verdict, reason = truth(report, phase)
            discussed = dice("settled", phase, report.key).random() < NOTED["full-text"]
            note = "discussed with both" if discussed else ""
            rows.append(Row(report, record_id(report, report.sources[0]), verdict, reason, note))
    return timed(rows, phase, ADJUDICATOR)


def timed(rows: list[Row], phase: str, person: str) -> list[Row]:
    """The rows with the moments they were written: sessions of an hour or two on working days."""
    rng = dice("clock", phase, person)
    now, left = STARTS[phase, person], 0
    stamped: list[Row] = []
    for row in rows:
        if left == 0:
            left = rng.randint(*A_SITTING[phase])
            now = next_session(now, rng) if stamped else now
        pause = TAKING_BACK if row.verdict == "withdrawn" else READING[phase]
        now += timedelta(seconds=rng.randint(*pause))
        left -= 1
        stamped.append(replace(row, at=now))
    return stamped


def next_session(now: datetime, rng: random.Random) -> datetime:
    """Another working day, at about the same hour."""
    later = now.replace(minute=rng.randint(0, 59), hour=rng.choice([8, 9, 13, 14]))
    later += timedelta(days=rng.randint(1, 4))
    weekend = later.weekday() > 4
    return later + timedelta(days=7 - later.weekday()) if weekend else later
