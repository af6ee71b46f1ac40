"""`trace`: the way of one record through the review, and the boxes it is counted in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from scopingreview.cli.console import HERE, AsJson, Console, ReviewFolder, open_review
from scopingreview.model import Decision, Duplicate
from scopingreview.screening.corrected import text_of
from scopingreview.work.best_copy_words import taken_in_words

if TYPE_CHECKING:
    from scopingreview.review.trace import Trace


def trace(
    record_id: Annotated[str, typer.Argument(metavar="ID", help="A record id.")],
    folder: ReviewFolder = HERE,
    as_json: AsJson = False,
) -> None:
    """Show the way of one record through the review.

    Where it came from, which duplicates it stands for, every decision on it, and the box of the
    flow diagram it is in now. What reviewers said stays hidden until all who are to decide have.
    Reads everything, writes nothing.

    Example: scopingreview trace pubmed:36123456
    """
    from scopingreview.review.trace import trace_record

    console = Console(as_json=as_json)
    found = trace_record(open_review(folder), record_id)
    console.document(found)
    _show_origin(found, console)
    _show_chasing(found, console)
    _show_group(found, console)
    _show_best_copy(found, console)
    _show_corrections(found, console)
    _show_decisions(found, console)
    _show_ranks(found, console)
    _show_study(found, console)
    _show_charting(found, console)
    boxes = ", ".join(found.boxes)
    item = f" ({found.place.item})" if found.place.item else ""
    console.say(f"\nCounted in: {boxes or 'no box'}")
    console.say(f"Now: {found.place.box}{item}")


def _show_origin(found: Trace, console: Console) -> None:
    record = found.record
    console.say(f"{record.record_id}  {record.title or '[no title]'}")
    console.say(f"From: {record.file}, entry {record.ordinal}, search {record.search}")


def _show_chasing(found: Trace, console: Console) -> None:
    """From whose citations it came, and where its own have led."""
    for search in found.chased:
        console.say(
            f"Found by {search.direction} citation searching from "
            f"{', '.join(search.chased_from)} (search {search.name})"
        )
    for search in found.led_to:
        day = f" on {search.run_on}" if search.run_on else ""
        console.say(f"Its citations were chased {search.direction}{day} (search {search.name})")


def _show_group(found: Trace, console: Console) -> None:
    if found.record.record_id != found.unique_id:
        console.say(f"A duplicate of: {found.unique_id}")
    links = {link.record_id: link for link in found.links}
    if links:
        console.say("\nThe same report:")
        console.table(
            ("record", "linked by", "evidence"),
            [
                (
                    member.record_id,
                    _rule(links.get(member.record_id)),
                    links[member.record_id].evidence if member.record_id in links else "",
                )
                for member in found.members
            ],
        )


def _show_best_copy(found: Trace, console: Console) -> None:
    """What people read that the record itself does not say, and what they read in its place."""
    if taken := taken_in_words(found.best, found.source_labels):
        console.say(f"Read from: {taken}")


def _show_corrections(found: Trace, console: Console) -> None:
    """Every word on what its records should say; what they said stands with the record itself."""
    if not found.corrections:
        return
    originals = {each.record_id: each for each in found.members}
    console.say("\nCorrected:")
    console.table(
        ("when", "record", "field", "says", "said", "by", "why"),
        [
            (
                f"{each.recorded_at:%Y-%m-%d %H:%M}",
                each.record_id,
                each.field,
                "(taken back)" if each.value is None else each.value,
                text_of(originals[each.record_id], each.field),
                each.by,
                each.why,
            )
            for each in found.corrections
        ],
    )


def _show_ranks(found: Trace, console: Console) -> None:
    if not found.ranks:
        return
    console.say("\nBy relevance it stood:")
    console.table(
        ("when", "for", "rank", "of", "shown by", "model", "learnt from", "seed"),
        [
            (
                f"{each.decided_at:%Y-%m-%d %H:%M}",
                each.reviewer,
                each.rank,
                each.among,
                each.shown_by,
                each.model,
                each.learnt_from,
                each.seed,
            )
            for each in found.ranks
        ],
    )


def _show_study(found: Trace, console: Console) -> None:
    if not found.study:
        return
    others = [each for each in found.reports_of_study if each != found.unique_id]
    beside = f" (with {', '.join(others)})" if others else ""
    last = found.study_links[-1]
    by = f", linked by {last.by}" if last.by else ""
    console.say(f"Study: {found.study}{beside}{by} on {last.recorded_at:%Y-%m-%d}")


def _show_charting(found: Trace, console: Console) -> None:
    if (charting := found.charting) is None:
        return
    what = f", {charting.values} values" if charting.values else ""
    settled = f", {charting.settled} settled by consensus" if charting.settled else ""
    console.say(
        f"Charting: {charting.standing}, by {charting.charted_by} of {charting.needed}"
        f"{what}{settled}"
    )


def _rule(link: Duplicate | None) -> str:
    if link is None:
        return "(unique record)"
    return f"{link.rule}, by {link.decided_by}" if link.decided_by else link.rule


def _show_decisions(found: Trace, console: Console) -> None:
    said = [
        (each.decided_at, str(each.phase), each.decided_by, _said(each), each.note)
        for each in found.decisions
    ]
    said += [
        (each.recorded_at, "retrieval", "", str(each.status), each.note)
        for each in found.retrievals
    ]
    said += [
        (each.recorded_at, str(each.phase), each.by, "sent back to here", each.note)
        for each in found.sent_back
    ]
    if said:
        console.say("\nWhat was said:")
        console.table(
            ("when", "phase", "by", "verdict", "note"),
            [
                (f"{when:%Y-%m-%d %H:%M}", *what)
                for when, *what in sorted(said, key=lambda each: each[0])
            ],
        )
    for outcome in found.outcomes:
        by = f", settled by {outcome.adjudicated_by}" if outcome.adjudicated_by else ""
        reason = f" ({outcome.reason})" if outcome.reason else ""
        console.say(f"{outcome.phase}: {outcome.standing}{reason}{by}")


def _said(decision: Decision) -> str:
    return f"{decision.verdict} ({decision.reason})" if decision.reason else decision.verdict
