"""`discuss`: what the reviewers of a record in conflict say to each other."""

from __future__ import annotations

from typing import Annotated

import typer

from scopingreview.cli.console import USUAL_WRITING, WritingSetting, now
from scopingreview.cli.options import As, PhaseWord, phase_named
from scopingreview.errors import UsageError, raise_problems
from scopingreview.model import Phase
from scopingreview.review.state import load_state
from scopingreview.screening.check import check_person
from scopingreview.screening.discussion import is_open
from scopingreview.screening.review_state import ReviewState
from scopingreview.work.discussing import add_to_thread, remarks_on, thread_told


def discuss(
    phase: PhaseWord,
    person: As,
    record: Annotated[str, typer.Option("--record", metavar="ID", help="This record only.")] = "",
    note: Annotated[str, typer.Option("--note", help="Say this in its thread.")] = "",
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Read and write the threads of records in conflict.

    A thread opens when all who are to decide have, and differ; to them and to the adjudicators. It
    begins with the comments on the decisions, and tells no names unless the conflict was unblinded.
    A note is a line of data/screened/discussion/NAME.csv. What is decided on the record afterwards
    counts, but no longer as an independent decision.

    Example: scopingreview discuss title-abstract --as ab

    Example: scopingreview discuss ta --as ab --record pubmed:123 --note "the sample is mixed"
    """
    console, review, name = setting.console(), setting.review(), phase_named(phase)
    state = load_state(review)
    people = (*state.protocol.reviewers, *state.protocol.adjudicators)
    raise_problems(check_person(person, people, "reviewer or adjudicator"))
    if note:
        if not record:
            raise UsageError("of which record?", hint="Say it with --record ID.")
        add_to_thread(review, state, name, record, by=person, text=note, now=now())
    wanted = [state.canonical.get(record, record)] if record else _open_to(state, name, person)
    threads = {
        key: remarks_on(review, state, name, key, reader=person)
        for key in wanted
        if is_open(state, name, key, person)
    }
    console.document({"phase": name, "threads": threads})
    if not threads:
        console.say(f"No thread of {name} screening is open to {person}.")
    for key in threads:
        console.say(f"{key}  {state.records[key].title}")
        for line in thread_told(review, state, name, key, reader=person):
            console.say(f"  {line}")
    screens = person in {each.name for each in state.protocol.reviewers}
    command = "screen" if screens else "conflicts"
    console.next_step(f"scopingreview {command} {name} --as {person}")


def _open_to(state: ReviewState, phase: Phase, person: str) -> list[str]:
    """The records whose thread the person may read, those in conflict and those settled."""
    return [key for key in state.outcomes[phase] if is_open(state, phase, key, person)]
