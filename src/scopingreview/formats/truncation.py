"""The sizes at which databases cut an export off, so that a cut can be named.

The first four are the sizes that reviewers asked to be warned of; the others name their source.
A size that nobody can look up does not stand here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """How many records a platform puts into one file, and what helps."""

    platform: str
    pattern: re.Pattern[str]
    records: tuple[int, ...]
    advice: str


def _limit(platform: str, pattern: str, records: tuple[int, ...], advice: str) -> Limit:
    return Limit(platform, re.compile(pattern, re.IGNORECASE), records, advice)


LIMITS = (
    _limit(
        "Web of Science",
        r"web of science|\bwos\b|clarivate",
        (500, 1000),
        "Export the rest in batches (records 1001 to 2000 …) and add each file to this search.",
    ),
    _limit(
        "PubMed",
        r"pubmed|medline",
        (10_000,),
        "Split the search by year, or fetch it with EDirect, and add each file to this search.",
    ),
    _limit(
        "Scopus",
        r"scopus",
        (2_000, 20_000),
        "Ask Scopus for CSV (20,000 records), or split the search by year.",
    ),
    _limit(
        "EBSCOhost",
        r"ebsco|cinahl|psycinfo|academic search|eric",
        (50, 25_000),
        "Use the link at Share > E-mail a link to download exported results, not one page.",
    ),
    # University of Queensland Library, guide "Systematic review", page "Record"
    _limit("Ovid", r"ovid", (3_000,), "Export in batches (3001 to 6000 …) and add each file."),
    # "only the first 1,000 search results are visible": vignette of nealhaddaway/GSscraper
    _limit("Google Scholar", r"scholar", (1_000,), "Split the search: no more can be seen."),
)


def truncation_of(read: int, platforms: str) -> str:
    """What the number of records of one file suggests, and advice; "" when nothing.

    `platforms` is everything that names where the file comes from.
    """
    for limit in LIMITS:
        if read in limit.records and limit.pattern.search(platforms):
            return f"{limit.platform} puts {read:,} records into one file. {limit.advice}"
    return ""
