"""Charting field by field at a plain prompt: any terminal, a pipe, a screen reader.

An answer is a value, or the numbers of options; what begins with a colon is a command.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable
from datetime import datetime

from scopingreview.cli import prompt
from scopingreview.cli.console import print_error, show
from scopingreview.errors import ReviewError
from scopingreview.model import FieldType, Slot, Unstated
from scopingreview.work.charting_choices import (
    choices,
    choices_that_hold,
    chooses_several,
    evidence,
    groups_of_rows,
    has_digits,
    label_of,
    value_in_words,
    why_no_row,
)
from scopingreview.work.charting_session import ChartingSession, Entry
from scopingreview.work.full_text import addresses, open_address

HELP = """\
TEXT     The value; of a list the numbers or words of options, several joined by ;
Enter    Leave the field as it is and go on.        -        Take its value back.
:nr      It is not reported.                        :?       It is unclear.
:p TEXT  The page it stands on.                     :c TEXT  The words that say so.
:f       Back to the field before.                  :u       Take back what you charted last.
:n  :b   To the next study, to the one before.      :g ID    To a study by its id.
:a       Read the abstract.                         :o       Open the full text.
:q       Leave; everything is saved."""
HELP_ON_ROWS = "                :+       Begin a row of the group."


class ChartLines:
    """The prompt: shows each study once, and asks for one field after the other."""

    def __init__(self, session: ChartingSession, now: Callable[[], datetime]) -> None:
        self.session = session
        self.now = now
        self.place = 0
        self.charted: Slot | None = None  # what a page or a quote belongs to
        self.is_over = session.study is None
        self.shown = ""

    def run(self) -> None:
        """The person goes through the studies that wait, until none does or they leave.

        End of input is the same as leaving. Every value is on disk before the next is asked for.
        """
        if not self.is_over:
            self._to_first_missing()
        while not self.is_over:
            self._show_study()
            slots = self.session.slots()
            if self.place >= len(slots):
                self._end_of_study()
                continue
            answer = self._ask(slots[self.place])
            try:
                self._take(slots[self.place], answer)
            except ReviewError as error:
                print_error(error)

    def _to_first_missing(self) -> None:
        session = self.session
        missing = session.missing(session.on_the_table())
        slots = session.slots()
        self.place = slots.index(missing[0]) if missing and missing[0] in slots else 0
        self.charted = None

    def _end_of_study(self) -> None:
        if self.session.step_to_waiting():
            self._to_first_missing()
        else:
            show("Nothing else waits for you.")
            self.is_over = True

    def _show_study(self) -> None:
        session = self.session
        study_id = session.on_the_table()
        if study_id == self.shown:
            return
        self.shown = study_id
        width = min(shutil.get_terminal_size().columns, prompt.WIDEST)
        place = f"-- study {session.place + 1:,} of {len(session.studies):,} -- {study_id} "
        show(f"\n{place.ljust(width, '-')}")
        for record in session.records():
            for line in prompt.describe(record)[:3]:
                show(textwrap.fill(line, width))
        if not session.settles:
            show("(:a for the abstract, :o for the full text, :h for every key)")

    def _ask(self, slot: Slot) -> str | None:
        session, field = self.session, self.session.field(slot)
        show(f"\n{label_of(session, slot)}" + (f" ({field.unit})" if field.unit else ""))
        if field.help:
            show(textwrap.indent(textwrap.fill(field.help, prompt.WIDEST), "  "))
        if has_digits(session, slot):
            for number, choice in enumerate(choices(session, slot), start=1):
                show("  ".join([f"  {number} {choice.text}", *evidence(session, slot, choice.key)]))
        elif field.type is FieldType.GROUP:
            show("  :+ begins a row; Enter goes on")
        return prompt.ask_line(f"{value_in_words(session, slot) or 'blank'} > ")

    # ── answers ──────────────────────────────────────────────────────────────────────────────

    def _take(self, slot: Slot, answer: str | None) -> None:
        if answer is None:
            self.is_over = True
        elif answer == "":
            self.place += 1
        elif answer.startswith(":"):
            word, _, rest = answer[1:].partition(" ")
            self._command(slot, word, rest.strip())
        else:
            self._chart(slot, "" if answer == prompt.EMPTY else self._meant(slot, answer))

    def _meant(self, slot: Slot, answer: str) -> str:
        """The text with option numbers in it taken for their options."""
        offered = choices(self.session, slot)
        if not has_digits(self.session, slot):
            return self._of_long_list(slot, answer)
        several = chooses_several(self.session, slot)
        parts = answer.replace(",", " ").split() if several else [answer]
        if all(part.isdecimal() and 1 <= int(part) <= len(offered) for part in parts):
            return ";".join(offered[int(part) - 1].key for part in parts)
        return answer

    def _of_long_list(self, slot: Slot, answer: str) -> str:
        """The only choice that begins so, where one does."""
        if not choices(self.session, slot) or ";" in answer:
            return answer
        found = choices_that_hold(self.session, slot, answer)
        begins = [each for each in found if each.text.casefold().startswith(answer.casefold())]
        return begins[0].key if len(begins) == 1 else answer

    def _chart(self, slot: Slot, text: str) -> None:
        session = self.session
        session.chart(Entry(session.on_the_table(), slot, text), now=self.now())
        self.charted = slot
        show(f"  = {value_in_words(session, slot) or 'blank'}")
        slots = session.slots()
        self.place = slots.index(slot) + 1 if slot in slots else self.place

    def _command(self, slot: Slot, word: str, rest: str) -> None:
        commands: dict[str, Callable[[], None]] = {
            "nr": lambda: self._chart(slot, Unstated.NOT_REPORTED),
            "?": lambda: self._chart(slot, Unstated.UNCLEAR),
            "p": lambda: self._beside(slot, page=rest),
            "c": lambda: self._beside(slot, quote=rest),
            "f": self._back,
            "u": self._undo,
            "n": lambda: self._step(1),
            "b": lambda: self._step(-1),
            "g": lambda: self._go_to(rest),
            "a": self._show_abstract,
            "o": self._open,
            "+": lambda: self._begin_row(slot),
            "h": lambda: show(HELP + (HELP_ON_ROWS if groups_of_rows(self.session) else "")),
            "q": self._leave,
        }
        if word not in commands:
            show(f'":{word}" does nothing here. :h tells what does.')
            return
        commands[word]()

    def _beside(self, slot: Slot, *, page: str | None = None, quote: str | None = None) -> None:
        """The page or the quote of what was charted last, else of the field that is asked for."""
        session, study_id = self.session, self.session.on_the_table()
        of = self.charted or slot
        session.chart(Entry(study_id, of, None, page=page, quote=quote), now=self.now())
        show(f"  kept with {label_of(session, of)}")

    def _back(self) -> None:
        self.place = max(0, self.place - 1)
        self.charted = None

    def _undo(self) -> None:
        cell = self.session.undo(now=self.now())
        if cell is None:
            show("Nothing of this sitting is left to take back.")
            return
        show(f"Taken back: {label_of(self.session, cell.slot)}")
        slots = self.session.slots()
        self.place = slots.index(cell.slot) if cell.slot in slots else 0
        self.charted = None

    def _step(self, steps: int) -> None:
        if self.session.step(steps):
            self._to_first_missing()
        else:
            show("There is no study further on." if steps > 0 else "This is the first study.")

    def _go_to(self, text: str) -> None:
        self.session.go_to(text)
        self._to_first_missing()

    def _show_abstract(self) -> None:
        for record in self.session.records():
            for line in prompt.describe(record):
                show(textwrap.fill(line, prompt.WIDEST) if line else "")

    def _open(self) -> None:
        for record in self.session.records():
            step = self.session.state.retrievals.get(record.record_id)
            found = addresses(self.session.review, record, step)
            if not found:
                show(f"{record.record_id}: no full text is known.")
            elif not open_address(self.session.review, found[0]):
                show(found[0])

    def _begin_row(self, slot: Slot) -> None:
        if why := why_no_row(self.session, slot):
            show(why)
            return
        first = self.session.open_row(slot.field.partition(".")[0])
        self.place = self.session.slots().index(first)

    def _leave(self) -> None:
        self.is_over = True
