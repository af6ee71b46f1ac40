"""What a person sits down to, at the full screen or at a plain prompt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from scopingreview.model import HighlightGroup, OwnTerm, Record, Verdict
from scopingreview.work.highlights import Terms, groups_of, standing_terms, terms_of
from scopingreview.work.keymap import Keymap
from scopingreview.work.pace import Pace, hours_left
from scopingreview.work.session import Session


def nothing_beside(_record: Record) -> Sequence[str]:
    """No lines beside the record."""
    return ()


@dataclass(slots=True)
class Task:
    """A person's session, their pace, their keys, and the clock.

    `beside` gives lines to show with a record: the votes in a conflict, the full text's place.
    `searched` are the words looked for last; `shows_terms` whether terms are marked, and
    `own_terms` those that the person has added to the protocol's.
    """

    session: Session
    pace: Pace
    keys: Keymap
    now: Callable[[], datetime]
    beside: Callable[[Record], Sequence[str]] = nothing_beside
    searched: tuple[str, ...] = ()
    shows_terms: bool = True
    own_terms: list[OwnTerm] = field(default_factory=list)

    def record(self) -> Record:
        """The record on the table, for acts that are possible on one only."""
        record = self.session.current
        assert record is not None, "the act is possible on a record only"
        return record

    def marked_terms(self) -> Terms:
        """What is marked in a record now."""
        return self.terms() if self.shows_terms else Terms((), (), self.searched)

    def terms(self) -> Terms:
        """The protocol's terms and the person's own, whether they are marked now or not."""
        return terms_of(self.session.state.protocol, self.own_terms, self.searched)

    def groups(self) -> tuple[HighlightGroup, ...]:
        """The groups of terms besides those for and against, the person's own last."""
        return groups_of(self.session.state.protocol, standing_terms(self.own_terms))

    @property
    def is_over(self) -> bool:
        """Whether the sitting has reached the number of records or of minutes it was to have."""
        return self.pace.is_over(self.session.decided, self.now())

    def summary(self) -> list[str]:
        """What the sitting came to, in lines of text."""
        session, pace = self.session, self.pace.per_hour()
        times = Counter(decision.verdict for decision in session.taken.values())
        counts = ", ".join(f"{times[verdict]:,} {verdict}" for verdict in Verdict if times[verdict])
        minutes = round((self.now() - self.pace.begun).total_seconds() / 60)
        rest = hours_left(session.left, pace)
        return [
            f"{session.decided:,} decided in this sitting" + (f": {counts}" if counts else ""),
            (f"{minutes:,} min" if minutes else "less than a minute")
            + (f", {pace:,} an hour" if pace else ""),
            f"{session.left:,} left" + (f", {rest} at this pace" if rest else ""),
        ]
