"""The keys that a person presses at the plain prompt, one at a time; a pasted text is none.

Keys typed ahead of their question count, in their order, where the terminal marks what is pasted.
Where it does not, nothing tells them from a pasted text: there what waits when a key is asked for
is dropped, and what comes at once is no key.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

END_OF_INPUT = "\x04"
PASTED = "a pasted text"  # in place of a key


class Keyboard(Protocol):
    """What a person types on while they sit at the prompt."""

    def key(self) -> str:
        """The next key, by its name where it has one; PASTED, END_OF_INPUT.

        Raises KeyboardInterrupt for Ctrl-C.
        """

    def drop_waiting(self) -> None:
        """What was typed ahead is gone: it was meant for something that did not happen."""

    def by_lines(self) -> AbstractContextManager[None]:
        """Meanwhile the system collects whole lines, and shows them as they are typed."""
