"""`pilot`, `criteria` and `unblind`: the rules that make independent decisions trustworthy."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from scopingreview import store
from scopingreview.cli.console import USUAL, USUAL_WRITING, Console, Setting, WritingSetting, now
from scopingreview.cli.options import As, PhaseWord, phase_named
from scopingreview.cli.training_round import open_training_round, show_training
from scopingreview.errors import UsageError
from scopingreview.model import Decision, MaybeRule, Phase, Verdict
from scopingreview.paths import Review
from scopingreview.report.markdown import things
from scopingreview.report.summary import in_parts
from scopingreview.review.blinding import votes_shown
from scopingreview.review.progress import describe_round
from scopingreview.review.state import load_state
from scopingreview.screening import criteria_version
from scopingreview.screening.criteria import AFTER_VERSION, amendments
from scopingreview.screening.pilot import PilotRound
from scopingreview.screening.review_state import ReviewState
from scopingreview.work.criteria import amendment, keep_decisions, to_look_at_again
from scopingreview.work.pilot import open_round, override_pilot
from scopingreview.work.unblinding import unblind

AsOrNobody = Annotated[
    str,
    typer.Option(
        "--as",
        metavar="NAME",
        envvar="SCOPINGREVIEW_REVIEWER",
        help="Who you are, as named in config/review.toml.",
    ),
]


def pilot(
    phase: PhaseWord,
    opening: Annotated[bool, typer.Option("--open", help="Draw a sample for a new round.")] = False,
    override: Annotated[
        str, typer.Option(metavar="REASON", help="Open the phase though no round has passed.")
    ] = "",
    key: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Train against a key: record_id,verdict,reason."),
    ] = None,
    person: AsOrNobody = "",
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Show a phase's pilot, open a round of it, or override it.

    A round is a random sample that every reviewer decides on (scopingreview screen PHASE); the
    phase opens when they agree as often as the protocol asks. Opening and overriding are lines
    of data/screened/events.csv.

    With --key a round is training: everybody decides on the records of the key (scopingreview
    screen PHASE --training), and the same command without --open says who hit and missed what.
    The key stays outside the review; training decisions count nowhere.

    Example: scopingreview pilot title-abstract --open --as ab

    Example: scopingreview pilot title-abstract --key key.csv --open --as ef
    """
    console = setting.console()
    review = setting.review()
    state, name = load_state(review), phase_named(phase)
    if key is not None and not opening:
        show_training(review, state, name, key, console)
        return
    if opening or override:
        if opening and override:
            raise UsageError("--open and --override exclude each other")
        if key is not None and override:
            raise UsageError(
                "a training round locks nothing: --key and --override exclude each other"
            )
        if not person:
            raise UsageError("who are you?", hint="Say it with --as NAME.")
        if key is not None:
            open_training_round(review, state, name, key, by=person, console=console)
            return
        if opening:
            open_round(review, state, name, by=person, now=now())
        else:
            override_pilot(review, state, name, by=person, reason=override, now=now())
        state = load_state(review)
    _show_pilot(state, name, console)


def _show_pilot(state: ReviewState, phase: Phase, console: Console) -> None:
    found = state.pilots[phase]
    console.document(
        {
            "phase": phase,
            "locked": found.locked,
            "rounds": [_round_document(each) for each in found.rounds],
            "overridden": found.overridden,
        }
    )
    maybe = state.protocol.phases[phase].maybe
    if state.protocol.phases[phase].pilot is None:
        console.say(f"The protocol asks for no pilot of {phase}.")
    for each in found.rounds:
        console.say(describe_round(each))
        if each.finished_at:
            _show_differences(state, each, console, maybe_includes=maybe is MaybeRule.INCLUDE)
        else:
            left = [(n, done, len(each.records) - done) for n, done in each.decided.items()]
            console.table(("reviewer", "decided", "left"), left)
    if found.overridden:
        event = found.overridden
        console.say(f"Overridden by {event.by} on {event.recorded_at:%Y-%m-%d}: {event.note}")
    console.next_step(next_of_pilot(state, phase))


def _round_document(each: PilotRound) -> dict[str, object]:
    """The round without its votes: those are nobody's business before all have decided."""
    return {
        "number": each.number,
        "opened_at": each.opened_at,
        "records": each.records,
        "decided": each.decided,
        "finished_at": each.finished_at,
        "agreement": each.agreement,
        "passed": each.passed,
        "differing": _differing(each),
    }


def _differing(each: PilotRound) -> dict[str, list[str]]:
    """What was said of each record that a finished round differs on, but not by whom."""
    if each.finished_at is None:
        return {}
    return {
        record_id: sorted(map(_said, votes.values()))
        for record_id, votes in each.votes.items()
        if len({vote.verdict for vote in votes.values()}) > 1
    }


def _show_differences(
    state: ReviewState, each: PilotRound, console: Console, *, maybe_includes: bool
) -> None:
    """Include beside maybe differs, too, and people talk about it, where the two count alike."""
    for record_id, words in _differing(each).items():
        told = ", ".join(f"{times} x {what}" for what, times in Counter(words).items())
        verdicts = {vote.verdict for vote in each.votes[record_id].values()}
        if maybe_includes and Verdict.EXCLUDE not in verdicts:
            told += " (agree: a maybe counts as an include)"
        console.say(f"  {record_id}  {told}  {state.as_read(record_id).title}")


def _said(vote: Decision) -> str:
    return f"{vote.verdict} ({vote.reason})" if vote.reason else str(vote.verdict)


def next_of_pilot(state: ReviewState, phase: Phase) -> str:
    """The command that takes the pilot on."""
    found = state.pilots[phase]
    if not found.locked:
        return "scopingreview status"
    if found.running is None:
        return f"scopingreview pilot {phase} --open --as NAME"
    left = {name: len(found.waiting_for(name)) for name in found.running.people}
    name = max(left, key=lambda person: left[person])
    return f"scopingreview screen {phase} --as {name} ({left[name]:,} left of the pilot)"


def criteria(
    phase: PhaseWord,
    person: AsOrNobody = "",
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Your decision on this record stands (repeatable)."),
    ] = None,
    keep_all: Annotated[
        bool, typer.Option("--keep-all", help="All your listed decisions stand.")
    ] = False,
    amend: Annotated[
        str, typer.Option(metavar="REASON", help="Why the criteria changed: it is kept.")
    ] = "",
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Show the criteria and the decisions made under other ones.

    Their version is worked out from the criteria and reasons of config/review.toml; every decision
    keeps the one it was made under. With --as, lists your records to look at again: decide anew
    (scopingreview screen), or let the decision stand with --keep, which appends it once more.
    --amend keeps why the criteria changed, with who says so and when.

    Example: scopingreview criteria title-abstract --as ab --keep pubmed:123
    """
    console = setting.console()
    review = setting.review()
    state, name = load_state(review), phase_named(phase)
    if (keep or keep_all or amend) and not person:
        raise UsageError("who are you?", hint="Say it with --as NAME.")
    if amend:
        store.append_event(review, amendment(state, name, by=person, reason=amend, now=now()))
        state = load_state(review)
    if keep or keep_all:
        records = [d.record_id for d in to_look_at_again(state, name, person)]
        wanted = records if keep_all else keep or []
        with store.hold_lock(review, person, task=name, now=now()):
            kept = keep_decisions(review, state, name, reviewer=person, records=wanted, now=now())
        console.note(f"{len(kept):,} decisions stand under the criteria of today.")
        state = load_state(review)
    reviewers = {each.name for each in state.protocol.reviewers}
    _show_criteria(state, name, person if person in reviewers else "", console)
    console.next_step("scopingreview status")


def _show_criteria(state: ReviewState, phase: Phase, person: str, console: Console) -> None:
    """The criteria and what was decided under others: that of one reviewer, or with "" of all."""
    rules = state.protocol.phases[phase]
    version = criteria_version(rules)
    again = [
        decision
        for decision in state.made_under_other_criteria(phase)
        if person in ("", decision.decided_by)
    ]
    console.document(
        {
            "version": version,
            "question": state.protocol.question,
            "question_parts": dict(state.protocol.question_parts),
            "criteria": rules.criteria,
            "exclusion_reasons": dict(rules.exclusion_reasons),
            "amendments": list(amendments(state.events, phase).values()),
            "made_under_other_criteria": len(again),
            "again": [d.record_id for d in again if person],
        }
    )
    if state.protocol.question:
        console.say(f"Question: {state.protocol.question}")
    for part, text in in_parts(state.protocol):
        console.say(f"{part.capitalize()}: {text}")
    console.say(f"{phase}, version {version}")
    for criterion in rules.criteria:
        console.say(f"- {criterion}")
    for key, wording in rules.exclusion_reasons.items():
        console.say(f"- exclude ({key}): {wording}")
    for amended, event in amendments(state.events, phase).items():
        reason = event.note.partition(AFTER_VERSION)[2]
        console.say(f"Amended to {amended} by {event.by} on {event.recorded_at:%Y-%m-%d}: {reason}")
    _show_again(state, again, console, of=person)


def _show_again(state: ReviewState, again: list[Decision], console: Console, *, of: str) -> None:
    whose = f" of {of}" if of else ""
    if not again:
        console.say(f"Every decision{whose} was made under this version.")
        return
    were = "was" if len(again) == 1 else "were"
    console.say(f"\n{things(len(again), 'decision')}{whose} {were} made under another version:")
    if of:
        for decision in again:
            title = state.as_read(state.canonical[decision.record_id]).title
            console.say(f"  {decision.record_id}  {_said(decision)}  {title}")
        return
    found = Counter((decision.decided_by, decision.criteria or "none") for decision in again)
    rows = [(*key, times) for key, times in sorted(found.items())]
    console.table(("reviewer", "version", "decisions"), rows)


def unblind_(
    phase: PhaseWord,
    person: As,
    reason: Annotated[str, typer.Option(help="Why: it is kept with the review.")],
    record: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only this conflict (repeatable).")
    ] = None,
    setting: Setting = USUAL,
) -> None:
    """Show who said what in conflicts, and log that you asked.

    Only where the protocol allows it (unblind_conflicts = true). A line of
    data/screened/events.csv says who unblinded which records, when and why; decisions changed
    afterwards no longer count as independent in the agreement.

    Example: scopingreview unblind full-text --as ef --reason "consensus meeting"
    """
    console = setting.console()
    review = setting.review()
    state, name = load_state(review), phase_named(phase)
    event = unblind(review, state, name, by=person, reason=reason, now=now(), records=record or ())
    _show_names(review, name, event.records, console)
    console.next_step(f"scopingreview conflicts {name} --as {person}")


def _show_names(review: Review, phase: Phase, records: tuple[str, ...], console: Console) -> None:
    state = load_state(review)
    shown = {record_id: votes_shown(state, phase, record_id) for record_id in records}
    console.document({"votes": shown})
    for record_id, votes in shown.items():
        console.say(f"{record_id}  {state.as_read(record_id).title}")
        for vote in votes:
            reason = f" ({vote.reason})" if vote.reason else ""
            console.say(f"  {vote.by}: {vote.verdict}{reason}  {vote.note}".rstrip())
