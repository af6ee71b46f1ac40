"""Setting the headings of a structured abstract apart from its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
# Before a colon a known word, or any words in capitals; without one, known words that begin with
# a capital before another that does ("METHODS We asked"), if the abstract has two of them.
_COLON = re.compile(rf"{_SENTENCE}(?P<heading>{_LIST}|[A-Z][A-Z ,/&()-]{{3,50}}):\s+")
_BARE = re.compile(rf"{_SENTENCE}(?P<heading>(?=[A-Z]){_LIST})(?:\s*[.–—-])?\s+(?=[A-Z])")
_ALONE = re.compile(rf"(?P<heading>{_LIST})[.:]?")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an abstract and the heading over it, "" for none."""

    heading: str
    text: str


def paragraphs(abstract: str) -> list[Paragraph]:
    """The abstract by its headings and its line ends; empty for no abstract."""
    lines = [line for line in map(str.strip, abstract.split("\n")) if line]
    bare = sum(len(_BARE.findall(line)) for line in lines) > 1
    found: list[Paragraph] = []
    heading = ""
    for line in lines:
        if alone := _ALONE.fullmatch(line):
            heading = alone["heading"]
            continue
        for paragraph in _of_line(line, _BARE if bare else None):
            found.append(Paragraph(paragraph.heading or heading, paragraph.text))
            heading = ""
    return found


def _of_line(line: str, bare: re.Pattern[str] | None) -> Iterator[Paragraph]:
    headings = list(_COLON.finditer(line))
    if not headings and bare:
        headings = list(bare.finditer(line))
    begin, heading = 0, ""
    for match in headings:
        if text := line[begin : match.start()].strip():
            yield Paragraph(heading, text)
        begin, heading = match.end(), match["heading"]
    if text := line[begin:].strip():
        yield Paragraph(heading, text)
