"""Which database a layout is the dialect of, and whether a file is of another than its source.

Databases that exist on one platform only say by their dialect which they are. Platforms (Ovid,
EBSCOhost, ProQuest) carry many databases, but none of those. Reference managers say nothing: a
file from them may hold anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set


def _named(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{pattern})(?![a-z])")


# What names a database, in a layout and in what people call a source.
DATABASES: Mapping[str, re.Pattern[str]] = {
    "PubMed": _named("pubmed|pub med"),
    "MEDLINE": _named("medline"),
    "Scopus": _named("scopus"),
    "Web of Science": _named("web of (?:science|knowledge)|wos|wos core collection"),
    "The Lens": _named(r"(?:the )?lens(?:\.org)?"),
    "Embase": _named(r"embase(?:\.com)?"),
    "CINAHL": _named("cinahl"),
    "PsycINFO": _named("(?:apa )?psycinfo"),
    "ERIC": _named("eric"),
    "IEEE Xplore": _named("ieee(?: ?xplore)?"),
    "Dimensions": _named("dimensions"),
    "OpenAlex": _named("openalex"),
    "Google Scholar": _named("google ?scholar|publish or perish"),
    "Cochrane Library": _named("cochrane(?: library)?|central"),
    "ClinicalTrials.gov": _named(r"clinical ?trials(?:\.gov)?"),
    "WHO ICTRP": _named("ictrp"),
    "Europe PMC": _named("europe ?pmc"),
    "SpringerLink": _named("springer ?link"),
}
# What carries other databases, and which of those above. One that is not above it may carry.
PLATFORMS: Mapping[str, frozenset[str]] = {
    "Ovid": frozenset(
        {"MEDLINE", "Embase", "PsycINFO", "CINAHL", "ERIC", "Cochrane Library"},
    ),
    "EBSCOhost": frozenset({"MEDLINE", "PsycINFO", "CINAHL", "ERIC", "Cochrane Library"}),
    "ProQuest": frozenset({"MEDLINE", "Embase", "PsycINFO", "ERIC"}),
    "PubMed": frozenset({"MEDLINE", "ERIC"}),  # ERIC writes .nbib, too
    "Web of Science": frozenset({"MEDLINE"}),
    "Europe PMC": frozenset({"MEDLINE"}),
}
BY_MANAGER = "by EndNote"  # a reference manager's file of whatever was in it


def foreign_database(layouts: Iterable[str], source: Iterable[str]) -> str:
    """The layout among these that the source cannot have written; "" when there is none.

    `source` is everything the source is called: its name, its label, its platform. One that is
    called like no database that is known here may be anything.
    """
    called = " ".join(source).casefold().replace("-", " ").replace("_", " ")
    wanted = {name for name, pattern in DATABASES.items() if pattern.search(called)}
    if not wanted:
        return ""
    return next((name for name in layouts if _is_foreign(name, wanted, called)), "")


def _is_foreign(layout: str, wanted: Set[str], called: str) -> bool:
    if layout.endswith(BY_MANAGER):
        return False
    folded = layout.casefold()
    named = {name for name, pattern in DATABASES.items() if pattern.search(folded)}
    platforms = {name for name in PLATFORMS if name.casefold() in folded}
    if named & wanted or any(name.casefold() in called for name in platforms - named):
        return False
    if named and not named & platforms:
        return True
    return bool(platforms) and not any(PLATFORMS[name] & wanted for name in platforms)
