"""What a person sits down to, at the full screen or at a plain prompt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from scopingreview.model import Record
from scopingreview.work.keymap import Keymap
from scopingreview.work.pace import Sitting
from scopingreview.work.session import Session


def nothing_beside(_record: Record) -> Sequence[str]:
    """No lines beside the record."""
    return ()


@dataclass(frozen=True, slots=True)
class Work:
    """A person's session and sitting, their keys, and the clock.

    `beside` gives lines to show with a record: the votes in a conflict, the full text's place.
    """

    session: Session
    sitting: Sitting
    keys: Keymap
    now: Callable[[], datetime]
    beside: Callable[[Record], Sequence[str]] = nothing_beside
