"""What was written: the included studies, the families of other reports, the hard cases."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from typing import Any

from invented import abstracts
from invented.values import Draft, Fate, Study, dice, words

OTHERS = words("others")
FIRST_YEAR, LAST_YEAR = 1970, 2022
KEYWORDS = {
    "work strain": "job stress", "staff burn-out": "burnout", "vicarious traumatisation": "vicarious trauma",
}  # fmt: skip

Choice = dict[str, Any]


def all_drafts() -> list[Draft]:
    """Every report of the review, included studies first."""
    included = list(included_studies())
    others = [draft for family in OTHERS["family"] for draft in family_of(family)]
    return [*included, *others, *hard_cases(included)]


def keywords(outcome: str, *more: str) -> tuple[str, ...]:
    """Author keywords: the outcome in its usual form, and what else the report is about."""
    return (KEYWORDS.get(outcome, outcome), *(word for word in more if word))


# ── included ─────────────────────────────────────────────────────────────────────────────────


def included_studies() -> Iterator[Draft]:
    """The studies that the review includes, as the word list tells them."""
    for number, row in enumerate(words("included")["study"], start=1):
        key = f"included-{number:02}"
        outcome = abstracts.outcome_named_in(row["title"], row["year"])
        rng = dice("abstract", key)
        filled = abstracts.slots(
            rng, people=row["people"], place=row["place"], outcome=outcome, a=row["a"],
            year=row["year"],
        )  # fmt: skip
        yield Draft(
            key=key,
            title=row["title"],
            year=row["year"],
            design=row["design"],
            fate=Fate("included"),
            abstract=abstracts.abstract(
                row["design"], filled, rng, year=row["year"], what=row["what"]
            ),
            keywords=keywords(outcome, row["people"], row["type"]),
            fields=("trauma", "mental health") if "trauma" in row["title"] else ("mental health",),
            study=Study(row["level"], row["type"], row["design"]),
            country=row.get("country", ""),
        )


# ── families ─────────────────────────────────────────────────────────────────────────────────


def draw_year(rng: random.Random, since: int) -> int:
    """A year of publication: the literature doubles about every nine years."""
    first = max(since, FIRST_YEAR + 2)
    years = range(first, LAST_YEAR + 1)
    return rng.choices(years, weights=[2 ** ((year - first) / 9) for year in years])[0]


def choices(family: Choice, number: int) -> Choice:
    """Who, what and when for one report of a family, so that all of it fits one year."""
    rng = dice("family", family["name"], number)
    people, place, field = pick(family["people"], family["name"], "people", number)
    a, since = pick(
        family.get("interventions", OTHERS["interventions"]["general"]),
        family["name"], "intervention", number,
    )  # fmt: skip
    topic, topic_since = pick(family.get("topics", [["", 1970]]), family["name"], "topic", number)
    design = rng.choice(family["design"])
    if design == "rct":
        since = max(since, 1985)
    year = draw_year(rng, max(since, topic_since))
    outcomes = family.get("outcomes") or abstracts.outcomes_of(year)
    return {
        "people": people, "place": place, "field": field, "a": a, "topic": topic, "year": year,
        "design": design, "outcome": rng.choice(outcomes),
    }  # fmt: skip


def pick(values: list[Any], *name: object) -> Any:
    """The value for the numbered report: every value once, in a drawn order, before any twice."""
    *series, number = name
    order = list(range(len(values)))
    round_number, place = divmod(int(str(number)), len(values))
    dice(*series, round_number).shuffle(order)
    return values[order[place]]


def titles_of(family: Choice, design: str) -> list[str]:
    """The title templates of a family for one design."""
    by_design: dict[str, list[str]] = family.get("titles_by_design", {})
    return by_design.get(design) or family["titles"]


def family_of(family: Choice) -> Iterator[Draft]:
    """The reports of one family; no two of them have the same title."""
    seen: set[str] = set()
    for number in range(family["count"]):
        chosen = choices(family, number)
        country = author_country(family, number)
        for attempt in itertools.count():
            template = pick(
                titles_of(family, chosen["design"]), family["name"], "title", number + attempt
            )
            title = fill_title(template, chosen | {"country": country})
            if title.lower() not in seen:
                break
        seen.add(title.lower())
        yield family_draft(family, number, chosen, title, country)


def author_country(family: Choice, number: int) -> str:
    """Where a report of a family comes from; the language decides when it is not English."""
    from invented.publishing import LANGUAGE_COUNTRIES, draw_country

    if "languages" in family:
        return LANGUAGE_COUNTRIES[pick(family["languages"], family["name"], "language", number)]
    return draw_country(dice("country", family["name"], number))


def fill_title(template: str, chosen: Choice) -> str:
    """The title with its slots filled; {country} carries an article where it needs one."""
    country = {"United Kingdom": "the United Kingdom", "United States": "the United States",
               "Netherlands": "the Netherlands"}.get(chosen["country"], chosen["country"])  # fmt: skip
    names = {name: str(value) for name, value in chosen.items()} | {"country": country}
    capitals = {abstracts.capital(name): abstracts.capital(text) for name, text in names.items()}
    title = template.format_map(names | capitals)
    return abstracts.capital(title)


def family_draft(family: Choice, number: int, chosen: Choice, title: str, country: str) -> Draft:
    """One report of a family with its abstract."""
    key = f"{family['name'].replace(',', '').replace(' ', '-')}-{number + 1:02}"
    rng = dice("abstract", key)
    filled = abstracts.slots(
        rng, people=chosen["people"], place=chosen["place"], outcome=chosen["outcome"],
        a=chosen["a"], year=chosen["year"], topic=chosen["topic"],
    )  # fmt: skip
    language = (
        pick(family["languages"], family["name"], "language", number)
        if "languages" in family
        else "English"
    )
    return Draft(
        key=key,
        title=title,
        year=chosen["year"],
        design=chosen["design"],
        fate=Fate(*family["fate"]),
        abstract=abstracts.abstract(
            chosen["design"],
            filled,
            rng,
            year=chosen["year"],
            background=family.get("background"),
            delivered=family.get("delivered", True),
        ),
        keywords=keywords(chosen["outcome"], chosen["people"], chosen["topic"]),
        fields=(chosen["field"],),
        language=language,
        country=country,
    )


# ── hard cases ───────────────────────────────────────────────────────────────────────────────


def hard_cases(included: list[Draft]) -> Iterator[Draft]:
    """Reports that look like another one and are not: parts, errata, protocols, headings."""
    for row in words("hard")["report"]:
        of = next(
            (draft for draft in included if draft.title.startswith(row.get("of", "\0"))), None
        )
        title = row.get("title") or row.get("prefix", "") + (of.title if of else "")
        outcome = abstracts.outcome_named_in(title, row["year"])
        people, place = row.get("people", ["mental health workers", "the services concerned"])
        rng = dice("abstract", row["key"])
        filled = abstracts.slots(
            rng, people=people, place=place, outcome=outcome, year=row["year"],
            a=row.get("a", "the intervention"),
        )  # fmt: skip
        design = {"dissertation": "rct"}.get(row["design"], row["design"])
        yield Draft(
            key=row["key"],
            title=title,
            year=row["year"],
            design=row["design"],
            fate=Fate(*row["fate"]),
            abstract=abstracts.abstract(design, filled, rng, year=row["year"]),
            keywords=keywords(outcome, people),
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
