"""Abstracts: sentences drawn for a design, an outcome and a year, then filled in.

An abstract is a tuple of (label, text) parts; before structured abstracts came into use, and in
many journals since, it is one part without a label.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from invented.values import words

WORDING = words("abstracts")
MEASURES: dict[str, list[tuple[str, int]]] = WORDING["measures"]
LABELS = ("Background", "Methods", "Results", "Conclusions")
WRITTEN_AS = {"dissertation": "rct"}
WRITTEN_AS = {"dissertation": "rct"}
NAMED_BY = {
    "secondary traum": "secondary traumatic stress",
    "vicarious": "vicarious traumatisation",
    "compassion fatigue": "compassion fatigue",
    "exhaustion": "emotional exhaustion",
}
SAID_IN_PART = {"opinion", "literature review", "animal", "imaging", "psychometric"}
COMPARED = {"controlled", "quasi", "rct"}
HARMFUL = {"distress", "post-traumatic symptoms", "sickness absence"}
WITHOUT_ABSTRACT = {"erratum", "comment", "editorial"}

Slots = dict[str, str]


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def outcome_named_in(title: str, year: int) -> str:
    """The outcome a title speaks of, in the word of its time."""
    lowered = title.lower()
    if "strain" in lowered:
        return "work strain"
    if "burn" in lowered and year < 1981:
        return "staff burn-out"
    return next((name for part, name in NAMED_BY.items() if part in lowered), "burnout")


def measure_of(outcome: str, year: int, rng: random.Random) -> str:
    """A scale of the outcome that was there in that year."""
    if outcome not in MEASURES:
        return rng.choice([f"a questionnaire on {outcome}", f"ratings of {outcome}"])
    known = [name for name, since in MEASURES[outcome] if since <= year]
    return rng.choice(known or ["a questionnaire made for the study"])


def slots(rng: random.Random, *, people: str, place: str, outcome: str, a: str, year: int) -> Slots:
    """Everything a sentence may ask for: who, where, what, and plausible numbers."""
    high = rng.uniform(22, 34)
    filled = {
        "people": people,
        "place": place,
        "outcome": outcome,
        "a": a,
        "measure": measure_of(outcome, year, rng),
    }
    filled |= numbers(rng) | direction(outcome, high, high - rng.uniform(2.1, 6.4))
    return filled | {"People": capital(people), "Outcome": capital(outcome), "A": capital(a)}


def numbers(rng: random.Random) -> Slots:
    """Plausible sizes, percentages, p values and effects, and what the sentences call them."""
    n = rng.choice([24, 31, 38, 46, 57, 63, 72, 84, 96, 112, 128, 147, 176, 203])
    return {
        "n": str(n),
        "kept": str(round(n * rng.uniform(0.7, 0.93))),
        "N": f"A total of {n}",
        "many": str(round(n * rng.uniform(1.6, 3.1))),
        "few": str(rng.randint(8, 24)),
        "months": str(rng.choice([2, 3, 3, 4, 6, 6, 9, 12])),
        "pct": str(rng.randint(18, 79)),
        "p": rng.choice(["0.04", "0.03", "0.01", "0.002"]),
        "pns": rng.choice(["0.21", "0.38", "0.47", "0.12"]),
        "small": f"0.{rng.randint(18, 31)}",
        "moderate": f"0.{rng.randint(42, 68)}",
        "long": str(rng.choice([9, 12, 14, 18])),
        "drop": f"{rng.uniform(1.8, 5.9):.1f}",
        "beta": str(rng.randint(14, 39)),
        "alpha": str(rng.randint(71, 84)),
        "digit": str(rng.randint(1, 8)),
        "Few": rng.choice(["Nine", "Eleven", "Fourteen", "Eighteen"]),
    }


def direction(outcome: str, high: float, low: float) -> Slots:
    """The verbs for a change to the better: less of a stress, more of anything else."""
    if outcome in MEASURES or outcome in HARMFUL:
        return {
            "reduce": "reduce",
            "fell": "decreased",
            "reduction": "reduction",
            "improved": "fell",
            "shift": f"fell from {high:.1f} to {low:.1f}",
        }
    return {
        "reduce": "improve",
        "fell": "improved",
        "reduction": "improvement",
        "improved": "rose",
        "shift": f"rose from {low:.1f} to {high:.1f}",
    }


def whole(design: str, filled: Slots, rng: random.Random) -> str:
    """An abstract of a kind that has no methods and results: opinion, protocol, review."""
    lines = WORDING["whole"][design]["lines"]
    if design in SAID_IN_PART:
        count = rng.randint(2, 3) if design == "opinion" else rng.randint(4, len(lines) - 1)
        lines = [lines[at] for at in sorted(rng.sample(range(len(lines)), count))]
    return " ".join(line.format_map(filled) for line in lines)


def parts(
    design: str,
    filled: Slots,
    rng: random.Random,
    *,
    year: int,
    delivered: bool,
    what: str,
    background: list[str],
) -> list[str]:
    """Background, methods, results and conclusion of an empirical abstract.

    `delivered` says whether anything was done to the stress, or it was only looked at.
    """

    def one_of(table: Mapping[str, list[str]], name: str = "any") -> str:
        return str(rng.choice(table[name])).format_map(filled)

    early = "early" if year < 1985 else "any"
    opening = rng.choice(background or WORDING["background"][early]).format_map(filled)
    kind = design if design in WORDING["aim"] else early
    aim = one_of(WORDING["aim"], kind) if delivered else one_of(WORDING["aim_survey"], "lines")
    return [
        f"{opening} {aim}",
        f"{what} {one_of(WORDING['method'][design], 'lines')}".strip(),
        one_of(WORDING["result"][results_of(design, delivered=delivered)], "lines"),
        one_of(WORDING["conclusion"], "any" if delivered else "survey"),
    ]


def results_of(design: str, *, delivered: bool) -> str:
    """Which kind of result a design has."""
    if design in COMPARED:
        return "compared"
    if design == "qualitative" and not delivered:
        return "lived"
    return design if design in {"case", "qualitative", "survey"} else "single"


def abstract(
    design: str,
    filled: Slots,
    rng: random.Random,
    *,
    year: int,
    delivered: bool = True,
    what: str = "",
    background: list[str] | None = None,
) -> tuple[tuple[str, str], ...]:
    """The abstract of one report; empty for editorials and errata, and for some old papers."""
    design = WRITTEN_AS.get(design, design)
    design = WRITTEN_AS.get(design, design)
    if design in WITHOUT_ABSTRACT or (year < 1980 and rng.random() < 0.25):
        return ()
    if design in WORDING["whole"]:
        return (("", whole(design, filled, rng)),)
    texts = parts(
        design,
        filled,
        rng,
        year=year,
        delivered=delivered and design != "survey",
        what=what,
        background=background or [],
    )
    if year >= 1994 and rng.random() < 0.5:
        return tuple(zip(LABELS, texts, strict=True))
    return (("", " ".join(texts)),)
