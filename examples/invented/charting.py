"""What the two reviewers charted of the included studies, and what the adjudicator settled.

A truth for every study stands in words/charting.toml and in the abstract that was drawn for it;
the charters overlook or misread some of it, never both the same, and the adjudicator finds it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from invented.screening import ADJUDICATOR, REVIEWERS, next_session, passed, record_id
from invented.values import Report, dice, words

STARTS = {
    ("pilot", "ab"): datetime(2023, 9, 4, 9, 5),
    ("pilot", "cd"): datetime(2023, 9, 5, 13, 40),
    ("rest", "ab"): datetime(2023, 9, 11, 8, 35),
    ("rest", "cd"): datetime(2023, 9, 12, 13, 10),
    ("consensus", ADJUDICATOR): datetime(2023, 10, 9, 9, 0),
}
PILOT = 3  # studies, as the protocol says
A_SITTING = (5, 9)  # studies
READING, FILLING_IN, SETTLING = (240, 900), (12, 70), (60, 260)  # seconds
CODES = {
    "Australia": "AUS",
    "Brazil": "BRA",
    "Canada": "CAN",
    "China": "CHN",
    "Germany": "DEU",
    "India": "IND",
    "Iran": "IRN",
    "Israel": "ISR",
    "Italy": "ITA",
    "Japan": "JPN",
    "Netherlands": "NLD",
    "South Korea": "KOR",
    "Spain": "ESP",
    "Sweden": "SWE",
    "United Kingdom": "GBR",
    "United States": "USA",
}
OPTIONS = {
    "level": ("individual", "team", "organisation"),
    "kind": (
        *("skills", "mindfulness", "activity", "education", "supervision", "support"),
        *("debriefing", "leadership", "work"),
    ),
    "design": ("rct", "controlled", "pre_post", "mixed", "qualitative", "case"),
    "population": ("nurses", "therapists", "counsellors", "social", "psychiatrists", "support"),
    "theory": ("coping", "demands", "trauma", "mindfulness", "cognitive", "group", "systems"),
    "outcome": ("burnout", "fatigue", "trauma", "vicarious"),
    "finding": ("better", "mixed", "same", "told"),
}
SEVERAL = ("level", "kind", "population", "outcome")
DESIGNS = {"pre-post": "pre_post", "quasi": "controlled"}
NAMED_IN_TEXT = {
    "burnout": r"burn-?\s?out|exhaustion|staff strain",
    "fatigue": r"compassion fatigue",
    "trauma": r"secondary traumatic stress",
    "vicarious": r"vicarious traumati[sz]ation|vicarious trauma\b",
}
SAMPLES = (
    r"[Aa] total of (\d+)",
    r"\(n = (\d+)\)",
    r"; n = (\d+)\)",
    r"total n = (\d+)\)",
    r"[Ww]e randomised (\d+)",
    r"\((\d+) participants in all\)",
    r"\b(\d+) participants were assessed",
    r"with (\d+) members of staff",
    r"comparison, (\d+) ",
    r"interviews with (\d+) ",
    r"and (\d+) interviews were",
    r"\b(Nine|Eleven|Fourteen|Eighteen) participants",
)
FOLLOW_UPS = (
    r"at (\d+) months",
    r"(\d+) months later",
    r"after (\d+) months",
    r"(\d+) months after",
    r"(\d+)-month follow-up",
    r"(\d+) months apart",
    r"over (\d+) months",
    r"(\d+) months of meetings",
)
IN_DIGITS = {"Nine": "9", "Eleven": "11", "Fourteen": "14", "Eighteen": "18"}
FINDINGS = {
    "told": r"Attendance remained high|Participants described|themes emerged",
    "same": r"No difference between|No significant change",
    "mixed": r"no longer significant|appeared at follow-up|two of three scales|attended regularly",
}
NOT_REPORTED = "not reported"
SLIPS = {
    "level": 0.11,
    "kind": 0.14,
    "design": 0.05,
    "population": 0.08,
    "sample": 0.05,
    "follow_up": 0.06,
    "theory": 0.1,
    "outcome": 0.05,
    "finding": 0.06,
}
CHANGED = 0.012  # share of the cells that a charter wrote twice
COMMENTS = (
    "numbers differ between abstract and table",
    "ask for the protocol",
    "control group was offered the same later",
    "follow up the reference list",
)
COMMENTED = 0.08


@dataclass(frozen=True, slots=True)
class Charted:
    """One line of a charted file."""

    report: Report
    field: str
    value: str
    quote: str = ""
    page: str = ""
    at: datetime = datetime.min


def charted_reports(reports: list[Report]) -> list[Report]:
    """The included studies in the order in which their records were imported."""
    full_texts = passed(reports, "full-text")
    return [report for report in full_texts if report.draft.fate.phase == "included"]


# ── what there is to find ────────────────────────────────────────────────────────────────────


def truth(report: Report) -> dict[str, Charted]:
    """What there is to chart of the study, by field: the value, and the words that say so."""
    row = words("charting")["rows"][int(report.key.removeprefix("included-")) - 1]
    levels, kinds, population, theory = row
    text = " ".join(part for _, part in report.draft.abstract)
    sample, follow_up = first_number(text, SAMPLES), first_number(text, FOLLOW_UPS)
    finding = next((key for key, says in FINDINGS.items() if re.search(says, text)), "better")
    design = report.draft.design
    values: dict[str, Any] = {
        "level": in_order("level", levels),
        "kind": in_order("kind", kinds),
        "design": DESIGNS.get(design, design),
        "country": CODES[report.authors[0].country],
        "population": in_order("population", population),
        "sample": sample[0] or NOT_REPORTED,
        "follow_up": follow_up[0] or NOT_REPORTED,
        "theory": theory or NOT_REPORTED,
        "outcome": ";".join(outcomes(f"{report.draft.title}. {text}")),
        "finding": finding if text else "unclear",
    }
    quotes = {
        "sample": sentence_with(text, sample[1]),
        "follow_up": sentence_with(text, follow_up[1]),
        "kind": report_of_intervention(text),
        "finding": next(
            (sentence_with(text, says) for says in FINDINGS.values() if re.search(says, text)), ""
        ),
    }
    return {
        key: Charted(report, key, value, quotes.get(key, ""), page(report, key))
        for key, value in values.items()
    }


def first_number(text: str, patterns: tuple[str, ...]) -> tuple[str, str]:
    """The number that the first fitting pattern finds, and that pattern."""
    for pattern in patterns:
        if found := re.search(pattern, text):
            return IN_DIGITS.get(found[1], found[1]), pattern
    return "", "(?!)"


def outcomes(text: str) -> list[str]:
    """The kinds of stress that title and abstract name."""
    return [key for key, says in NAMED_IN_TEXT.items() if re.search(says, text, re.IGNORECASE)]


def sentence_with(text: str, pattern: str) -> str:
    """The sentence in which the pattern is found."""
    sentences = re.split(r"(?<=[.?!]) (?=[A-Z])", text)
    return next((each for each in sentences if re.search(pattern, each)), "")


def report_of_intervention(text: str) -> str:
    """The sentence that tells what was offered: the one before the sample."""
    sentences = re.split(r"(?<=[.?!]) (?=[A-Z])", text)
    for before, after in pairwise(sentences):
        if any(re.search(pattern, after) for pattern in SAMPLES):
            return before
    return ""


def page(report: Report, field: str) -> str:
    """The page on which a charter found it."""
    if not report.first_page.isdigit():
        return str(dice("page", report.key, field).randint(1, 9))
    last = int(report.last_page or report.first_page)
    return str(dice("page", report.key, field).randint(int(report.first_page), last))


def in_order(field: str, keys: list[str]) -> str:
    """The options in the order of the form, joined as its cells join them."""
    return ";".join(sorted(keys, key=OPTIONS[field].index))


# ── what they chart ──────────────────────────────────────────────────────────────────────────


def misread(field: str, value: str, rng: random.Random) -> str:
    """Another value that somebody in a hurry may take for it."""
    if field in ("sample", "follow_up"):
        return NOT_REPORTED if not value.isdigit() else str(max(1, int(value) - rng.randint(1, 9)))
    others = [option for option in OPTIONS[field] if option not in value.split(";")]
    if field not in SEVERAL:
        return rng.choice([*others, NOT_REPORTED]) if field == "theory" else rng.choice(others)
    keys = value.split(";")
    if len(keys) > 1 and rng.random() < 0.6:
        keys.remove(rng.choice(keys))
        return ";".join(keys)
    return in_order(field, [*keys, rng.choice(others)])


def said(report: Report, cell: Charted) -> dict[str, Charted]:
    """What both charters put into the cell: one of them at most is wrong."""
    by_charter = dict.fromkeys(REVIEWERS, cell)
    rng = dice("charted", report.key, cell.field)
    wrong = rng.random() < SLIPS.get(cell.field, 0)
    if wrong and cell.value:
        charter = rng.choice(REVIEWERS)
        other = misread(cell.field, cell.value, rng)
        if other != cell.value:
            by_charter[charter] = replace(cell, value=other, quote="")
    return by_charter


def charter_rows(reports: list[Report], charter: str) -> list[Charted]:
    """A charter's whole file: the pilot's studies, then the others in an order of their own."""
    studies = charted_reports(reports)
    pilot, rest = studies[:PILOT], studies[PILOT:]
    if charter == "cd":
        dice("charting order", charter).shuffle(rest)
    return [
        *timed(pilot, charter, STARTS["pilot", charter]),
        *timed(rest, charter, STARTS["rest", charter]),
    ]


def timed(studies: list[Report], charter: str, start: datetime) -> Iterator[Charted]:
    """The cells of these studies with the moments they were written."""
    rng = dice("charting clock", charter, start)
    now, left = start, rng.randint(*A_SITTING)
    for report in studies:
        if left == 0:
            now, left = next_session(now, rng), rng.randint(*A_SITTING)
        now += timedelta(seconds=rng.randint(*READING))
        for cell in cells_of(report, charter, rng):
            now += timedelta(seconds=rng.randint(*FILLING_IN))
            yield replace(cell, at=now)
        left -= 1


def cells_of(report: Report, charter: str, rng: random.Random) -> Iterator[Charted]:
    """What the charter writes of one study, line by line; a few cells are written twice."""
    for field, cell in truth(report).items():
        mine = said(report, cell)[charter]
        if field in SEVERAL and rng.random() < CHANGED * 4:
            yield replace(mine, value=misread(field, mine.value, rng), quote="")
        yield replace(mine, quote=mine.quote if rng.random() < 0.7 else "")
    if rng.random() < COMMENTED and charter == REVIEWERS[0]:
        yield Charted(report, "comment", rng.choice(COMMENTS))


def settled_rows(reports: list[Report]) -> list[Charted]:
    """The adjudicator's file: a line for every cell in which the charters differ."""
    rng = dice("charting clock", ADJUDICATOR)
    now, left = STARTS["consensus", ADJUDICATOR], 0
    rows: list[Charted] = []
    for report in charted_reports(reports):
        for cell in truth(report).values():
            values = {each.value for each in said(report, cell).values()}
            if len(values) > 1:
                if left == 0:
                    now = next_session(now, rng) if rows else now
                    left = rng.randint(20, 30)
                now += timedelta(seconds=rng.randint(*SETTLING))
                left -= 1
                rows.append(replace(cell, at=now))
    return rows


def study_id(report: Report) -> str:
    """The id of the study: that of the report's unique record, as nobody linked any."""
    return record_id(report, report.sources[0])
