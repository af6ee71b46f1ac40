"""What a value plainly is, whatever its field: a number, an address, a DOI, a date, yes or no.

By this a column is told that does not hold what its name says.
"""

from __future__ import annotations

import re
from enum import Enum

from scopingreview.formats.values.markup import value_in


class Plain(Enum):
    """What a value can plainly be."""

    ANSWER = "yes or no"
    NUMBER = "number"
    ADDRESS = "web or e-mail address"
    DOI = "DOI"
    ISSN = "ISSN"
    DATE = "date"
    DATABASE = "database"
    SENTENCE = "sentence"


LONGEST = 200  # characters; what is longer is text
ANSWERS = frozenset(
    re.findall(
        r"\w+",
        """yes no y n x true false maybe unclear include included exclude excluded pending done
    ja nein oui non si sí sim não nao""",
    )
)
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?%?")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+\.\w+", re.IGNORECASE)
DOI = re.compile(r"(?:doi:? ?|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE)
ISSN_WORD = r"(?:print|electronic|linking|online|issn|p|e|l)"
ISSN = re.compile(
    rf"(?:(?:{ISSN_WORD}?issn:? ?)?\d{{4}}-\d{{3}}[\dx](?: ?\({ISSN_WORD}\))?"
    r"(?:[;,\s]|and)*)+",
    re.IGNORECASE,
)
YEARS = re.compile(r"(?:1[89]|20)\d\d-(?:1[89]|20)\d\d")
DATE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T][\d:.Z+-]*)?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})"
)
SENTENCE = re.compile(r"[^\W\d]+(?:[\s,;:.\'()/-]+[^\W\d]+){4,}[.?!]?")

# By letters alone. The second are also names of journals or series, and count beside the first.
DATABASES = frozenset(
    re.findall(
        r"\w+",
        """pubmed medline ovidmedline medlineovid medlineviaovid medlineviapubmed pubmedmedline
    medlinepubmed ovid embase embaseovid
    ovidembase embasecom excerptamedica scopus elsevierscopus webofscience wos
    webofsciencecorecollection wosccorecollection isiwebofscience isiwebofknowledge
    webofknowledge clarivate cinahl cinahlplus cinahlcomplete cinahlebsco ebscocinahl ebsco
    ebscohost psycinfo apapsycinfo psycinfoovid psycinfoproquest psycarticles cochrane central
    cochranecentral cochranelibrarycentral cochranecentralregisterofcontrolledtrials proquest
    proquestcentral eric ericproquest ericebsco sociologicalabstracts socindex assia lilacs bvs
    bireme scielo googlescholar google scholar semanticscholar dimensions lens thelens lensorg
    openalex crossref ieee ieeexplore xplore acm acmdl acmdigitallibrary sciencedirect
    springerlink springer wiley wileyonlinelibrary taylorfrancis tandfonline sage jstor
    academicsearch academicsearchcomplete academicsearchpremier businesssourcecomplete
    globalhealth globalindexmedicus amed sportdiscus pedro epistemonikos prospero opengrey
    clinicaltrials clinicaltrialsgov ictrp whoictrp isrctn cnki wanfang vip sinomed cbm kci
    kmbase koreamed riss ichushi cinii jstage airiti europepmc pubmedcentral pmc agris agricola
    cababstracts cabi biosis zoologicalrecord compendex inspec engineeringvillage transportation
    trid greenfile econlit repec ssci sci handsearch handsearching handsearched manual
    manualsearch manualsearching snowballing snowball backwardsnowballing forwardsnowballing
    citationsearch citationsearching citationchasing citationtracking references referencelist
    referencelists bibliography greyliterature grayliterature other othersources website websites
    expert experts contactwithexperts databasesearch databasesearching
    ieeexploredigitallibrary""",
    )
)
ALSO_JOURNALS = frozenset(
    re.findall(
        r"\w+",
        """cochranelibrary thecochranelibrary cochranedatabaseofsystematicreviews medrxiv biorxiv
    arxiv psyarxiv ssrn researchsquare preprints proquestdissertationsandtheses
    proquestdissertationsthesesglobal proquestdissertationstheses pqdt
    elsevier mdpi frontiers""",
    )
)
PARTING = re.compile(r"\s*(?:[;,|+&/]|\band\b|\bvia\b|\bthrough\b|\s-\s|\n)\s*", re.IGNORECASE)
ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\d[\d./-]*")
TESTS = (
    (Plain.NUMBER, NUMBER),
    (Plain.DATE, DATE),
    (Plain.DOI, DOI),
    (Plain.ADDRESS, ADDRESS),
    (Plain.SENTENCE, SENTENCE),
)


def plainly(value: str) -> Plain | None:
    """What the value plainly is; None when it may be anything."""
    if len(value) > LONGEST:
        return Plain.SENTENCE
    text = " ".join(value.split())
    if text.casefold() in ANSWERS:
        return Plain.ANSWER
    if is_standard_number(text):
        return Plain.ISSN
    if is_database(text):
        return Plain.DATABASE
    return next((plain for plain, pattern in TESTS if pattern.fullmatch(text)), None)


def is_standard_number(text: str) -> bool:
    """Whether it is one ISSN or several and nothing else; `2019-2020` is two years."""
    return ISSN.fullmatch(text) is not None and YEARS.fullmatch(text) is None


def issue_in(text: str) -> str:
    """The issue; "" where the text is an ISSN."""
    value = value_in(text)
    return "" if len(value) >= len("1234-5678") and is_standard_number(value) else value


def is_database(text: str, *, or_journal: bool = False) -> bool:
    """Whether it names databases and nothing else, with dates or platforms in brackets or not.

    `or_journal` takes names that a journal may have too (`medRxiv`).
    """
    names = DATABASES | ALSO_JOURNALS if or_journal else DATABASES
    whole = _letters(text)
    if not whole or len(text) > 120:
        return False
    parts = [letters for part in PARTING.split(text) if (letters := _letters(part))]
    return whole in names or all(letters in names for letters in parts)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, ASIDE.sub("", text).casefold()))
