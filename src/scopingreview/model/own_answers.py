"""What people say of the items of a checklist: config/checklists.toml."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What people say of an item: `where` it stands in their text, and in their own `words`.

    `not_applicable` is why the item does not apply, "" where it does.
    """

    where: str = ""
    words: str = ""
    not_applicable: str = ""
