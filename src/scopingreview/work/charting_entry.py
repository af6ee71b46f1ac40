"""What somebody wants to chart, before anyone has looked whether it can be."""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview.model import Slot


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person wants to stand in a slot of a study, as they wrote it.

    None leaves what stands there: the value, or its page or quote. `anew`: a value that stands is
    charted again under the form as it is now, when it was charted under another.
    """

    study_id: str
    slot: Slot
    text: str | None
    page: str | None = None
    quote: str | None = None
    anew: bool = False
