"""Records that are hard to tell apart, for properties of deduplication."""

import random
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from scopingreview.dedupe import Links
from scopingreview.model import Record

PEOPLE = ("Abara, N", "Solberg, I", "Solberg, J", "Solbergg, I", "Wei, G", "Kovač, A")
TITLES = (
    "Ferries and moss in the harbour of the islands",
    "Ferries and moss in the harbour of the islands: a cohort",
    "Ferries and moss in the harbors of the islands",
    "Ferries and moss in the harbour of the islands, part 2",
    "Moss",
    "Goats",
)
FIELDS: dict[str, tuple[Any, ...]] = {
    "title": TITLES,
    "year": (2001, 2002, 2008, None),
    "journal": ("Journal of Invention", "J Invent", "Islands", "medRxiv", ""),
    "volume": ("4", "5", ""),
    "issue": ("1", "4", ""),
    "pages": ("11-19", "11-9", "12-20", "11", "e11", "40-48", ""),
    "doi": ("10.5555/a", "10.5555/b", "10.1101/2001.01", "10.1002/14651858.CD001", "", ""),
    "pmid": ("77", "", "", ""),
}


@st.composite
def neighbours(draw: st.DrawFn) -> list[Record]:
    """Records that have much in common, and differ in a few fields each."""
    dice = random.Random(draw(st.integers(0, 1_000_000)))
    whole = {name: dice.choice(values) for name, values in FIELDS.items()}
    authors = tuple(dice.sample(PEOPLE, dice.randrange(0, 4)))
    records = []
    for number in range(6):
        changed = dice.sample(sorted(FIELDS), dice.randrange(0, 4))
        fields = whole | {name: dice.choice(FIELDS[name]) for name in changed}
        records.append(Record(f"a:{number}", source="a", authors=authors, **fields))
    other_people = tuple(dice.sample(PEOPLE, dice.randrange(0, 4)))
    return [*records, replace(records[0], record_id="a:x", authors=other_people)]


def groups_in(links: Links) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for link in links.duplicates:
        groups.setdefault(link.duplicate_of, {link.duplicate_of}).add(link.record_id)
    return {frozenset(group) for group in groups.values()}
