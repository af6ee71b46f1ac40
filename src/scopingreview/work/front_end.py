"""What an act asks of a person, and who puts the question: the full screen or the prompt.

A question comes with what is to be done with its answer. The prompt has the answer at once; the
screen shows the question over the record and goes on when it is answered. A person who leaves
the question gives no answer, and nothing is done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from scopingreview.model import PhaseRules

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class LineQuestion:
    """A line of text to ask for; `value` is what stands now, `hint` what can be written."""

    question: str
    value: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list: `key` is the answer, `text` what the person reads."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ChoiceQuestion:
    """One of a list to choose; `choices_for` gives those that hold what was typed so far.

    `free`: a text that is in no list is an answer too, and so is the empty one.
    """

    question: str
    choices_for: Callable[[str], Sequence[Choice]]
    hint: str
    free: bool = False


class FrontEnd(Protocol):
    """A person's screen or prompt."""

    def ask_line(self, question: LineQuestion, then: Callable[[str], None]) -> None:
        """Ask for a line of text."""

    def ask_choice(self, question: ChoiceQuestion, then: Callable[[str], None]) -> None:
        """Ask for the key of a choice."""

    def ask_reasons(self, rules: PhaseRules, then: Callable[[Sequence[str]], None]) -> None:
        """Ask why a record is excluded: keys in the protocol's order, the first is *the* reason.

        At title and abstract one or none, at full text at least one. Asked even where no reason
        is needed: a digit pressed after the key for exclude must never exclude the next record
        unread.
        """

    def find(self, look: Callable[[], Found], then: Callable[[Found], None]) -> None:
        """Do what reads many records, where it does not stand in the way of keys."""

    def say(self, message: str) -> None:
        """Tell in one line what has just happened."""

    def turn(self) -> None:
        """Show the record that has come on the table, from its beginning."""

    def show_criteria(self) -> None:
        """Show the criteria of the phase."""

    def show_help(self) -> None:
        """Show what each key does."""

    def show_terms(self) -> None:
        """Show where the protocol's terms stand in the record, or stop showing it."""

    def scroll(self, pages: int) -> None:
        """Read on in the record, or go back in it when `pages` is negative."""

    def copy(self, address: str) -> None:
        """Leave an address that no window can show where the person can take it from."""

    def leave(self) -> None:
        """End the work; everything is on disk already."""
