"""The sizes at which databases cut an export off, so that a cut can be named.

Sources: the help pages of each platform, as of 2025.
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
    _limit("Embase.com", r"embase", (10_000,), "Export in batches and add each file."),
    _limit("Ovid", r"ovid", (200, 500, 1_000, 2_000), "Export in batches and add each file."),
    _limit("ProQuest", r"proquest", (100, 500), "Export in batches and add each file."),
    _limit("Cochrane Library", r"cochrane|central", (2_000,), "Export in batches."),
    _limit("Dimensions", r"dimensions", (500, 2_500, 50_000), "Export in batches."),
    _limit("The Lens", r"\blens\b", (1_000, 50_000), "Sign in to export up to 50,000 records."),
    _limit("IEEE Xplore", r"ieee", (2_000,), "Export in batches."),
    _limit("Google Scholar", r"scholar", (1_000,), "Google Scholar shows no more than 1,000."),
)


def truncation_of(read: int, platforms: str) -> str:
    """What the number of records of one file suggests, and advice; "" when nothing.

    `platforms` is everything that names where the file comes from.
    """
    for limit in LIMITS:
        if read in limit.records and limit.pattern.search(platforms):
            return f"{limit.platform} puts {read:,} records into one file. {limit.advice}"
    return ""
