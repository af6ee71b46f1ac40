"""A small invented review, and a person sitting at its workbench with a clock they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from scopingreview import store
from scopingreview.model import Decision, Phase, Record, Verdict
from scopingreview.paths import Review
from scopingreview.review.state import load_state
from scopingreview.work.acts import USUAL_KEYS
from scopingreview.work.keymap import keymap
from scopingreview.work.pace import Pace
from scopingreview.work.session import Session, screening_desk
from scopingreview.work.task import Task
from scopingreview.workbench.app import Workbench
from tests.reviews import START, change_protocol, found_with, record, retrieved

ABSTRACT = (
    "BACKGROUND: Nurses who work nights sleep badly. METHODS: We asked 40 nurses, and weighed "
    "ten mice. RESULTS: Burnout fell. CONCLUSIONS: Rosters matter."
)
TITLES = ("Rosters of nurses", "Mice at night", "Burnout on wards", "A letter", "Naps at work")


@dataclass(slots=True)
class Clock:
    """A clock that goes on ten seconds whenever somebody looks."""

    time: datetime = field(default=START)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=10)
        return self.time


def small_review(folder: Path) -> Review:
    """Five records, terms to highlight, and criteria to read."""
    review = found_with(folder, [_record(number, title) for number, title in enumerate(TITLES, 1)])
    change_protocol(review, "include = []", 'include = ["nurs*", "burnout"]')
    change_protocol(review, "exclude = []", 'exclude = ["mice"]')
    change_protocol(
        review,
        "before their eyes while they screen\n",
        'while they screen\n"Nurses of any grade",\n',
    )
    return review


def _record(number: int, title: str) -> Record:
    return record(
        f"pubmed:{number}",
        title=title,
        abstract=ABSTRACT,
        authors=("Doe, Jane",),
        year=2010 + number,
        journal="Invented Nursing",
        doi=f"10.1234/{number}",
    )


def include_all(review: Review) -> None:
    """Both reviewers included every record by title and abstract, and it was retrieved."""
    for number in range(1, len(TITLES) + 1):
        for who in ("ab", "cd"):
            store.append_decision(
                review,
                Decision(START, f"pubmed:{number}", Phase.TITLE_ABSTRACT, Verdict.INCLUDE, who),
            )
        store.append_retrievals(review, [retrieved(f"pubmed:{number}")])


def work_on(
    review: Review,
    phase: Phase = Phase.TITLE_ABSTRACT,
    *,
    keys: str = "usual",
    limit: int | None = None,
    now: Callable[[], datetime] | None = None,
) -> Task:
    """ab's work on the phase, in the order of import."""
    state = load_state(review, records=store.RecordFile(review))
    desk = screening_desk(state, phase)
    session = Session(review, state, desk=desk, person="ab", queue=state.owed(phase, "ab"))
    clock = now or Clock()
    return Task(session, Pace(begun=clock(), limit=limit), keymap(USUAL_KEYS, keys), clock)


def bench(review: Review, phase: Phase = Phase.TITLE_ABSTRACT, **how: object) -> Workbench:
    """The workbench on that work."""
    return Workbench(work_on(review, phase, **how))  # type: ignore[arg-type]


def said(review: Review, phase: Phase = Phase.TITLE_ABSTRACT) -> list[str]:
    """What ab's file says, row by row: record, verdict, reason, labels, note."""
    path = review.decisions(phase, "ab")
    rows = path.read_text(encoding="utf-8").splitlines()[1:] if path.is_file() else []
    return [" ".join(filter(None, row.split(",")[1:6])) for row in rows]
