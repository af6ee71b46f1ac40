"""Keys that come faster than the screen changes: each is given to what the one before it left.

A terminal hands over all that was typed since it was last read. Textual sends each key to what has
the focus at that moment, so that "e2" reached the record twice, and of "2189" some digits went to
a question that could not take them yet.
"""

from __future__ import annotations

from collections import deque

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key
from textual.message import Message

from scopingreview.workbench.dialogs import Question

LOOK_AGAIN_SECONDS = 0.005
TRIPS = 2  # up from where a key went: it, and what it set going there (Enter submits a line)
MOST_LOOKS = 400  # then a key that was never heard of again holds up no other


class Passed(Message):
    """Follows a key on its way up: when it is here, everything on the way has seen the key."""

    def __init__(self, trip: int) -> None:
        super().__init__()
        self.trip = trip


class KeysInTurn(App[None]):
    """Hands each key on when the last one has done its work and a question stands ready."""

    def __init__(self) -> None:
        super().__init__(ansi_color=True)
        self._typed: deque[Key] = deque()
        self._given_to: DOMNode | None = None
        self._looks = 0

    @property
    def keys_waiting(self) -> int:
        """How many keys were typed and not handed on yet."""
        return len(self._typed)

    async def on_event(self, event: Event) -> None:
        # Ctrl-C leaves whatever holds the others up; a forwarded key comes back from its way.
        if not isinstance(event, Key) or event.is_forwarded or event.key == "ctrl+c":
            await super().on_event(event)
            return
        self._typed.append(event)
        if len(self._typed) == 1:
            await self._hand_on()

    async def _hand_on(self) -> None:
        if self._is_waited_for():
            self._looks += 1
            self.set_timer(LOOK_AGAIN_SECONDS, self._hand_on)
            return
        self._looks = 0
        self._given_to = self.focused or self.screen
        await super().on_event(self._typed.popleft())
        self._given_to.post_message(Passed(1))
        if self._typed:
            self.set_timer(LOOK_AGAIN_SECONDS, self._hand_on)

    def _is_waited_for(self) -> bool:
        """Whether the last key is on its way still, or a question cannot be answered yet."""
        if self._looks >= MOST_LOOKS:
            return False
        on_its_way = self._given_to is not None and self._given_to.is_attached
        return on_its_way or (isinstance(self.screen, Question) and not self.screen.takes_keys)

    def on_passed(self, passed: Passed) -> None:
        if self._given_to is not None and passed.trip < TRIPS:
            self._given_to.post_message(Passed(passed.trip + 1))
        else:
            self._given_to = None
