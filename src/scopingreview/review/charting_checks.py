"""Whether what was charted holds together: the rules C, and D11 about studies.

What is not charted yet is no finding: `progress` tells who owes it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

from scopingreview import store
from scopingreview.charting import (
    NO_ROW,
    ROW,
    ChartingState,
    form_version,
    meant_by_code,
    members,
    options_of,
)
from scopingreview.errors import nearest
from scopingreview.model import UNSTATED, Cell, Field, FieldType, Finding, Person, Slot, Unstated
from scopingreview.paths import CHARTED, CONSENSUS, PROTOCOL, Review
from scopingreview.report.markdown import they, things, were
from scopingreview.review.charting import load_charting
from scopingreview.review.committed import merged_changes
from scopingreview.screening.check import check_person
from scopingreview.screening.review_state import ReviewState

SETTLED = f"{CHARTED}/{CONSENSUS}.csv"
SHOWN = 5  # studies that a message names


def check_charting(review: Review, state: ReviewState) -> Iterator[Finding]:
    """C01-C07 and D11; nothing where nothing is charted and no form stands in the protocol."""
    charting = load_charting(review, state)
    if charting is None:
        yield from _check_form_is_there(review)
        return
    yield from _check_people(charting, state)
    yield from _check_studies(charting, state)
    yield from _check_values(charting)
    yield from _check_versions(charting)
    yield from _check_codes(charting)
    yield from _check_consensus(charting)
    yield from _check_team(charting)
    yield from _check_two_places(review, charting)


def _check_form_is_there(review: Review) -> Iterator[Finding]:
    cells = store.read_cells(review)
    if cells:
        yield Finding(
            "C03",
            f"{things(len(cells), 'cell')} {'is' if len(cells) == 1 else 'are'} charted, "
            f"but no form stands in {PROTOCOL}",
            hint="Put [charting] back: git log -p config/review.toml has it.",
        )


def _check_people(charting: ChartingState, state: ReviewState) -> Iterator[Finding]:
    """C01: whoever charts is a reviewer of the protocol, whoever settles an adjudicator."""
    yield from _unknown_people(CHARTED, charting.cells, charting.charters, "reviewer")
    adjudicators = state.protocol.adjudicators
    yield from _unknown_people(SETTLED, charting.settlements, adjudicators, "adjudicator")


def _unknown_people(
    where: str, cells: tuple[Cell, ...], people: tuple[Person, ...], role: str
) -> Iterator[Finding]:
    for name in sorted({cell.charted_by for cell in cells}):
        for error in check_person(name, people, role):
            yield Finding("C01", f"{where}: {error.message}", hint=error.hint)


def _standing_cells(charting: ChartingState) -> list[tuple[str, Cell]]:
    """The last word of each person on each slot of each name of a study, blanks left out.

    With its file; whether there is such a study, or such a slot, is not asked.
    """
    last: dict[tuple[str, str, str, Slot], Cell] = {}
    for file, cells in (("", charting.cells), (SETTLED, charting.settlements)):
        for cell in cells:
            name = charting.names.get(cell.study_id, cell.study_id)
            where = file or f"{CHARTED}/{cell.charted_by}.csv"
            last[where, cell.charted_by if not file else "", name, cell.slot] = cell
    return [(where, cell) for (where, *_), cell in last.items() if cell.value]


def _check_studies(charting: ChartingState, state: ReviewState) -> Iterator[Finding]:
    """D11: what is charted is charted of an included study."""
    strangers: dict[tuple[str, str], int] = {}
    for where, cell in _standing_cells(charting):
        if cell.study_id not in charting.names:
            key = (where, cell.study_id)
            strangers[key] = strangers.get(key, 0) + 1
    for (where, study_id), number in strangers.items():
        is_known = study_id in state.canonical
        told = "which is not included" if is_known else "which is no study of the review"
        hint = (
            "They count nowhere as long as it is not."
            if is_known
            else f"{nearest(study_id, charting.names)} If its reports were linked under that name, "
            "link them again: scopingreview link."
        )
        yield Finding(
            "D11",
            f"{where}: {things(number, 'cell')} of {study_id}, {told}",
            (study_id,),
            hint=hint.strip(),
            error=not is_known,
        )


def _check_values(charting: ChartingState) -> Iterator[Finding]:
    """C03: fields and options that are in use stand in the form."""
    known = dict(charting.form.every_field())
    lost: dict[tuple[str, str], list[str]] = {}
    for where, cell in _standing_cells(charting):
        if cell.study_id in charting.names:
            for told in _lost_of(cell, known):
                lost.setdefault((where, told), []).append(cell.study_id)
    for (where, told), studies in lost.items():
        named = ", ".join(studies[:SHOWN]) + (" …" if len(studies) > SHOWN else "")
        yield Finding(
            "C03",
            f"{where}: {told}, but {things(len(studies), 'cell')} "
            f"{they(len(studies), 'hold')} it: {named}",
            tuple(studies),
            hint=f"Put it back into {PROTOCOL}, or chart those studies again.",
        )


def _lost_of(cell: Cell, known: dict[str, Field]) -> Iterator[str]:
    field = known.get(cell.slot.field)
    if field is None:
        yield f'the form has no field "{cell.slot.field}"'
        return
    in_group = "." in cell.slot.field
    if in_group != bool(cell.slot.row) and field.type is not FieldType.GROUP:
        yield f'"{cell.slot.field}" is{"" if in_group else " not"} in a group'
    if cell.value in UNSTATED:
        return
    if field.type is FieldType.GROUP:
        if cell.value not in (ROW, NO_ROW):
            yield f'"{cell.value}" is no word for the group {cell.slot.field}'
        return
    options = options_of(field)
    if options:
        for key in members(field, cell.value):
            if key not in options:
                yield f'{cell.slot.field} has no option "{key}"'


def _check_versions(charting: ChartingState) -> Iterator[Finding]:
    """C04: what was charted before the form changed."""
    version = form_version(charting.form)
    older = [cell for _, cell in _standing_cells(charting) if cell.form and cell.form != version]
    if older:
        studies = tuple(dict.fromkeys(cell.study_id for cell in older))
        fields = ", ".join(dict.fromkeys(cell.slot.field for cell in older))
        yield Finding(
            "C04",
            f"{things(len(older), 'cell')} {were(len(older))} charted under another form "
            f"(now {version}): {fields}",
            studies,
            hint="Look at those whose fields changed; charting a value again says so.",
            error=False,
        )


def _check_codes(charting: ChartingState) -> Iterator[Finding]:
    """C07: a code of the prompt is what it means, and no text."""
    texts = {name for name, field in charting.form.every_field() if field.type is FieldType.TEXT}
    found: dict[tuple[str, Unstated], list[Cell]] = {}
    for where, cell in _standing_cells(charting):
        meant = meant_by_code(cell.value)
        if meant and cell.slot.field in texts and cell.study_id in charting.names:
            found.setdefault((where, meant), []).append(cell)
    for (where, meant), cells in found.items():
        named = ", ".join(f"{cell.study_id} {cell.slot.field}" for cell in cells[:SHOWN])
        more = " …" if len(cells) > SHOWN else ""
        yield Finding(
            "C07",
            f"{where}: {things(len(cells), 'text')} {'is' if len(cells) == 1 else 'are'} "
            f'"{cells[0].value}", which counts as a text and not as "{meant}": {named}{more}',
            tuple(dict.fromkeys(cell.study_id for cell in cells)),
            hint=f"Chart it again: {_charting_again(cells[0], where, meant)}",
            error=False,
        )


def _charting_again(cell: Cell, where: str, value: str) -> str:
    """The command by which the person puts the value in the place of theirs."""
    settles = "--consensus " if where == SETTLED else ""
    row = f" --row {cell.slot.row}" if cell.slot.row else ""
    return (
        f"scopingreview chart {settles}--as {cell.charted_by} --study {cell.study_id} "
        f'--field {cell.slot.field}="{value}"{row}'
    )


def _check_consensus(charting: ChartingState) -> Iterator[Finding]:
    """C02: consensus on what the charters do not differ in (any more)."""
    for study_id, settled in charting.settlements_standing.items():
        differing = {conflict.slot for conflict in charting.conflicts[study_id]}
        idle = [slot.field for slot in settled if slot not in differing]
        if idle:
            yield Finding(
                "C02",
                f"{SETTLED} settles {', '.join(idle)} of {study_id}, in which nobody differs",
                (study_id,),
                hint="What the charters agree on stands without it. Nothing follows from the line.",
                error=False,
            )


def _check_team(charting: ChartingState) -> Iterator[Finding]:
    """C05: a form that asks for more charters than there are: its studies would wait for ever."""
    needed = charting.rules.charters_needed
    if 0 < len(charting.active) < needed:
        yield Finding(
            "C05",
            f"{needed} chart each study, but only {len(charting.active)} can: "
            f"{', '.join(charting.active)}",
            hint=f"Change charters under [charting] in {PROTOCOL}, or add a [[reviewers]].",
        )


def _check_two_places(review: Review, charting: ChartingState) -> Iterator[Finding]:
    """C06: one person charted one thing on one branch and another on the other."""
    for one, other in merged_changes(review):
        folder, _, name = one.file.rpartition("/")
        if folder != CHARTED or name == f"{CONSENSUS}.csv":
            continue
        here, there = (_last_values(change.added, charting) for change in (one, other))
        differing = [key for key in here.keys() & there.keys() if here[key] != there[key]]
        person = name.removesuffix(".csv")
        open_still = sorted(
            {
                f"{study_id} {slot.field}"
                for study_id, slot in differing
                if charting.values(study_id, person).get(slot, "")
                in (here[study_id, slot], there[study_id, slot])
            }
        )
        if open_still:
            yield Finding(
                "C06",
                f"{one.file}: {things(len(open_still), 'cell')} {were(len(open_still))} charted "
                "differently in two places; "
                f"the latest by the clock counts: {', '.join(open_still[:SHOWN])}",
                hint=f"Look again: scopingreview chart --as {person}",
                error=False,
            )


def _last_values(lines: list[bytes], charting: ChartingState) -> dict[tuple[str, Slot], str]:
    """The last value that a side of a merge brought to each slot of each study."""
    found: dict[tuple[str, Slot], tuple[str, str]] = {}
    for row in csv.reader(line.decode(errors="replace") for line in lines):
        if len(row) > 4 and row[1] in charting.names:
            key = charting.names[row[1]], Slot(row[2], row[3])
            if key not in found or row[0] >= found[key][0]:
                found[key] = (row[0], row[4])
    return {key: value for key, (_, value) in found.items()}
