"""The form of one study as styled text: its slots a line each, and the field that is filled in.

Nothing rests on colour: what is charted has a full dot, what is missing an empty one, and what
the charters differ in a sign of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from scopingreview.charting import members
from scopingreview.model import FieldType, Slot
from scopingreview.work.charting_choices import (
    DIGITS,
    choices,
    chooses_several,
    evidence,
    has_digits,
    label_of,
    page_and_quote,
    value_in_words,
)
from scopingreview.work.charting_session import ChartingSession
from scopingreview.workbench.footer import in_rows
from scopingreview.workbench.render import seen

CHARTED, MISSING, OPTIONAL, DIFFERING = "●", "○", "·", "≠"
WIDEST_LABEL = 28
SHOWN_QUOTE = 300  # characters


def draw_chart_head(session: ChartingSession, width: int) -> Content:
    """One line: who charts which study, and how many are left."""
    what = "consensus" if session.settles else "charting"
    who = f" {session.person} · {what}"
    if session.study is not None:
        who += f" · study {session.place + 1:,} of {len(session.studies):,}"
    right = f"{len(session.waiting()):,} left · {session.written:,} charted this sitting "
    room = max(1, width - len(right))
    return seen(f"{who[: room - 1].ljust(room)}{right}")


def draw_study(session: ChartingSession) -> Content:
    """Which study it is, where its abstract is not beside the form: the title, the year."""
    if session.study is None:
        return Content()
    first, *others = session.records()
    more = f" (and {len(others):,} more)" if others else ""
    return seen(f"{first.title or '[no title]'} · {first.year or 'no year'}{more}")


def draw_slots(session: ChartingSession, slots: Sequence[Slot], place: int, width: int) -> Content:
    """A line for each slot: how it stands, its label, its value; the one at `place` is marked."""
    labels = [label_of(session, slot) for slot in slots]
    room = min(WIDEST_LABEL, max(map(len, labels), default=0))
    missing = set(session.missing(session.on_the_table())) if session.study else set()
    lines = []
    for number, (slot, label) in enumerate(zip(slots, labels, strict=True)):
        value = value_in_words(session, slot)
        text = f"{_mark(session, slot, value, missing)} {label[:room].ljust(room)}  {value}"
        line = seen(text).truncate(width, ellipsis=True)
        lines.append(line.pad_right(max(0, width - line.cell_length)) if number == place else line)
        if number == place:
            lines[-1] = lines[-1].stylize("reverse")
    return Content("\n").join(lines)


def _mark(session: ChartingSession, slot: Slot, value: str, missing: Iterable[Slot]) -> str:
    if slot in missing:
        return DIFFERING if session.settles else MISSING
    return CHARTED if value else OPTIONAL


def draw_field(session: ChartingSession, slot: Slot, width: int, *, compact: bool) -> Content:
    """The field to fill in: what to look for, what can be chosen and how, where it stands.

    `compact` puts as many choices on a line as fit, for a screen with few lines.
    """
    field = session.field(slot)
    lines = [
        Content.assemble(seen(label_of(session, slot), "bold"), seen(_how(session, slot), "dim"))
    ]
    if field.help:
        lines.append(seen(field.help))
    chosen_from = _choice_lines(session, slot)
    if compact and session.conflict(slot) is None and chosen_from:
        chosen_from = [in_rows(chosen_from, width)]
    lines += chosen_from
    cell = session.cells(session.on_the_table()).get(slot)
    if cell and (told := page_and_quote(cell)):
        lines.append(seen(told[:SHOWN_QUOTE], "italic"))
    if cell and cell.form != session.version:
        lines.append(seen("charted under another form", "dim"))
    return Content("\n").join(lines)


def _how(session: ChartingSession, slot: Slot) -> str:
    field = session.field(slot)
    if session.conflict(slot):
        return "  the charters differ: a digit takes one value, Enter writes another"
    if field.type is FieldType.GROUP:
        return "  a group: + begins a row"
    if not has_digits(session, slot):
        if choices(session, slot):
            return "  Enter: search"
        return f"  Enter: a {field.type}" + (f" ({field.unit})" if field.unit else "")
    return "  digits choose one or several" if field.several else "  a digit chooses"


def _choice_lines(session: ChartingSession, slot: Slot) -> list[Content]:
    if not has_digits(session, slot):
        return []
    value = session.values(session.on_the_table()).get(slot, "")
    several = chooses_several(session, slot)
    stands = members(session.field(slot), value) if several else (value,) if value else ()
    lines = []
    for digit, choice in zip(DIGITS, choices(session, slot), strict=False):
        tick = "x" if choice.key in stands else " "
        box = f"[{tick}]" if several else f"({tick})"
        line = [Content.styled(f" {digit} ", "reverse"), seen(f" {box} {choice.text}")]
        lines.append(Content.assemble(*line))
        lines += [
            seen(f"        {told[:SHOWN_QUOTE]}", "dim")
            for told in evidence(session, slot, choice.key)
        ]
    return lines
