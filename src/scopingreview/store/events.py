"""What happened to the screening itself: pilots opened and overridden, votes unblinded.

data/screened/events.csv is appended to and never rewritten, like every file of decisions.
"""

from __future__ import annotations

from scopingreview.errors import ReviewError, raise_problems
from scopingreview.model import Event, EventKind, Phase
from scopingreview.paths import EVENTS, Review
from scopingreview.store.table import Row, append_rows, moment, read_values, stamp, word

EVENT_COLUMNS = ("recorded_at", "phase", "event", "by", "records", "people", "note")
LIST_MARK = ";"  # no record id and no name of a person holds one


def append_event(review: Review, event: Event) -> None:
    """The event is the last line of data/screened/events.csv, and on disk."""
    row = [
        stamp(event.recorded_at),
        event.phase,
        event.kind,
        event.by,
        LIST_MARK.join(event.records),
        LIST_MARK.join(event.people),
        event.note,
    ]
    append_rows(review.path(EVENTS), EVENT_COLUMNS, [row])


def read_events(review: Review) -> list[Event]:
    """Every event, in order of time; none before the first.

    Raises CombinedError naming every line that is no event.
    """
    if not review.path(EVENTS).is_file():
        return []
    problems: list[ReviewError] = []
    events = read_values(review, EVENTS, EVENT_COLUMNS, _event, problems)
    raise_problems(problems)
    return sorted(events, key=lambda event: event.recorded_at)


def _event(row: Row) -> Event:
    return Event(
        recorded_at=moment(row[0]),
        phase=word(Phase, "phase", row[1]),
        kind=word(EventKind, "event", row[2]),
        by=row[3],
        records=_split(row[4]),
        people=_split(row[5]),
        note=row[6],
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(LIST_MARK)) if text else ()
