"""DOI, PMID, ISSN and ISBN out of whatever stands in a field.

Each returns "" when there is none; what looks like one and is damaged is none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from scopingreview.scan import holds_any

DOI = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,9}/[^\s\"]+")
# One that nothing was hung on to: one slash, and letters or digits alone at its end.
BARE_DOI = re.compile(r"10\.\d{4,9}/[\w.()-]*[A-Za-z0-9]{4}", re.ASCII)
LABELLED_DOI = re.compile(
    r"(?:doi:? ?|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE
)
# `<3::AID-X>3.0.CO;2-L`: the part of an old DOI that says where in the issue the article stands.
SICI_PLACE = re.compile(r"<[^<>:]*:[^<>]*>\d")
# What leads to a page of the work and is no part of its DOI, at the end.
LANDING_PAGE = re.compile(
    r"(?:/(?:full|abstract|pdf|epdf|html|meta|fulltext|full-text|full-xml|pdfdirect))+/?(?:[?#].*)?$"
    r"|(?<=\d)v\d+\.(?:full|abstract|article-info)(?:[.-](?:pdf|text))?$",
    re.IGNORECASE,
)
# An address that follows a DOI without a blank: a whole one, or a host behind a digit or with a
# usual first name. It leaves something of the DOI: `10.31234/osf.io/abcde` is one.
COUNTRY_OR_KIND = (
    r"(?:com|org|net|edu|gov|int|info|eu|uk|us|au|ca|de|fr|nl|ch|at|be|it|es|se|no|dk|fi|jp|cn|br)"
)
GLUED_ADDRESS = re.compile(
    r"(?<=[^/])(?:https?:/|www\d?\.[\w-]+\."
    r"|(?:(?<=\d)|(?<=[)\]]))(?:[a-z][a-z-]*\.){1,4}" + COUNTRY_OR_KIND + r"(?:/|$)"
    r"|(?:journals?|link|onlinelibrary|academic|pubs|linkinghub|search|dx|doi)\."
    r"(?:[a-z][a-z-]*\.){0,3}" + COUNTRY_OR_KIND + r"/).*$",
    re.IGNORECASE,
)
NO_END = ".,;:)]}'>*"  # what a sentence leaves behind a DOI
OPENING = {")": "(", "]": "[", ">": "<"}
LABELLED_PMID = re.compile(
    r"\b(\d{4,9}) ?\[PMID\]|\b(?:PMID|PUBMED)\b[: ]*(\d{4,9})\b"
    r"|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d{4,9})\b",
    re.IGNORECASE,
)
SIGNS_OF_PMID = ("PMID", "ubmed", "ubMed", "PUBMED")  # one of them is there: searched first
PMID = re.compile(r"(?:MEDLINE:|PMID:?)?\s*(\d{4,9})(?:\.0)?", re.IGNORECASE)
ACCESSION = re.compile(r"\beid=(2-s2\.0-\d+)|[?&]AN=([^&\s]+)|\bAccession Number: ([\w.-]+\w)")
SIGNS_OF_ACCESSION = ("eid=", "AN=", "Accession")
ISSN = re.compile(r"(?<![\dXx])(?<!\d-)(\d{4})[-‐–]?(\d{3}[\dXx])(?![\dXx]|-\d)")
ISBN = re.compile(r"(?<!\d)(97[89](?:[- ]?\d){10})(?!\d)")


def doi_in(text: str) -> str:
    """The first DOI of the text, bare and in lower case."""
    if BARE_DOI.fullmatch(text) and "www" not in text:
        return text.lower()
    text = _unescaped(text)
    if "10." not in text:
        if "10%2" not in text.casefold():
            return ""
        text = unquote(text)
    if "%" in text:
        text = unquote(text)
    match = DOI.search(text)
    if not match:
        return ""
    is_address = text[: match.start()].endswith("doi.org/")
    return _trimmed(match[0].partition("?")[0] if is_address else match[0])


def doi_in_address(text: str) -> str:
    """The DOI that a web address leads to, without what the publisher hangs on to it."""
    if "10." not in text and "10%2" not in text:
        return ""
    match = DOI.search(unquote(_unescaped(text)))
    if not match:
        return ""
    return _trimmed(re.split(r"[?&]|#(?!$)|https?:", match[0])[0])


def doi_alone(text: str) -> str:
    """The DOI when it is all that the text says, with or without `doi:` before it.

    For notes, where a DOI among other words may be another work's.
    """
    match = LABELLED_DOI.fullmatch(text.strip())
    return _trimmed(match[1]) if match else ""


def _unescaped(text: str) -> str:
    """The text with `&lt;` and `&gt;` as characters: no other entity stands in a DOI."""
    return text.replace("&lt;", "<").replace("&gt;", ">") if "&" in text else text


def _trimmed(doi: str) -> str:
    if "<" in doi and not SICI_PLACE.search(doi):
        doi = doi.split("<")[0]
    # Most end in a number: no host and no page does.
    if doi.count("/") > 1 or "www" in doi or (doi[-2:].isalpha() and "." in doi[-4:-2]):
        bare = LANDING_PAGE.sub("", GLUED_ADDRESS.sub("", doi))
        doi = bare if "/" in bare else doi
    while doi and doi[-1] in NO_END and not _closes_bracket(doi):
        doi = doi[:-1]
    return doi.lower() if not doi.endswith("/") else ""


def _closes_bracket(doi: str) -> bool:
    """Whether the last character closes a bracket that the DOI itself opens."""
    opening = OPENING.get(doi[-1])
    return opening is not None and doi.count(doi[-1]) <= doi.count(opening)


def pmid_alone(text: str) -> str:
    """The PMID when it is all that the text says."""
    match = PMID.fullmatch(text.strip())
    return match[1] if match else ""


def labelled_pmid_in(text: str) -> str:
    """The PMID where the text says that it is one: `PMID: 1`, `1 [PMID]`, `PUBMED 1`."""
    if holds_any(text, SIGNS_OF_PMID):
        return _group_found(LABELLED_PMID.search(text))
    return ""


def accession_in(text: str) -> str:
    """The number by which Scopus or EBSCOhost know the record, from an address or a note."""
    if holds_any(text, SIGNS_OF_ACCESSION):
        return _group_found(ACCESSION.search(text))
    return ""


def _group_found(match: re.Match[str] | None) -> str:
    return next(filter(None, match.groups()), "") if match else ""


@lru_cache(maxsize=1 << 14)  # a journal brings the same ones again and again
def standard_numbers_in(text: str) -> str:
    """Every ISSN of the text, else every ISBN."""
    return "; ".join(issns_in(text) or isbns_in(text))


def issns_in(text: str) -> list[str]:
    """Every ISSN of the text as `1234-567X`, in order, each once."""
    return list(dict.fromkeys(f"{a}-{b.upper()}" for a, b in ISSN.findall(text)))


def isbns_in(text: str) -> list[str]:
    """Every 13-digit ISBN of the text as bare digits, in order, each once."""
    return list(dict.fromkeys(re.sub(r"\D", "", isbn) for isbn in ISBN.findall(text)))
