"""What can be answered in a slot, and in which words: for the full screen and the prompt."""

from __future__ import annotations

from collections.abc import Sequence

from scopingreview.charting import in_words, is_chosen, joined, members, options_of
from scopingreview.model import UNSTATED, Cell, FieldType, Slot, Unstated
from scopingreview.work.charting_session import ChartingSession, Entry
from scopingreview.work.front_end import Choice

DIGITS = "1234567890"
BLANK = "(blank)"
LISTED = 50  # choices of a list that are shown at once


def label_of(session: ChartingSession, slot: Slot) -> str:
    """What people call the slot: of a group with the row."""
    form = session.charting.form
    group, _, inner = slot.field.partition(".")
    if not slot.row:
        return form.field(group).label
    row = f"{form.field(group).label} {slot.row}"
    return f"{row}: {form.field(slot.field).label}" if inner else row


def value_in_words(session: ChartingSession, slot: Slot) -> str:
    """The person's value of the slot in the study on the table, as people read it."""
    value = session.values(session.on_the_table()).get(slot, "")
    return in_words(session.field(slot), value) if value else ""


def choices(session: ChartingSession, slot: Slot) -> Sequence[Choice]:
    """What may be chosen in the slot, in order; nothing where a value is written.

    Of a conflict, the values that the charters have, which tell nothing of who has which.
    """
    field, conflict = session.field(slot), session.conflict(slot)
    if conflict is not None:
        return [Choice(value, in_words(field, value) or BLANK) for value in conflict.values]
    if field.type is FieldType.GROUP:
        return []
    return [Choice(key, wording) for key, wording in options_of(field).items()]


def has_digits(session: ChartingSession, slot: Slot) -> bool:
    """Whether a digit chooses in the slot: of a long list, words make it shorter instead."""
    return 0 < len(choices(session, slot)) <= len(DIGITS)


def choices_that_hold(session: ChartingSession, slot: Slot, typed: str) -> Sequence[Choice]:
    """The choices with these words in them, those that begin so first; unstated words, too."""
    words = typed.casefold().split()
    every = [*choices(session, slot), *(Choice(word, word) for word in Unstated)]
    found = [
        each for each in every if all(w in f"{each.text} {each.key}".casefold() for w in words)
    ]
    found.sort(key=lambda each: not each.text.casefold().startswith(typed.casefold()))
    return found[:LISTED]


def _read_of(choice: Choice) -> str:
    return f"{choice.text} {choice.key}".casefold()


def evidence(session: ChartingSession, slot: Slot, value: str) -> list[str]:
    """The pages and quotes that charters gave for that value of a conflict, without their names."""
    study_id, conflict = session.on_the_table(), session.conflict(slot)
    if conflict is None:
        return []
    charted = session.charting.charted[study_id]
    cells = (charted[name].get(slot) for name, said in conflict.by_charter.items() if said == value)
    told = (page_and_quote(cell) for cell in cells if cell)
    return sorted(filter(None, told))


def page_and_quote(cell: Cell) -> str:
    """Where the value stands, and the words that say so; "" when neither was given."""
    page = f"p. {cell.page}" if cell.page else ""
    return " ".join(filter(None, [page, f"“{cell.quote}”" if cell.quote else ""]))


def entry_of_choice(session: ChartingSession, slot: Slot, key: str) -> Entry:
    """The entry that choosing the key makes: where several may stand, it comes or goes."""
    field, study_id = session.field(slot), session.on_the_table()
    if session.conflict(slot) is None and field.several and key not in UNSTATED:
        stands = members(field, session.values(study_id).get(slot, ""))
        keys = [each for each in stands if each not in UNSTATED]
        keys = [each for each in keys if each != key] if key in keys else [*keys, key]
        return Entry(study_id, slot, joined(field, keys))
    return Entry(study_id, slot, key)


def chooses_several(session: ChartingSession, slot: Slot) -> bool:
    """Whether another choice may follow in the slot, so that choosing does not move on."""
    return session.field(slot).several and session.conflict(slot) is None


def groups_of_rows(session: ChartingSession) -> list[str]:
    """What people call the groups in which the person may begin rows; who settles begins none."""
    fields = () if session.settles else session.charting.form.fields
    return [field.label for field in fields if field.type is FieldType.GROUP]


def why_no_row(session: ChartingSession, slot: Slot) -> str:
    """Why no row can begin in the slot; "" when one can."""
    if session.settles:
        return "No row begins here: you settle what the charters differ in."
    groups = groups_of_rows(session)
    if not groups:
        return "Only a group of fields has rows, and this form has no group."
    if session.field(Slot(slot.field.partition(".")[0])).type is FieldType.GROUP:
        return ""
    return f"Only a group of fields has rows: go to {' or '.join(groups)} first."


def is_written(session: ChartingSession, slot: Slot) -> bool:
    """Whether the slot's value is written rather than chosen."""
    field = session.field(slot)
    return not is_chosen(field) and field.type is not FieldType.GROUP
