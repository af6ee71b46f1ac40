"""Deciding record by record at a plain prompt: any terminal, a pipe, a screen reader.

The same keys as at the full screen, and nothing but lines of text. What a key does, and when, is
the table of `work.acts`; here is how an act asks and how a record is shown.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Sequence
from typing import TypeVar

from scopingreview.cli import prompt
from scopingreview.cli.chosen_keyboard import keyboard_at_hand
from scopingreview.cli.console import print_error, show
from scopingreview.cli.keyboard import END_OF_INPUT, Keyboard
from scopingreview.errors import ReviewError
from scopingreview.model import PhaseRules, Record
from scopingreview.work.acts import BY_NAME, possible_acts
from scopingreview.work.deciding import exclude_by_number
from scopingreview.work.finding import put_away_list
from scopingreview.work.front_end import ChoiceQuestion, LineQuestion
from scopingreview.work.pace import hours_left
from scopingreview.work.task import Task

Found = TypeVar("Found")


class LineMode:
    """The prompt: shows the record whenever another one came on the table, asks, acts."""

    def __init__(self, task: Task) -> None:
        self.work = task
        self.session = task.session
        self.is_over = False
        self.keyboard: Keyboard | None = None

    def run(self) -> None:
        """The person works through the list until it is empty or they quit.

        End of input is the same as quitting. Every decision is on disk before the next record
        shows.
        """
        with keyboard_at_hand() as self.keyboard:
            self._work_through()

    def _work_through(self) -> None:
        shown: Record | None = None
        while not self.is_over:
            record = self.session.current
            if record is None:
                self._end_of_list()
                continue
            if record != shown:
                shown = record
                self._show(record)
            menu = prompt.menu(self.work.keys, self._possible())
            self._answer(prompt.ask_key(self.keyboard, f"{menu}: "))

    def _possible(self) -> list[str]:
        return possible_acts(self.work, on_screen=False)

    def _answer(self, key: str) -> None:
        name = self.work.keys.act(key)
        try:
            if key == END_OF_INPUT:
                self.leave()
            elif key.isdecimal():
                exclude_by_number(self.work, self, int(key))
            elif name in self._possible():
                BY_NAME[name].do(self.work, self)
            elif key:
                show(f'"{key}" does nothing here.')
                self._drop_waiting()
        except ReviewError as error:
            print_error(error)
            self._drop_waiting()

    def _drop_waiting(self) -> None:
        """Keys typed ahead were meant for the records that would have come."""
        if self.keyboard is not None:
            self.keyboard.drop_waiting()

    def _end_of_list(self) -> None:
        """A filtered list gives way to the queue; the end of the queue is the end."""
        if self.session.list.is_filtered:
            show("The end of the list; back to your queue.")
            put_away_list(self.work, self)
        else:
            self.leave()

    def _show(self, record: Record) -> None:
        session, width = self.session, min(shutil.get_terminal_size().columns, prompt.WIDEST)
        rest = hours_left(session.left, self.work.pace.per_hour())
        left = ", ".join(filter(None, [session.desk.says, f"{session.left:,} left", rest]))
        authors = not session.rules.blind_to_authors
        lines = prompt.describe(record, authors=authors, without_abstract=session.without_abstract)
        lines += [*self.work.beside(record), *prompt.describe_standing(session, record)]
        show()
        show(f"-- {left} -- {record.record_id} ".ljust(width, "-"))
        for line in lines:
            show(textwrap.fill(line, width) if line else "")
        show()

    # ── what an act asks and shows ───────────────────────────────────────────────────────────

    def ask_line(self, question: LineQuestion, then: Callable[[str], None]) -> None:
        """Enter keeps what stands, "-" empties it."""
        if (text := prompt.ask_text(self.keyboard, question)) is not None:
            then(text)

    def ask_choice(self, question: ChoiceQuestion, then: Callable[[str], None]) -> None:
        """A number of the list, an id, or words that make the list shorter."""
        if (key := prompt.ask_choice(self.keyboard, question)) is not None:
            then(key)

    def ask_reasons(self, rules: PhaseRules, then: Callable[[Sequence[str]], None]) -> None:
        """Numbers: several at full text, one or none before."""
        if (reasons := prompt.ask_reasons(self.keyboard, rules)) is not None:
            then(reasons)

    def find(self, look: Callable[[], Found], then: Callable[[Found], None]) -> None:
        """At once."""
        then(look())

    def say(self, message: str) -> None:
        """A line."""
        show(message)

    def turn(self) -> None:
        """The record is shown before the next key is asked for."""

    def show_criteria(self) -> None:
        """A line each."""
        prompt.show_criteria(self.session.rules, self.session.history.reasons)

    def show_help(self) -> None:
        """A line each."""
        prompt.show_help(self.work.keys, self._possible())

    def show_terms(self) -> None:
        """How often the terms occur: a count reads better than marks."""
        prompt.show_terms(self.work.record(), self.work.terms(), self.work.groups())

    def scroll(self, pages: int) -> None:
        """All of the record stands above."""

    def copy(self, address: str) -> None:
        """The address stands in the line that tells of it."""

    def leave(self) -> None:
        """No other key is asked for."""
        self.is_over = True
