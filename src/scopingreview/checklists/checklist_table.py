"""A checklist as a table for a paper: an item a row, below the sections of the guideline."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from scopingreview.checklists.answered import AnswerState, Checklist
from scopingreview.tables.paper_table import Column, ColumnKind, PaperTable, RowLook, TableRow

TEXT = ColumnKind.TEXT
COLUMNS = (
    Column("item", "Item", TEXT),
    Column("topic", "Topic", TEXT, weight=1.2),
    Column("asks", "What it asks", TEXT, weight=2.2),
    Column("state", "State", TEXT),
    Column("answer", "What the review has", TEXT, weight=3.0),
    Column("places", "From", TEXT, weight=1.6),
    Column("where", "Reported at", TEXT, weight=0.8),
)


def checklist_title(checklist: Checklist) -> str:
    """What the checklist is called: the guideline, its version and what it is about."""
    guideline = checklist.guideline
    return f"{guideline.title} ({guideline.version}): {guideline.about.lower()}"


def checklist_table(checklist: Checklist) -> PaperTable:
    """The checklist as a table; the notes say what the states mean and where the items are from."""
    return PaperTable(
        name=checklist.guideline.name,
        title=checklist_title(checklist),
        columns=COLUMNS,
        rows=tuple(_rows(checklist)),
        notes=tuple(_notes(checklist)),
    )


def states_in_words(checklist: Checklist) -> str:
    """How many items stand in each state, and of those to write how many say where they stand."""
    states = checklist.states()
    told = ", ".join(f"{n:,} {state}" for state, n in states.items())
    placed = sum(
        each.state is AnswerState.TO_WRITE and bool(each.own.where) for each in checklist.items
    )
    return f"{told} ({placed:,} of these say where they stand)" if placed else told


def _rows(checklist: Checklist) -> Iterator[TableRow]:
    for section, items in groupby(checklist.items, key=lambda each: each.item.section):
        yield TableRow((section,), RowLook.SECTION)
        for each in items:
            item = each.item
            number = f"{item.number} (optional)" if item.optional else item.number
            yield TableRow(
                (
                    *(number, item.topic, item.asks, str(each.state)),
                    " ".join(each.said()),
                    "; ".join(each.answer.places),
                    each.own.where,
                )
            )


def _notes(checklist: Checklist) -> Iterator[str]:
    yield f"{len(checklist.items):,} items: {states_in_words(checklist)}."
    yield (
        "State: what is from data or from protocol was worked out of the files that stand beside "
        "it. What is to write stays so, since only people can say whether their text does it. "
        "Where it stands, and words of your own, go into config/checklists.toml."
    )
    if any(each.item.since for each in checklist.items):
        yield "In brackets: what later guidelines ask besides."
    yield f"Items from: {checklist.guideline.citation}"
