"""`rescreen`: another, stricter round of a phase."""

from __future__ import annotations

from typing import Annotated

import typer

from scopingreview import store
from scopingreview.cli.console import USUAL_WRITING, WritingSetting, now
from scopingreview.cli.options import As, PhaseWord, phase_named
from scopingreview.report.markdown import they, things
from scopingreview.review.state import load_state
from scopingreview.work.rescreening import rescreening


def rescreen(
    phase: PhaseWord,
    reason: Annotated[str, typer.Option(help="Why: it is kept with the review.")],
    person: As,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Screen a phase again, by stricter criteria.

    For when too much has passed: write the stricter criteria into config/review.toml, and
    rounds = 2 into the table of the phase. Whatever was decided on and not excluded waits for
    everybody again; exclusions stand. Nothing is taken out: a line of data/screened/events.csv
    says who opened the round, when, why, and with which records. Each record counts once in the
    flow, by its last round.

    Example: scopingreview rescreen title-abstract --reason "too broad a concept" --as ef
    """
    console, review = setting.console(), setting.review()
    state, name = load_state(review), phase_named(phase)
    event = rescreening(state, name, by=person, reason=reason, now=now())
    store.append_event(review, event)
    number = state.rounds_of(name) + 1
    console.document({"event": event, "round": number})
    n = len(event.records)
    console.say(f"Round {number} of {name}: {things(n, 'record')} {they(n, 'wait')} again.")
    console.next_step(f"scopingreview screen {name} --as NAME")
