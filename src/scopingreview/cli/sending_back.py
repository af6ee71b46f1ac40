"""`send-back`: a record to an earlier phase, for a reason that is kept."""

from __future__ import annotations

from typing import Annotated

import typer

from scopingreview import store
from scopingreview.cli.console import USUAL_WRITING, WritingSetting, now
from scopingreview.cli.options import As, phase_named
from scopingreview.review.state import load_state
from scopingreview.work.sending_back import sending_back


def send_back(
    records: Annotated[
        list[str], typer.Argument(metavar="ID…", help="Record ids, one or several.")
    ],
    to: Annotated[
        str, typer.Option("--to", metavar="PHASE", help="title-abstract (ta) or full-text (ft).")
    ],
    reason: Annotated[str, typer.Option(help="Why: it is kept with the review.")],
    person: As,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Send records back to an earlier phase.

    What was decided on them in that phase and later no longer counts, and they wait for everybody
    again. Nothing is taken out: the decisions stay where they stand, and a line of
    data/screened/events.csv says who sent which records back, when and why.

    Example: scopingreview send-back pubmed:123 --to title-abstract --reason "wrong record" --as ef
    """
    console, review = setting.console(), setting.review()
    state, phase = load_state(review), phase_named(to)
    event = sending_back(state, records, phase, by=person, reason=reason, now=now())
    store.append_event(review, event)
    console.document({"event": event})
    console.say(f"{len(event.records)} back in {phase} screening: {', '.join(event.records)}")
    console.next_step(f"scopingreview screen {phase} --as NAME")
