"""Evidence in words that a person can check against two records."""

from __future__ import annotations

from itertools import compress

from scopingreview.dedupe.compare.differences import Difference
from scopingreview.dedupe.evidence import Evidence

# The places of a record, by the field of the evidence and as people call them.
PLACES = {
    "journal": "journal",
    "volume": "volume",
    "issue": "issue",
    "pages": "pages",
    "doi": "DOI",
    "pmid": "PMID",
}
TITLE_WORDS = {
    Difference.NONE: "title same",
    Difference.TRIVIAL: "title same but for spelling",
    Difference.PART: "title same as far as it goes",
    Difference.WORDS: "title differs",
    Difference.TELLING: "title differs in a telling word",
}


def evidence_in_words(evidence: Evidence) -> list[str]:
    """One sentence per pair: what agrees, then what contradicts."""
    said = zip(
        evidence.title.tolist(),
        evidence.both_titled.tolist(),
        evidence.names_shared.tolist(),
        evidence.names_fewest.tolist(),
        evidence.years_apart.tolist(),
        *(getattr(evidence, place).same.tolist() for place in PLACES),
        *(getattr(evidence, place).other.tolist() for place in PLACES),
        strict=True,
    )
    return [_sentence(*row) for row in said]


def _sentence(
    title: int, both_titled: bool, shared: int, fewest: int, years: int, *places: bool
) -> str:
    said = [TITLE_WORDS[Difference(title)]] if both_titled else []
    if fewest:
        said.append(f"{shared} of {fewest} authors shared")
    if years >= 0:
        said.append("year same" if years == 0 else f"years {years} apart")
    same = ", ".join(compress(PLACES.values(), places[: len(PLACES)]))
    other = ", ".join(compress(PLACES.values(), places[len(PLACES) :]))
    if same:
        said.append(f"{same} same")
    if other:
        said.append(f"but other {other}")
    return "; ".join(said)
