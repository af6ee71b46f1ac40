"""Setting the headings of a structured abstract apart from its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

_WORDS = (
    "Background|Context|Rationale|Introduction|Purpose|Aims?|Objectives?|Goals?|Hypothes[ie]s|"
    "Research questions?|Questions?|Importance|Significance|Problem|Design|Study design|"
    "Settings?|Population|Participants|Patients|Subjects|Samples?|Data sources?|Sources|"
    "Study selection|Data extraction|Search strategy|Eligibility criteria|Interventions?|"
    "Exposures?|Measures?|Measurements?|Main outcome measures?|Outcomes?|Materials?|Methods?|"
    "Methodology|Approach|Design/methodology/approach|Procedures?|Analysis|"
    "Statistical analysis|Results?|Main results?|Findings?|Discussion|Strengths?|Limitations?|"
    "Conclusions?|Interpretation|Implications?|Relevance|Clinical relevance|Originality/value|"
    "Practical implications|Research limitations/implications|Value|Trial registration|"
    "Registration|Funding"
)
_LIST = rf"(?i:{_WORDS})(?:(?:,? (?:and|&)|[,/]) ?(?i:{_WORDS}))*"
_SENTENCE = r"(?:^|(?<=[.?!)\]%])\s+)"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How headings are told from text.

    `colon`: a known word, or any words in capitals, before a colon. `bare`: known words that begin
    with a capital, before another word that does ("METHODS We asked"). `alone`: a line of its own.
    """

    colon: re.Pattern[str]
    bare: re.Pattern[str]
    alone: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    heading = rf"(?P<heading>{_LIST})"
    return _Patterns(
        colon=re.compile(rf"{_SENTENCE}(?P<heading>{_LIST}|[A-Z][A-Z ,/&()-]{{3,50}}):\s+"),
        bare=re.compile(rf"{_SENTENCE}(?=[A-Z]){heading}(?:\s*[.–—-])?\s+(?=[A-Z])"),
        alone=re.compile(rf"{heading}[.:]?"),
    )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an abstract and the heading over it, "" for none."""

    heading: str
    text: str


def paragraphs(abstract: str) -> list[Paragraph]:
    """The abstract by its headings and its line ends; empty for no abstract.

    Headings without a colon count when the abstract has two of them.
    """
    patterns = _patterns()
    lines = [line for line in map(str.strip, abstract.split("\n")) if line]
    bare = sum(len(patterns.bare.findall(line)) for line in lines) > 1
    found: list[Paragraph] = []
    heading = ""
    for line in lines:
        if alone := patterns.alone.fullmatch(line):
            heading = alone["heading"]
            continue
        headings = list(patterns.colon.finditer(line))
        if not headings and bare:
            headings = list(patterns.bare.finditer(line))
        for paragraph in _cut(line, headings):
            found.append(Paragraph(paragraph.heading or heading, paragraph.text))
            heading = ""
    return found


def _cut(line: str, headings: Iterable[re.Match[str]]) -> Iterator[Paragraph]:
    begin, heading = 0, ""
    for match in headings:
        if text := line[begin : match.start()].strip():
            yield Paragraph(heading, text)
        begin, heading = match.end(), match["heading"]
    if text := line[begin:].strip():
        yield Paragraph(heading, text)
