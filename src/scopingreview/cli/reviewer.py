"""`reviewer`: who screens, and taking somebody out of the screening or back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from scopingreview import store
from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting, now
from scopingreview.cli.options import phase_named
from scopingreview.cli.team import AsOrNobody
from scopingreview.errors import UsageError, nearest
from scopingreview.model import Event, EventKind, Person, Phase
from scopingreview.report.markdown import things
from scopingreview.review.progress import describe_leaving
from scopingreview.review.state import load_state
from scopingreview.screening.review_state import ReviewState
from scopingreview.work.team import TeamChange, charting_owed, leaving, returning, what_changes

LEAVE, RETURN = "leave", "return"
SHOWN = 5  # record ids of those whose standing changes


def reviewer(
    does: Annotated[
        str,
        typer.Argument(metavar="[leave|return]", help="What NAME does; else the team is shown."),
    ] = "",
    name: Annotated[str, typer.Argument(metavar="NAME", help="As in config/review.toml.")] = "",
    reason: Annotated[str, typer.Option(help="Why: it is kept with the review.")] = "",
    set_aside: Annotated[
        bool,
        typer.Option("--set-aside", help="What NAME decided counts no longer; else it counts on."),
    ] = False,
    phase: Annotated[
        list[str] | None, typer.Option(metavar="PHASE", help="Only in this phase (repeatable).")
    ] = None,
    person: AsOrNobody = "",
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Show who screens, take a reviewer out, or take them back.

    Whoever leaves owes nothing more, and what waited for them is dealt to the others. Out of full
    text, they owe no charting either. Their decisions stay on file and count on, or with
    --set-aside no longer. Says which records stand elsewhere then and who owes what; with --dry-run
    only that. Each is a line a phase of data/screened/events.csv, and coming back is one more.

    Example: scopingreview reviewer leave cd --reason "new job" --as ef --dry-run
    """
    console, review = setting.console(), setting.review()
    state = load_state(review)
    if not does:
        _show_team(state, console)
        return
    if does not in (LEAVE, RETURN):
        raise UsageError(f'a reviewer does not "{does}"', hint=nearest(does, (LEAVE, RETURN)))
    if not name or not person:
        what = "--as NAME" if name else f"scopingreview reviewer {does} NAME --as …"
        raise UsageError("who?" if not name else "who are you?", hint=f"Say it with {what}.")
    phases = list(map(phase_named, phase or Phase))
    moment = now()
    if does == LEAVE:
        events = leaving(
            *(state, name), by=person, reason=reason, set_aside=set_aside, phases=phases, now=moment
        )
    else:
        events = returning(state, name, by=person, reason=reason, phases=phases, now=moment)
    changes = what_changes(state, name, events)
    charting = charting_owed(review, state, events)
    store.append_events(review, events)
    console.document({"events": events, "changes": changes, "charting_owed": charting})
    _show_changes(name, events, changes, console)
    _show_charting(charting, console)
    console.next_step("scopingreview run")


def _show_team(state: ReviewState, console: Console) -> None:
    rows = [
        (each.name, each.full_name, phase, each.name in state.team(phase).people,
         _why_not(state, phase, each))
        for each in state.protocol.reviewers for phase in Phase
    ]  # fmt: skip
    names = ("name", "full_name", "phase", "screens", "gone")
    console.document({"reviewers": [dict(zip(names, row, strict=True)) for row in rows]})
    console.table(
        ("reviewer", "full name", "phase", "screens", ""),
        [
            (name, full, phase, "yes" if here else "no", gone)
            for name, full, phase, here, gone in rows
        ],
    )
    console.next_step("scopingreview status")


def _why_not(state: ReviewState, phase: Phase, person: Person) -> str:
    """Why the person is dealt nothing in the phase; "" when they are."""
    if gone := describe_leaving(state, phase, person.name):
        return gone
    if not person.active:
        return "active = false in config/review.toml"
    here = person.name in state.team(phase).people
    return "" if here else "effort = 0 in config/review.toml"


def _show_changes(
    name: str, events: Sequence[Event], changes: Sequence[TeamChange], console: Console
) -> None:
    where = " and ".join(event.phase for event in events)
    counted = {
        EventKind.REVIEWER_LEFT: f"{name} is out of {where}; what {name} decided counts on.",
        EventKind.REVIEWER_SET_ASIDE: f"{name} is out of {where}; nothing {name} decided counts.",
        EventKind.REVIEWER_RETURNED: f"{name} is back in {where}; what {name} decided counts.",
    }
    console.say(counted[events[0].kind])
    for each in changes:
        console.say(f"\n{each.phase}: {name} has decided on {things(each.decisions, 'record')}")
        _show_owed(each.owed, console)
        for change, ids in each.standings.items():
            more = f" and {len(ids) - SHOWN:,} more" if len(ids) > SHOWN else ""
            console.say(f"{len(ids):,} {change}: {', '.join(ids[:SHOWN])}{more}")
        if not each.standings:
            console.say("No record stands elsewhere, and no conflict changes.")
        if each.short:
            console.note(
                f"{each.phase} lacks {each.short:,} of the reviewers that a record needs: "
                "records wait until config/review.toml names more, or asks for fewer."
            )


def _show_charting(owed: Mapping[str, tuple[int, int]], console: Console) -> None:
    if any(before != after for before, after in owed.values()):
        console.say("\ncharting: studies that wait for each")
        _show_owed(owed, console)


def _show_owed(owed: Mapping[str, tuple[int, int]], console: Console) -> None:
    console.table(
        ("reviewer", "owed before", "owes now"),
        [(person, *numbers) for person, numbers in owed.items()],
    )
