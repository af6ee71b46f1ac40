"""What a record is (article, erratum, protocol …), from what the export and the title say.

The limits of a protocol ask for it (`flow.limits`), and people see it. Deduplication asks the
title alone, and reads notices and protocols out of it again (`dedupe.compare.titles`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# The numbers that trial registries give; one alone says what the record is.
REGISTRY_NUMBER = (
    r"^(?:nct|isrctn|actrn|drks|chictr|ctri/|euctr|jprn|umin|jrct|irct|kct|nl-omon|ntr|pactr|rbr-|slctr"
    r"|tctr|lbctr|rpcec|per-|ctis|phrr|itmctr)[\w/-]*\d{3}"
)
# In order: of several that a record claims to be, the first is what it is.
PATTERNS = (
    ("retraction", r"retract(?:ed|ion)|withdrawn|\bretr\b"),
    ("erratum", r"erratum|errata|corrigend|correction|correct(?:ed|ing) and republished"),
    ("protocol", r"protocol"),
    ("trial registration", r"trial regist|clinical ?trials?\.gov|^ctgov|ictrp|" + REGISTRY_NUMBER),
    ("preprint", r"preprint|posted.content|unpublished|^unpb$|working paper"),
    ("conference abstract", r"(?:conference|meeting|congress) abstract|^abst$|poster"),
    ("thesis", r"thes[ie]s|dissertation|^thes$|masterthesis"),
    ("book chapter", r"chapter|^chap$|book section|^incollection$|^inbook$|booksection"),
    ("conference paper", r"conference|proceeding|^conf$|^cpaper$|inproceedings"),
    ("review", r"review|meta-?analysis"),
    ("editorial", r"editorial"),
    ("letter", r"letter|correspondence|^comment|\bnote\b"),
    ("report", r"^rprt$|report\b(?! - )|techreport|government document|guideline"),
    ("dataset", r"^data$|dataset|^ctlg$"),
    ("book", r"^book$|^ebook$|^edbook$|^whole book|^books?\b|monograph|authored book|edited book"),
    ("patent", r"^pat$|patent"),
    ("web page", r"^elec$|web ?page|web ?site|^blog$|^icomm$"),
    ("article", r"article|journal|^jour$|^ejour$|^jfull$|^mgzn$|^inpr$|^j$|magazine|trial|study"),
)  # fmt: skip
COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)
LONGEST = 200  # characters: a type that is longer is none, and a text of any length is not kept
NOT_A_REVIEW = re.compile(r"peer.?review|book review|reviewed")

TITLE = re.compile(
    r"(?P<retraction>\[?retract(?:ed|ion)\b(?: article| note| notice)?\s*[:\]]"
    r"|retraction (?:note|notice)\b|retraction of\s*[:\"\u201c\u2018']|\[?withdrawn\s*[:\]])"
    r"|(?P<erratum>(?:author |publisher )?correction\s*(?:to\b|:)"
    r"|corrigend(?:um|a)\b|errat(?:um|a)\b)",
    re.IGNORECASE,
)
PROTOCOL_TITLE = re.compile(
    r"\b(?:study|trial|review|research|design|rationale) protocol\b"
    r"|\bprotocol (?:for|of) (?:an?|the)\b|: (?:an? )?(?:[\w-]+ ){0,6}protocol\.?$|^protocol\b",
    re.IGNORECASE,
)


def kind_of(claims: Iterable[str], title: str) -> str:
    """The kind that the export's type fields and the title add up to; "" when nothing says."""
    if match := TITLE.match(title):
        return str(match.lastgroup)
    kind = _kind_claimed(tuple(claim[:LONGEST] for claim in claims))
    if kind in ("article", "review", "") and "rotocol" in title and PROTOCOL_TITLE.search(title):
        return "protocol"
    return kind


@lru_cache(maxsize=1 << 12)  # a search has a few dozen of them
def _kind_claimed(claims: tuple[str, ...]) -> str:
    texts = [NOT_A_REVIEW.sub("", claim.casefold().strip()) for claim in claims]
    return next((kind for kind, pattern in COMPILED if any(map(pattern.search, texts))), "")
