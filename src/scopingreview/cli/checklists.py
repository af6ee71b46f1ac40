"""`checklists`: what reporting guidelines ask, answered from the files of the review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scopingreview.cli.console import USUAL_WRITING, Console, WritingSetting
from scopingreview.cli.flow import CheckOnly, show_differences
from scopingreview.cli.transfer import write_out
from scopingreview.errors import UsageError, nearest

if TYPE_CHECKING:
    from scopingreview.checklists.answered import Checklist
    from scopingreview.review.checklists import AnsweredChecklists

Out = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Write the one checklist into this file: .docx, .md or .html."
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Write over a file that is there.")]


def checklists(
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]", help="Show this one, and write nothing: prisma-scr, prisma-s or jbi."
        ),
    ] = "",
    out: Out = None,
    overwrite: Overwrite = False,
    check: CheckOnly = False,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Fill in the checklists of the reporting guidelines, or show one.

    PRISMA-ScR, PRISMA-S and the appendices that JBI asks for: each item answered from the data or
    from the protocol with the file it stands in, or left for people to write. Reads all of the
    review, and config/checklists.toml, where you say on which page an item stands. Writes
    results/checklists as Markdown and HTML; --out makes the Word file that a journal asks for.

    Example: scopingreview checklists prisma-scr --out prisma-scr.docx
    """
    from scopingreview.review.checklists import (
        answered_checklists,
        checklist_texts,
        false_checklists,
    )
    from scopingreview.stages.checklists import run_checklists

    console, review = setting.console(), setting.review()
    if out and not name:
        raise UsageError("--out needs the NAME of one checklist")
    if check:
        show_differences(false_checklists(review), console, remedy="scopingreview checklists")
        return
    if name:
        found = answered_checklists(review)
        checklist = _named(name, found)
        if out:
            _write(checklist, found, out, console, overwrite=overwrite)
        else:
            _show(checklist, console)
        return
    made = run_checklists(review)
    files = list(checklist_texts(made))
    console.document({"files": files, "checklists": [_as_data(each) for each in made.checklists]})
    for file in files:
        console.say(file)
    for each in made.checklists:
        console.note(_in_short(each))
    console.next_step("scopingreview report")


def _named(name: str, found: AnsweredChecklists) -> Checklist:
    by_name = {each.guideline.name: each for each in found.checklists}
    if name not in by_name:
        raise UsageError(f'there is no checklist "{name}"', hint=nearest(name, by_name))
    return by_name[name]


def _in_short(checklist: Checklist) -> str:
    from scopingreview.checklists.checklist_table import states_in_words

    return f"{checklist.guideline.name}: {states_in_words(checklist)}"


def _write(
    checklist: Checklist,
    found: AnsweredChecklists,
    out: Path,
    console: Console,
    *,
    overwrite: bool,
) -> None:
    from scopingreview.review.checklists import checklist_file

    content = checklist_file(checklist, found.made_by, out.suffix)
    write_out(out, [content], overwrite=overwrite)
    console.document({"file": str(out), "checklists": [_as_data(checklist)]})
    console.say(str(out))
    console.note(_in_short(checklist))


def _show(checklist: Checklist, console: Console) -> None:
    """An item in a few lines: its state, what there is to it, and where that stands."""
    from scopingreview.checklists.checklist_table import checklist_title

    console.document({"checklists": [_as_data(checklist)]})
    console.say(checklist_title(checklist))
    for each in checklist.items:
        console.say()
        console.say(f"{each.item.number} {each.item.topic}: {each.state}")
        console.say(f"  {each.item.asks}")
        for text in each.said():
            console.say(f"  {text}")
        if each.answer.places:
            console.say(f"  from {'; '.join(each.answer.places)}")
        if each.own.where:
            console.say(f"  reported at {each.own.where}")
    console.note(_in_short(checklist))


def _as_data(checklist: Checklist) -> dict[str, Any]:
    guideline = checklist.guideline
    return {
        "name": guideline.name,
        "title": guideline.title,
        "version": guideline.version,
        "citation": guideline.citation,
        "items": [
            {
                "number": each.item.number,
                "section": each.item.section,
                "topic": each.item.topic,
                "asks": each.item.asks,
                "optional": each.item.optional,
                "state": each.state,
                "answer": each.answer.text,
                "places": list(each.answer.places),
                "where": each.own.where,
                "words": each.own.words,
                "not_applicable": each.own.not_applicable,
            }
            for each in checklist.items
        ],
    }
