"""How a draft is published and indexed: authors, journal, pages, DOI, and who holds a record.

All names are invented; DOIs stand under 10.5555, a prefix for examples, and accession numbers
lie where the databases have not counted to yet.
"""

from __future__ import annotations

import random

from invented.values import SOURCES, Author, Draft, Journal, Report, dice, words

REGIONS = words("people")["region"]
LANGUAGE_COUNTRIES = {
    "Japanese": "Japan", "Korean": "South Korea", "Persian": "Iran", "Chinese": "China",
}  # fmt: skip
FIRST_INDEXED = {"pubmed": 1970, "psycinfo": 1970, "embase": 1974, "cinahl": 1982, "wos": 1975}
LAST_MONTH = 9  # of 2022, for what other sources than PubMed found: they were searched in November


def draw_country(rng: random.Random) -> str:
    """A country, by how much of this literature it writes."""
    return str(rng.choices(REGIONS, weights=[region["weight"] for region in REGIONS])[0]["country"])


def region_of(country: str) -> dict[str, list[str]]:
    """The names and places of a country."""
    return next(region for region in REGIONS if region["country"] == country)


def authors_of(draft: Draft) -> tuple[Author, ...]:
    """One to seven authors, more in later years; a team writes all its reports together."""
    rng = dice("authors", draft.team or draft.key)
    region = region_of(draft.country or draw_country(rng))
    most = 3 if draft.year < 1990 else 5 if draft.year < 2008 else 7
    wanted = (
        1
        if draft.design in {"editorial", "opinion", "dissertation", "comment"}
        else rng.randint(1, most)
    )
    families = rng.sample(region["family"], min(wanted, len(region["family"])))
    return tuple(
        Author(family, rng.choice(region["given"]), region["country"], rng.choice(region["places"]))
        for family in families
    )


# ── journals ─────────────────────────────────────────────────────────────────────────────────


def issn(number: int) -> str:
    """An ISSN with a valid check digit, from a block that is not in use."""
    digits = f"{9900000 + number * 37:07}"
    check = (
        -sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True))
        % 11
    )
    return f"{digits[:4]}-{digits[4:]}{'X' if check == 10 else check}"


def journals() -> list[Journal]:
    """The invented journals."""
    return [
        Journal(
            row["name"], row["short"], row["since"], tuple(row["fields"]), row["publisher"],
            row["medline"], row.get("articles", False), issn(number),
        )
        for number, row in enumerate(words("journals")["journal"], start=1)
    ]  # fmt: skip


def journal_of(draft: Draft, rng: random.Random) -> Journal:
    """A journal that prints such reports and existed in that year."""
    known = journals()
    if draft.journal:
        return next(journal for journal in known if journal.name == draft.journal)
    fitting = [
        journal for journal in known
        if journal.since <= draft.year and set(journal.fields) & set(draft.fields)
    ]  # fmt: skip
    wanted = "pubmed" in draft.sources
    fitting = [journal for journal in fitting if journal.medline or not wanted] or fitting
    return rng.choice(fitting or [journal for journal in known if journal.since <= draft.year])


# ── indexing ─────────────────────────────────────────────────────────────────────────────────


def sources_of(draft: Draft, journal: Journal, rng: random.Random) -> tuple[str, ...]:
    """The sources whose search found the report, in order of trust; at least one."""
    if draft.sources:
        return draft.sources
    nursing = {"nursing", "social work", "carers"} & set(journal.fields)
    mental = {"mental health", "trauma", "measurement", "social work"} & set(journal.fields)
    chance = {
        "pubmed": 0.50 if journal.medline else 0.0, "psycinfo": 0.42 if mental else 0.15,
        "embase": 0.30 if journal.medline else 0.06, "cinahl": 0.28 if nursing else 0.09,
        "wos": 0.26,
    }  # fmt: skip
    if draft.fate.phase == "included":
        chance = {name: min(0.95, share * 1.35) for name, share in chance.items()}
    held = [name for name in SOURCES if draft.year >= FIRST_INDEXED[name]]
    found = tuple(name for name in held if rng.random() < chance[name])
    return found or (rng.choice([name for name in held if chance[name]]),)


def accessions_of(draft: Draft, journal: Journal, rng: random.Random) -> dict[str, str]:
    """The accession number of the report in every source, beyond those given out so far."""
    serial = 10_000 + int(rng.random() * 89_999)
    step = (draft.year - 1970) * 100_000 + serial
    numbers = {
        "psycinfo": f"{draft.year}-{90000 + serial % 9999}-{1 + serial % 17:03}",
        "embase": f"L9{step:08}",
        "cinahl": f"9{step:08}",
        "wos": f"WOS:009{draft.year % 100:02}{serial:06}0000{serial % 23 + 1:02}"[:19],
    }
    medline = journal.medline or "pubmed" in draft.sources
    return numbers | ({"pubmed": f"9{step:07}"} if medline else {})


def doi_of(draft: Draft, journal: Journal, rng: random.Random, volume: str, page: str) -> str:
    """A DOI under 10.5555; rarer the older the report, and never in the 1970s."""
    share = 0.0 if draft.year < 1980 else 0.45 if draft.year < 1998 else 0.95
    if (
        draft.design in {"editorial", "dissertation"}
        or draft.team == "parts"
        or rng.random() > share
    ):
        return ""
    stem = "".join(word[0] for word in journal.name.lower().split() if word[0].isalpha())
    return f"10.5555/{stem}.{draft.year}.{volume}.{page}"


def publish(draft: Draft) -> Report:
    """The draft as a published report that the databases hold."""
    rng = dice("published", draft.key)
    journal = journal_of(draft, rng)
    volume = str(draft.year - journal.since + 1)
    issue = draft.issue or str(rng.randint(1, 4))
    first = draft.first_page or rng.randint(1, 780)
    length = 0 if draft.design in {"erratum", "abstract"} else rng.randint(1, 3) if draft.design in {
        "editorial", "comment"} else rng.randint(6, 17)  # fmt: skip
    article = f"{rng.randint(100, 989)}" if journal.articles else ""
    first_page, last_page = ("", "") if article else (str(first), str(first + length))
    if draft.design == "abstract":
        first_page, last_page, article, issue = f"S{first}", f"S{first}", "", "Suppl 1"
    month = min(12, 3 * int(issue) - rng.randint(0, 2)) if issue.isdigit() else 9
    sources = sources_of(draft, journal, rng)
    if draft.year == 2022:
        month = max(month, LAST_MONTH + 1) if sources == ("pubmed",) else min(month, LAST_MONTH)
    return Report(
        draft=draft,
        authors=authors_of(draft),
        journal=journal,
        month=month,
        volume=volume,
        issue=issue,
        first_page=first_page,
        last_page=last_page,
        article_number=article,
        doi=doi_of(draft, journal, rng, volume, article or first_page),
        sources=sources,
        accessions=accessions_of(draft, journal, rng),
    )
