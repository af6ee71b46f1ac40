"""How a draft is published and indexed: authors, journal, pages, DOI, and who holds a record.

All names are invented; DOIs stand under 10.5555, a prefix for examples, and accession numbers
lie where the databases have not counted to yet.
"""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from invented.spelling import american, is_american
from invented.values import SOURCES, Author, Draft, Journal, Report, dice, words

REGIONS: list[dict[str, Any]] = words("people")["region"]
HOME_OF = {"Japanese": "Japan", "Korean": "South Korea", "Persian": "Iran", "Chinese": "China"}
FIRST_INDEXED = {"pubmed": 1970, "psycinfo": 1970, "embase": 1974, "cinahl": 1982, "wos": 1975}
LAST_MONTH = 9  # of 2022, for what other sources than PubMed found: they were searched in November
LAST_YEAR, SHARE_TOO_LATE = 2022, 0.5
SINGLE_AUTHOR = {"editorial", "opinion", "dissertation", "comment"}
SHORT = {"editorial": (1, 3), "comment": (1, 2), "erratum": (0, 0), "abstract": (1, 1)}
NO_DOI = {"editorial", "dissertation"}


def publish(draft: Draft) -> Report:
    """The draft as a published report that the databases hold."""
    rng = dice("published", draft.key)
    country = country_of(draft)
    if country == "United States":
        draft = in_american(draft)
    journal = journal_of(draft, country, rng)
    volume, issue = str(draft.year - journal.since + 1), draft.issue or str(rng.randint(1, 4))
    first_page, last_page, article = pages(draft, journal, rng)
    if draft.design == "abstract":
        issue = "Suppl 1"
    sources = sources_of(draft, journal, rng)
    return Report(
        draft=draft,
        authors=authors_of(draft, country),
        journal=journal,
        month=month_of(draft, issue, sources, rng),
        volume=volume,
        issue=issue,
        first_page=first_page,
        last_page=last_page,
        article_number=article,
        doi=doi_of(draft, journal, rng),
        sources=sources,
        accessions=accessions_of(draft, journal, rng),
    )


# ── authors ──────────────────────────────────────────────────────────────────────────────────


def country_of(draft: Draft) -> str:
    """Where a report comes from; language and spelling have a say."""
    home = draft.country or HOME_OF.get(draft.language, "")
    named = [region["country"] for region in REGIONS if region["adjective"] in draft.title]
    if home or named:
        return home or str(named[0])
    at_home = is_american(draft.title)
    open_to = [
        region
        for region in REGIONS
        if at_home in {None, region["country"] in {"United States", "Israel"}}
    ]
    weights = [region["weight"] for region in open_to]
    rng = dice("country", draft.team or draft.key)
    return str(rng.choices(open_to, weights)[0]["country"])


def in_american(draft: Draft) -> Draft:
    """The draft in American spelling throughout."""
    abstract = tuple((label, american(text)) for label, text in draft.abstract)
    words_used = tuple(american(word) for word in draft.keywords)
    return replace(draft, title=american(draft.title), abstract=abstract, keywords=words_used)


def authors_of(draft: Draft, country: str) -> tuple[Author, ...]:
    """One to seven authors, more in later years; a team writes all its reports together."""
    rng = dice("authors", draft.team or draft.key)
    region = next(region for region in REGIONS if region["country"] == country)
    fewest, most = (1, 3) if draft.year < 1990 else (2, 5) if draft.year < 2008 else (3, 7)
    wanted = 1 if draft.design in SINGLE_AUTHOR else rng.randint(fewest, most)
    return tuple(
        Author(family, rng.choice(region["given"]), country, rng.choice(region["places"]))
        for family in rng.sample(region["family"], min(wanted, len(region["family"])))
    )


# ── journals ─────────────────────────────────────────────────────────────────────────────────


def issn(number: int) -> str:
    """An ISSN with a valid check digit, from a block that is not in use."""
    digits = f"{9900000 + number * 37:07}"
    weighted = (int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True))
    check = -sum(weighted) % 11
    return f"{digits[:4]}-{digits[4:]}{'X' if check == 10 else check}"


def journals() -> list[Journal]:
    """The invented journals."""
    return [
        Journal(
            name=row["name"],
            short=row["short"],
            since=row["since"],
            fields=tuple(row["fields"]),
            publisher=row["publisher"],
            medline=row["medline"],
            articles=row.get("articles", False),
            countries=tuple(row.get("countries", ())),
            issn=issn(number),
        )
        for number, row in enumerate(words("journals")["journal"], start=1)
    ]


def journal_of(draft: Draft, country: str, rng: random.Random) -> Journal:
    """A journal that prints such reports, from such places, and existed in that year."""
    known = journals()
    if draft.journal:
        return next(journal for journal in known if journal.name == draft.journal)
    fitting = [
        journal
        for journal in known
        if journal.since <= draft.year
        and set(journal.fields) & set(draft.fields)
        and (not journal.countries or country in journal.countries)
        and (journal.medline or "pubmed" not in draft.sources)
    ]
    return rng.choice(fitting or [journal for journal in known if journal.since <= draft.year])


def pages(draft: Draft, journal: Journal, rng: random.Random) -> tuple[str, str, str]:
    """First page, last page and article number: either the pages or the number."""
    first = draft.first_page or rng.randint(1, 780)
    last = first + rng.randint(*SHORT.get(draft.design, (6, 17)))
    if draft.design == "abstract":
        return f"S{first}", f"S{last}", ""
    if journal.articles:
        return "", "", str(rng.randint(100, 989))
    return str(first), str(last), ""


# ── indexing ─────────────────────────────────────────────────────────────────────────────────


def sources_of(draft: Draft, journal: Journal, rng: random.Random) -> tuple[str, ...]:
    """The sources whose search found the report, in order of trust; at least one."""
    if draft.sources:
        return draft.sources
    if draft.year == LAST_YEAR and journal.medline and rng.random() < SHARE_TOO_LATE:
        return ("pubmed",)
    nursing = {"nursing", "social work", "carers", "oncology"} & set(journal.fields)
    mental = {"mental health", "trauma", "measurement", "social work"} & set(journal.fields)
    chance = {
        "pubmed": 0.5 if journal.medline else 0.0,
        "psycinfo": 0.45 if mental else 0.15,
        "embase": 0.32 if journal.medline else 0.06,
        "cinahl": 0.3 if nursing else 0.1,
        "wos": 0.26,
    }
    if draft.fate.phase == "included":
        chance = {name: min(0.95, share * 1.4) for name, share in chance.items()}
    held = [name for name in SOURCES if draft.year >= FIRST_INDEXED[name]]
    found = tuple(name for name in held if rng.random() < chance[name])
    return found or (rng.choice([name for name in held if chance[name]]),)


def month_of(draft: Draft, issue: str, sources: tuple[str, ...], rng: random.Random) -> int:
    """The month of the issue; late 2022 was indexed too late for all but PubMed's update."""
    month = min(12, 3 * int(issue) - rng.randint(0, 2)) if issue.isdigit() else LAST_MONTH
    if draft.year < LAST_YEAR:
        return month
    return max(month, LAST_MONTH + 1) if sources == ("pubmed",) else min(month, LAST_MONTH)


def accessions_of(draft: Draft, journal: Journal, rng: random.Random) -> dict[str, str]:
    """The accession number of the report in every source, beyond those given out so far."""
    serial = 10_000 + int(rng.random() * 89_999)
    step = (draft.year - 1970) * 100_000 + serial
    numbers = {
        "psycinfo": f"{draft.year}-{90000 + serial % 9999}-{1 + serial % 17:03}",
        "embase": f"L9{step:08}",
        "cinahl": f"9{step:08}",
        "wos": f"WOS:009{draft.year % 100:02}{serial:06}{serial % 23 + 1:04}",
    }
    medline = journal.medline or "pubmed" in draft.sources
    return numbers | ({"pubmed": f"9{step:07}"} if medline else {})


def doi_of(draft: Draft, journal: Journal, rng: random.Random) -> str:
    """A DOI under 10.5555; rarer the older the report, and never in the 1970s."""
    share = 0.0 if draft.year < 1980 else 0.45 if draft.year < 1998 else 0.95
    if draft.design in NO_DOI or draft.team == "parts" or rng.random() > share:
        return ""
    stem = "".join(word[0] for word in journal.name.lower().split() if word[0].isalpha())
    return f"10.5555/{stem}.{draft.year}.{rng.randint(1000, 9999)}"
