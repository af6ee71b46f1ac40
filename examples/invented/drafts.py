"""What was written: the included studies, the families of other reports, the hard cases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from invented import abstracts
from invented.values import Draft, Fate, Study, dice, words

FAMILIES = ("population", "workers", "full_text")
COLUMNS = ("year", "field", "design", "people", "place", "a", "title", "outcome", "language")
USUAL_WORDS = {
    "work strain": "job stress",
    "staff burn-out": "burnout",
    "vicarious traumatisation": "vicarious trauma",
}


def all_drafts() -> list[Draft]:
    """Every report of the review, included studies first."""
    included = list(included_studies())
    families = [family for name in FAMILIES for family in words(name)["family"]]
    others = [draft for family in families for draft in family_of(family)]
    return [*included, *others, *hard_cases(included)]


def keywords(outcome: str, *more: str) -> tuple[str, ...]:
    """Author keywords: the outcome in its usual form, and what else the report is about."""
    return (USUAL_WORDS.get(outcome, outcome), *(word for word in more if word))


def written(key: str, row: dict[str, Any], **about: Any) -> tuple[tuple[str, str], ...]:
    """The abstract of the report that a row of a word list describes."""
    rng = dice("abstract", key)
    filled = abstracts.slots(
        rng,
        people=row.get("people", "mental health workers"),
        place=row.get("place", "the services concerned"),
        outcome=row["outcome"],
        a=row.get("a", "the intervention"),
        year=row["year"],
    )
    return abstracts.abstract(row["design"], filled, rng, year=row["year"], **about)


def included_studies() -> Iterator[Draft]:
    """The studies that the review includes, as the word list tells them."""
    for number, row in enumerate(words("included")["study"], start=1):
        key = f"included-{number:02}"
        outcome = abstracts.outcome_named_in(row["title"], row["year"])
        yield Draft(
            key=key,
            title=row["title"],
            year=row["year"],
            design=row["design"],
            fate=Fate("included"),
            abstract=written(key, row | {"outcome": outcome}, what=row["what"]),
            keywords=keywords(outcome, row["people"], row["type"]),
            fields=("trauma", "mental health") if "trauma" in row["title"] else ("mental health",),
            study=Study(row["level"], row["type"], row["design"]),
        )


def family_of(family: dict[str, Any]) -> Iterator[Draft]:
    """The reports of one family: they end in the same place, for the same reason."""
    for number, cells in enumerate(family["rows"], start=1):
        row: dict[str, Any] = dict(zip_longest(COLUMNS, cells, fillvalue=""))
        named = abstracts.outcome_named_in(row["title"], row["year"])
        row["outcome"] = row["outcome"] or family.get("outcome", named)
        key = f"{family['name']}-{number:02}"
        yield Draft(
            key=key,
            title=row["title"],
            year=row["year"],
            design=row["design"],
            fate=Fate(*family["fate"]),
            abstract=written(
                key,
                row,
                delivered=family.get("delivered", True),
                background=family.get("background"),
            ),
            keywords=keywords(row["outcome"], row["people"], row["a"]),
            fields=(row["field"],),
            language=row["language"] or "English",
        )


def hard_cases(included: list[Draft]) -> Iterator[Draft]:
    """Reports that look like another one and are not: parts, errata, protocols, headings."""
    for row in words("hard")["report"]:
        of = next(
            (draft for draft in included if draft.title.startswith(row.get("of", "\0"))), None
        )
        title = row.get("title") or row.get("prefix", "") + (of.title if of else "")
        row.setdefault("outcome", abstracts.outcome_named_in(title, row["year"]))
        yield Draft(
            key=row["key"],
            title=title,
            year=row["year"],
            design=row["design"],
            fate=Fate(*row["fate"]),
            abstract=written(row["key"], row, background=row.get("background")),
            keywords=keywords(row["outcome"], row.get("people", "")),
            fields=of.fields if of else ("mental health",),
            original_title=row.get("original", ""),
            language=row.get("language", "English"),
            country=row.get("country", ""),
            team=of.key if of else row.get("team", ""),
            sources=tuple(row["sources"]),
            journal=row.get("journal", ""),
            issue=row.get("issue", ""),
            first_page=row.get("first_page", 0),
        )
