"""`stopping`: how much of what is relevant is found, what it would take to know, and an audit."""

from __future__ import annotations

from typing import Annotated

import typer

from scopingreview import store
from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting, now
from scopingreview.cli.options import As, PhaseWord, phase_named
from scopingreview.errors import UsageError
from scopingreview.flow.units import describe_stopping
from scopingreview.model import Look, Phase, StoppingBasis
from scopingreview.paths import LOOKS
from scopingreview.review.state import load_state
from scopingreview.review.stopping import RecallTarget, StoppingView, look_at
from scopingreview.screening.closing_look import STAMP
from scopingreview.screening.review_state import ReviewState

USUAL_AUDIT_TARGET = 0.95


def stopping(
    phase: PhaseWord,
    person: As,
    audit: Annotated[
        bool,
        typer.Option("--audit", help="Draw a random sample of the unread records to screen next."),
    ] = False,
    size: Annotated[
        int | None,
        typer.Option(
            "--size",
            min=1,
            help="Of the audit; else what would show the target if none is relevant.",
        ),
    ] = None,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Show how much is found, at least, and log the look.

    Records screened, relevant and unread, and a lower bound of recall that holds however often you
    look; what more would bring it to each target. Each look is a line of data/screened/looks.csv.
    Nothing is excluded and nothing is closed: what is unread awaits until the protocol's [stopping]
    names the look at which its rule was met.

    Example: scopingreview stopping title-abstract --as ab

    Example: scopingreview stopping title-abstract --as ab --audit
    """
    console, review, which = setting.console(), setting.review(), phase_named(phase)
    if size is not None and not audit:
        raise UsageError("--size is that of an audit: --audit draws one")
    state = load_state(review)
    view = look_at(state, which, by=person, now=now())
    drawn = None
    if audit:
        from scopingreview.work.drawing_audit import draw_audit_of

        wanted = size or _audit_size(state, view)
        drawn = draw_audit_of(review, state, which, wanted, by=person, now=view.look.looked_at)
    store.append_look(review, view.look)
    console.document({"view": view, "is_met": view.look.is_met, "drawn": drawn})
    _show_look(view, console)
    if drawn is not None:
        console.say(f"\nAudit drawn: {drawn.note}. Reviewers meet these records first.")
        console.next_step(f"scopingreview screen {which} --as {person}")
        return
    _show_what_closes(state, view, console)
    console.next_step("scopingreview status")


def _audit_size(state: ReviewState, view: StoppingView) -> int:
    rule = state.protocol.stopping
    wanted = rule.recall if rule is not None and rule.recall is not None else USUAL_AUDIT_TARGET
    sizes = {each.recall: each.audit_size for each in view.targets}
    return max(1, sizes[wanted])


def _show_look(view: StoppingView, console: Console) -> None:
    look = view.look
    console.say(
        f"{look.phase}: {look.screened:,} screened, {look.relevant:,} of them relevant, "
        f"{look.unread:,} not screened; {look.since_last:,} since the last relevant one"
    )
    console.say(
        f"With {look.confidence:.0%} confidence at least {view.least_recall:.0%} of the relevant "
        "records are found, however often you look."
    )
    console.say(f"Assumed: {view.assumption}.\n")
    console.table(
        ("recall", "shown", "more irrelevant in a row", "or a random audit of", "p at one look"),
        [_row(each, look.unread) for each in view.targets],
    )
    console.say(
        "\np at one look: Callaghan & Müller-Hansen 2020, no bias factor; it holds for a single "
        "look at a moment chosen before."
    )
    _show_audit(view, console)


def _row(target: RecallTarget, unread: int) -> tuple[str, str, int | str, int | str, str]:
    reached = target.is_reached
    return (
        f"{target.recall:.0%}",
        "yes" if reached else "no",
        0 if reached else target.further_irrelevant,
        f"{target.audit_size:,} ({target.audit_size / unread:.0%} of the rest)" if unread else "–",
        f"{target.single_look:.3f}",
    )


def _show_audit(view: StoppingView, console: Console) -> None:
    audit = view.audit
    if audit is None:
        return
    console.say(
        f"\nAudit of {audit.drawn_at:%Y-%m-%d}: {len(audit.records):,} of {audit.unread:,} unread "
        f"records, {audit.seen:,} stand, {audit.found:,} of them relevant"
    )
    if view.audited_recall is not None:
        console.say(
            f"By the audit alone, with {view.look.confidence:.0%} confidence at least "
            f"{view.audited_recall:.0%} of the relevant records are found."
        )


def _show_what_closes(state: ReviewState, view: StoppingView, console: Console) -> None:
    look, rule = view.look, state.protocol.stopping
    if rule is None:
        console.say("\nThe protocol sets no target: nothing stops. What is unread awaits.")
        return
    if rule.recall is None:
        console.say(f"\nRule of the protocol: {describe_stopping(rule)}. People say if it is met.")
        _show_how_it_is_named(look, "If it is met here, ", console)
        return
    by = "an audit" if look.basis is StoppingBasis.AUDIT else "what was screened"
    met = "met" if look.is_met else "not met"
    console.say(
        f"\nTarget of the protocol: {rule.recall:.0%} by {by}, decided on {rule.decided_on}: {met}."
    )
    if look.is_met:
        _show_how_it_is_named(look, "", console)


def _show_how_it_is_named(look: Look, when: str, console: Console) -> None:
    if look.phase is Phase.TITLE_ABSTRACT:
        console.say(
            f'{when}look = "{look.looked_at:{STAMP}}" under [stopping] in config/review.toml '
            f"names this look ({LOOKS}); then the unread count as not screened."
        )
