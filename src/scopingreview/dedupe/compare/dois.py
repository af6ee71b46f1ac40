"""What a DOI says besides its name: aliases, versions, preprint servers, Cochrane reviews."""

from __future__ import annotations

import re

# Publishers that moved their journals from one prefix to another and kept the rest of the DOI.
_SAME_PUBLISHER = re.compile(r"^10\.(?:1002|1111|1046|1034|1113|1600|1526|1525)/")

# Versions and parts of one object: /v2 (Research Square), .v2 (figshare), the F1000 family's
# last number, PLOS's tables and figures, supplements.
_VERSION = re.compile(
    r"(?:[/.]v\d+(?:\.full)?(?:\.pdf)?|\.(?:g|t|s)\d{3}|/(?:full|abstract|pdf|epdf|suppinfo))$"
)
LONGEST_VERSION = 14  # characters at the end of a DOI
_F1000 = re.compile(r"^(10\.(?:12688|15256|21956|3310|35241)/\w+\.\d+)\.\d+$")

# Behind the place in the issue, `<115::AID-X3>`, a DOI of the nineties says which copy it names:
# 3.0.CO;2-J is the printed one, 3.3.CO;2-A the electronic one.
_SICI_COPY = re.compile(r"(?<=>)\d\.\d\.[a-z]{2};\d-.$")

_PREPRINT_DOI = re.compile(
    r"^10\.(?:1101/\d|64898/|48550/arxiv|21203/rs|20944/preprints|2139/ssrn|31234/|31219/|31235/|"
    r"26434/chemrxiv|36227/techrxiv|2196/preprints|22541/au|33774/|32388/|31730/|35542/|14293/s2199)"
)
_PREPRINT_SERVER = re.compile(
    r"\b(?:medrxiv|biorxiv|arxiv|psyarxiv|chemrxiv|socarxiv|edarxiv|techrxiv|research square|"
    r"preprints?|ssrn|authorea)\b",
    re.I,
)
_COCHRANE_DOI = re.compile(r"^10\.1002/14651858\.(cd\d+|mr\d+)(?:\.pub(\d+))?")
_COCHRANE_PAGES = re.compile(r"^\s*(?:art(?:icle)?\W*no\W*)?(cd|mr)0*(\d{3,})", re.I)


def canonical_doi(doi: str) -> str:
    """The DOI of the object itself: known aliases and versions of one object become one.

    >>> canonical_doi("10.1111/abc.12"), canonical_doi("10.21203/rs.3.rs-1/v2")
    ('10.1002/abc.12', '10.21203/rs.3.rs-1')
    >>> canonical_doi("10.1002/(sici)1097(1999)50:2<115::aid-x3>3.0.co;2-j")
    '10.1002/(sici)1097(1999)50:2<115::aid-x3>'
    >>> canonical_doi("10.1002/14651858.cd001.pub2")
    '10.1002/14651858.cd001.pub2'
    """
    if not doi:
        return ""
    if ">" in doi:
        doi = _SICI_COPY.sub("", doi)
    version = _VERSION.search(doi, max(0, len(doi) - LONGEST_VERSION))
    bare = doi[: version.start()] if version else doi
    f1000 = _F1000.match(bare)
    return _SAME_PUBLISHER.sub("10.1002/", f1000[1] if f1000 else bare)


def is_preprint(doi: str, journal: str) -> bool:
    """Whether the DOI is a preprint server's, or the journal field names one."""
    if _PREPRINT_DOI.match(doi):
        return True
    return not doi and _PREPRINT_SERVER.search(journal) is not None


def cochrane_review(doi: str, pages: str) -> tuple[str, int]:
    """The number of the Cochrane review and its version; ("", 0) for anything else.

    The version is 0 when only the number is known.

    >>> cochrane_review("10.1002/14651858.cd001234.pub3", ""), cochrane_review("", "CD001234")
    (('cd1234', 3), ('cd1234', 0))
    """
    if found := _COCHRANE_DOI.match(doi):
        name = found[1][:2] + found[1][2:].lstrip("0")
        return name, int(found[2] or 1)
    if found := _COCHRANE_PAGES.match(pages):
        return found[1].lower() + found[2], 0
    return "", 0
