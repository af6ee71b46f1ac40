"""Charting at the full screen: what each key does to the form of the study on the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.containers import VerticalScroll
from textual.content import Content

from scopingreview.errors import ReviewError
from scopingreview.model import UNSTATED, FieldType, Slot, Unstated
from scopingreview.work.charting_choices import (
    DIGITS,
    choices,
    choices_that_hold,
    chooses_several,
    entry_of_choice,
    groups_of_rows,
    has_digits,
    label_of,
    value_in_words,
    why_no_row,
)
from scopingreview.work.charting_session import ChartingSession, Entry
from scopingreview.work.front_end import ChoiceQuestion, LineQuestion
from scopingreview.work.full_text import addresses, open_address
from scopingreview.workbench.chart_form import END, ChartForm, ChartKey
from scopingreview.workbench.dialogs import Ask, Choose, Page


class ChartScreen(ChartForm):
    """The form, opened at the first slot that waits."""

    def __init__(self, session: ChartingSession, now: Callable[[], datetime]) -> None:
        super().__init__(session, now)
        self.to_first_missing()

    # ── going about ──────────────────────────────────────────────────────────────────────────

    @property
    def slot(self) -> Slot | None:
        """The slot that is filled in."""
        slots = self.session.slots()
        return slots[self.at] if self.at < len(slots) else None

    def to_first_missing(self) -> None:
        """The first slot that waits is marked, else the first of all."""
        session = self.session
        slots = session.slots()
        missing = session.missing(session.on_the_table()) if session.study else []
        self.at = slots.index(missing[0]) if missing and missing[0] in slots else 0

    def move(self, steps: int) -> None:
        """The slot so many further on is marked."""
        last = max(0, len(self.session.slots()) - 1)
        self.at = min(max(self.at + steps, 0), last)

    def step(self, steps: int) -> None:
        """The next or the previous study stands there."""
        if self.session.step(steps):
            self.to_first_missing()
        else:
            self.say("There is no study further on." if steps > 0 else "This is the first study.")

    def go_on(self) -> None:
        """The next slot that waits is marked, in this study or in the next that waits."""
        session = self.session
        if session.study is None:
            return
        slots, missing = session.slots(), set(session.missing(session.on_the_table()))
        order = [*range(self.at + 1, len(slots)), *range(self.at + 1)]
        found = next((n for n in order if n < len(slots) and slots[n] in missing), None)
        if found is not None:
            self.at = found
        elif session.step_to_waiting():
            self.to_first_missing()
        else:
            self.say(END)

    def go_to(self) -> None:
        """A study is asked for, and stands there."""

        def found(typed: str) -> list[str]:
            ids = list(self.session.charting.open_studies())
            return [key for key in ids if typed.casefold() in key.casefold()]

        def take(text: str) -> None:
            ids = found(text)
            self.session.go_to(ids[0] if len(ids) == 1 else text)
            self.to_first_missing()

        self.ask(Ask(LineQuestion("Which study? Its id, or a part of it.")), take)

    # ── filling in ───────────────────────────────────────────────────────────────────────────

    def chart(self, slot: Slot, entry: Entry, *, moves: bool) -> None:
        """The entry stands, on disk; the next slot is marked, where one is to follow."""
        study_id = self.session.on_the_table()
        was_missing = bool(self.session.missing(study_id))
        self.session.chart(entry, now=self.now())
        if moves:
            slots = self.session.slots()
            self.at = slots.index(slot) + 1 if slot in slots else self.at
            self.move(0)
        if was_missing and not self.session.missing(study_id):
            done = "settled" if self.session.settles else "charted"
            self.say(f"All of {study_id} is {done}. Space goes on to the next study.")

    def chart_text(self, text: str) -> None:
        """What was written, or one of the words that are always there, stands in the slot."""
        if (slot := self.slot) is not None:
            self.chart(slot, Entry(self.session.on_the_table(), slot, text), moves=bool(text))

    def choose(self, key: str) -> None:
        """The choice stands in the slot, or comes or goes where several may stand."""
        if (slot := self.slot) is not None:
            several = chooses_several(self.session, slot) and key not in UNSTATED
            self.chart(slot, entry_of_choice(self.session, slot, key), moves=not several)

    def choose_by_digit(self, digit: str) -> None:
        """The choice with that digit, where digits choose; a number or a year begins with it."""
        if (slot := self.slot) is None:
            return
        if not has_digits(self.session, slot):
            if self.session.field(slot).type in (FieldType.NUMBER, FieldType.YEAR):
                self.ask_value(slot, begins=digit)
            return
        offered = choices(self.session, slot)
        if DIGITS.index(digit) < len(offered):
            self.choose(offered[DIGITS.index(digit)].key)

    def fill_in(self) -> None:
        """Enter: a value is asked for, or the next slot is marked where digits choose."""
        if (slot := self.slot) is None:
            return
        session, field = self.session, self.session.field(slot)
        if session.conflict(slot):
            self.ask_value(slot)
        elif field.type is FieldType.GROUP:
            self.begin_row()
        elif has_digits(session, slot):
            self.move(1)
        elif choices(session, slot):
            self.search()
        else:
            self.ask_value(slot)

    def ask_value(self, slot: Slot, *, begins: str = "") -> None:
        """The value is asked for as text; a blank that is taken leaves what stands."""
        session = self.session
        unit = session.field(slot).unit
        hint = "Enter takes it, Esc leaves it. Delete, in the form, takes a value back."
        label = label_of(session, slot) + (f" ({unit})" if unit else "")
        stands = session.values(session.on_the_table()).get(slot, "")
        question = LineQuestion(label, begins or stands, hint)
        self.ask(Ask(question), lambda text: self.chart_text(text) if text else None)

    def search(self) -> None:
        """One of a long list is searched for and chosen."""
        slot = self.slot
        if slot is None or not choices(self.session, slot):
            return
        hint = "Type a part of it. ↑ ↓ choose, Enter takes it, Esc leaves."
        question = ChoiceQuestion(
            label_of(self.session, slot),
            lambda typed: choices_that_hold(self.session, slot, typed),
            hint,
        )
        self.ask(Choose(question), self.choose)

    def clear(self) -> None:
        """The value of the slot is taken back; of a row's first slot that is blank, the row."""
        if (slot := self.slot) is None:
            return
        if slot.row and not value_in_words(self.session, slot) and not self.session.settles:
            self.session.remove_row(slot.field.partition(".")[0], slot.row, now=self.now())
        else:
            self.chart_text("")

    def begin_row(self) -> None:
        """A new row of the group stands in the form, to be filled in."""
        if (slot := self.slot) is None:
            return
        if why := why_no_row(self.session, slot):
            self.say(why)
            return
        first = self.session.open_row(slot.field.partition(".")[0])
        self.at = self.session.slots().index(first)

    def ask_beside(self, what: str) -> None:
        """The page of the value, or the words that say so, are asked for."""
        if (slot := self.slot) is None:
            return
        study_id = self.session.on_the_table()
        cell = self.session.cells(study_id).get(slot)
        if cell is None:
            raise ReviewError("A page or a quote belongs to a value, and none stands here yet.")
        question = LineQuestion(
            f"The {what} for: {label_of(self.session, slot)}", getattr(cell, what)
        )

        def take(text: str) -> None:
            page = text if what == "page" else None
            quote = text if what == "quote" else None
            entry = Entry(study_id, slot, None, page=page, quote=quote)
            self.chart(slot, entry, moves=False)

        self.ask(Ask(question), take)

    def undo(self) -> None:
        """What was charted last stands as before, and is marked."""
        cell = self.session.undo(now=self.now())
        if cell is None:
            self.say("Nothing of this sitting is left to take back.")
            return
        slots = self.session.slots()
        self.at = slots.index(cell.slot) if cell.slot in slots else 0
        self.say(f"Taken back: {label_of(self.session, cell.slot)}")

    # ── reading ──────────────────────────────────────────────────────────────────────────────

    def toggle_reading(self) -> None:
        """The abstract stands in the place of the form, or the form again."""
        self.toggle_class("reading")

    def scroll_reading(self, pages: int) -> None:
        """The abstract moves by so many pages."""
        reading = self.query_one("#reading", VerticalScroll)
        if pages > 0:
            reading.scroll_page_down(animate=False)
        else:
            reading.scroll_page_up(animate=False)

    def open_full_text(self) -> None:
        """The full text of the study's first report opens, or its address is copied."""
        for record in self.session.records():
            step = self.session.state.retrievals.get(record.record_id)
            found = addresses(self.session.review, record, step)
            if not found:
                continue
            if open_address(self.session.review, found[0]):
                self.say(f"Opened {found[0]}")
            else:
                self.app.copy_to_clipboard(found[0])
                self.say(f"No window opens here; copied: {found[0]}")
            return
        self.say("No full text is known: scopingreview retrieve --record ID --where FILE")

    def show_help(self) -> None:
        """Every key stands over the form."""
        rows = [("1-9 0", "Choose; where several may stand, the digit ticks and unticks.")]
        rows += [(" ".join(key.keys), key.says) for key in self.offered()]
        width = max(len(keys) for keys, _ in rows) + 2
        lines = [Content.assemble((keys.ljust(width), "bold"), says) for keys, says in rows]
        self.app.push_screen(Page(Content("\n").join(lines)))

    def leave(self) -> None:
        """The workbench closes; everything is saved already."""
        self.app.exit()


# In the order in which the footer offers them.
CHART_KEYS = (
    ChartKey(("enter",), "fill in", "Write or search a value; on where digits choose.",
             ChartScreen.fill_in),
    ChartKey(("space",), "next blank", "Go on to what is still blank, here or in the next study.",
             ChartScreen.go_on),
    ChartKey(("r",), "not reported", "The study does not report it.",
             lambda screen: screen.chart_text(Unstated.NOT_REPORTED)),
    ChartKey(("l",), "unclear", "The study says something, and it is unclear what.",
             lambda screen: screen.chart_text(Unstated.UNCLEAR)),
    ChartKey(("p",), "page", "The page on which it stands.",
             lambda screen: screen.ask_beside("page")),
    ChartKey(("w",), "words", "The words of the report that say so.",
             lambda screen: screen.ask_beside("quote")),
    ChartKey(("u",), "undo", "Take back what you charted last, again and again.",
             ChartScreen.undo),
    ChartKey(("a",), "abstract", "Read the abstract.", ChartScreen.toggle_reading),
    ChartKey(("o",), "open", "Open the full text, or the page of its DOI.",
             ChartScreen.open_full_text),
    ChartKey(("n", "right"), "next", "To the next study.", lambda screen: screen.step(1)),
    ChartKey(("b", "left"), "back", "To the study before.", lambda screen: screen.step(-1)),
    ChartKey(("+",), "row", "Begin another row of a group.", ChartScreen.begin_row,
             lambda session: bool(groups_of_rows(session))),
    ChartKey(("/",), "search", "Search in a list of options.", ChartScreen.search),
    ChartKey(("g",), "go to", "Go to a study by its id.", ChartScreen.go_to),
    ChartKey(("delete", "backspace", "x"), "", "Take the value back; in a blank row, the row.",
             ChartScreen.clear),
    ChartKey(("down", "j", "tab"), "", "To the next field.", lambda screen: screen.move(1)),
    ChartKey(("up", "k", "shift+tab"), "", "To the field before.", lambda screen: screen.move(-1)),
    ChartKey(("pagedown",), "", "Read on in a long abstract.",
             lambda screen: screen.scroll_reading(1)),
    ChartKey(("pageup",), "", "Go back in it.", lambda screen: screen.scroll_reading(-1)),
    ChartKey(("?", "f1"), "help", "See every key.", ChartScreen.show_help),
    ChartKey(("q", "ctrl+q"), "quit", "Leave; everything is saved already.", ChartScreen.leave),
)  # fmt: skip
ChartScreen.KEYS = CHART_KEYS
