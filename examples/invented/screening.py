"""What the two reviewers and the adjudicator decided, line by line, as they would have.

The reviewers disagree now and then, change their minds and take verdicts back; in the end every
report stands where its fate says.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from invented.values import Report, dice

PHASES = ("title-abstract", "full-text")
REASONS = {
    "title-abstract": ("population", "intervention", "outcome", "design"),
    "full-text": ("population", "intervention", "outcome", "design", "language"),
}
REVIEWERS = ("ab", "cd")
ADJUDICATOR = "ef"
STARTS = {
    ("title-abstract", "ab"): datetime(2023, 1, 16, 8, 30), ("title-abstract", "cd"): datetime(2023, 1, 17, 13, 5),
    ("title-abstract", "ef"): datetime(2023, 3, 20, 9, 0), ("full-text", "ab"): datetime(2023, 5, 8, 8, 45),
    ("full-text", "cd"): datetime(2023, 5, 10, 12, 50), ("full-text", "ef"): datetime(2023, 7, 3, 9, 0),
}  # fmt: skip
NOTES = {
    "population": ("sample is mixed, subgroup not reported", "not mental health staff", "students, not staff"),
    "intervention": ("describes what people do by themselves", "survey only", "nothing was offered"),
    "outcome": ("measures satisfaction only", "no stress outcome", "wellbeing scale, not burnout"),
    "design": ("opinion", "results not reported yet", "follow up the reference list"),
    "language": ("abstract in English, text is not",),
    "": ("full text will tell", "population unclear from the abstract", "check who took part"),
}  # fmt: skip
UNDONE, RECONSIDERED, ON_A_DUPLICATE = (
    5,
    4,
    7,
)  # how many records it happens to, per reviewer or in all


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

    @property
    def side(self) -> str:
        """Which way the verdict points at title and abstract, where a maybe goes on."""
        return "exclude" if self.verdict == "exclude" else "include"


def record_id(report: Report, source: str) -> str:
    """The id that import gives the report's record in a source."""
    return f"{source}:{report.accessions[source]}"


def truth(report: Report, phase: str) -> tuple[str, str]:
    """The verdict and reason that a report ends with in a phase."""
    fate = report.draft.fate
    return ("exclude", fate.reason) if fate.phase == phase else ("include", "")


def passed(reports: list[Report], phase: str) -> list[Report]:
    """The reports that a phase is about."""
    if phase == "title-abstract":
        return reports
    return [report for report in reports if report.draft.fate.phase in {"full-text", "included"}]


# ── verdicts ─────────────────────────────────────────────────────────────────────────────────


def first_verdict(report: Report, phase: str, reviewer: str) -> tuple[str, str]:
    """What a reviewer says before any discussion: mostly the truth, sometimes not."""
    rng = dice("verdict", phase, reviewer, report.key)
    verdict, reason = truth(report, phase)
    roll = rng.random()
    if verdict == "include":
        if roll < 0.05:
            return "exclude", rng.choice(REASONS[phase][:4])
        return (
            ("maybe", "")
            if roll < (0.17 if phase == "title-abstract" else 0.09)
            else ("include", "")
        )
    if roll < 0.04:
        return "include", ""
    if roll < 0.065:
        return "maybe", ""
    return ("exclude", rng.choice(REASONS[phase][:4])) if roll < 0.14 else ("exclude", reason)


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
    order = list(passed(reports, phase))
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
    wants_note = rng.random() < (
        0.5 if verdict == "maybe" else 0.07 if phase == "title-abstract" else 0.3
    )
    note = rng.choice(NOTES[reason]) if wants_note and (reason or verdict == "maybe") else ""
    return Row(
        report, record_id(report, report.sources[source]), verdict, reason, note, label_of(report)
    )


def label_of(report: Report) -> str:
    """What reviewers mark to come back to."""
    return {"protocol": "protocol", "review of interventions": "check references"}.get(
        report.draft.design, ""
    )


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
            note = (
                "discussed with both" if dice("settled", phase, report.key).random() < 0.3 else ""
            )
            rows.append(Row(report, record_id(report, report.sources[0]), verdict, reason, note))
    return timed(rows, phase, ADJUDICATOR)


def timed(rows: list[Row], phase: str, person: str) -> list[Row]:
    """The rows with the moments they were written: sessions of an hour or two on working days."""
    rng = dice("clock", phase, person)
    now, left = STARTS[phase, person], 0
    stamped = []
    for row in rows:
        if left == 0:
            left = rng.randint(35, 60) if phase == "title-abstract" else rng.randint(8, 14)
            now = next_session(now, rng) if stamped else now
        pause = (9, 75) if phase == "title-abstract" else (240, 1500)
        now += timedelta(seconds=rng.randint(*((3, 8) if row.verdict == "withdrawn" else pause)))
        left -= 1
        stamped.append(replace(row, at=now))
    return stamped


def next_session(now: datetime, rng: random.Random) -> datetime:
    """Another working day, at about the same hour."""
    later = now.replace(minute=rng.randint(0, 59), hour=rng.choice([8, 9, 13, 14])) + timedelta(
        days=rng.randint(1, 4)
    )
    return later + timedelta(days=max(0, 7 - later.weekday()) % 7 if later.weekday() > 4 else 0)
