"""Evidence in words that a person can check against two records: a sentence, or piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from scopingreview.dedupe.compare.differences import Difference
from scopingreview.dedupe.evidence import Evidence
from scopingreview.dedupe.key_agreement import Agreement, Truths

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
FOR, AGAINST, NEITHER = "for", "against", "neither"


def evidence_in_words(evidence: Evidence) -> list[str]:
    """One sentence per pair: what agrees, then what contradicts."""
    agreements: list[Agreement] = [getattr(evidence, field) for field in PLACES]
    clauses = zip(
        _titles(evidence),
        _authors(evidence),
        _years(evidence),
        _places("{} same", [agreement.same for agreement in agreements]),
        _places("but other {}", [agreement.other for agreement in agreements]),
        strict=True,
    )
    return ["; ".join(filter(None, on_pair)) for on_pair in clauses]


def _titles(evidence: Evidence) -> list[str]:
    pairs = zip(evidence.title.tolist(), evidence.both_titled.tolist(), strict=True)
    return [TITLE_WORDS[Difference(title)] if titled else "" for title, titled in pairs]


def _authors(evidence: Evidence) -> list[str]:
    pairs = zip(evidence.names_shared.tolist(), evidence.names_fewest.tolist(), strict=True)
    return [f"{shared} of {fewest} authors shared" if fewest else "" for shared, fewest in pairs]


def _years(evidence: Evidence) -> list[str]:
    words = {-1: "", 0: "year same"}
    return [words.get(years, f"years {years} apart") for years in evidence.years_apart.tolist()]


def _places(wording: str, where: Sequence[Truths]) -> list[str]:
    """Of each pair the places for which it is true, in that wording; "" when for none."""
    pairs = zip(*(truths.tolist() for truths in where), strict=True)
    named = [", ".join(compress(PLACES.values(), truths)) for truths in pairs]
    return [wording.format(places) if places else "" for places in named]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence: what is compared, and whether it speaks for, against or neither."""

    about: str
    says: str
    speaks: str


def pieces_of(evidence: Evidence) -> Iterator[Piece]:
    """The evidence on its first pair, piece by piece: fields, then what weighs on the whole."""
    yield _title_piece(evidence)
    yield _authors_piece(int(evidence.names_shared[0]), int(evidence.names_fewest[0]))
    yield _year_piece(int(evidence.years_apart[0]))
    for field, name in PLACES.items():
        yield _place_piece(name, getattr(evidence, field))
    yield from _remarks(evidence)


def _title_piece(evidence: Evidence) -> Piece:
    if not evidence.both_titled[0]:
        return Piece("title", "empty", NEITHER)
    title = Difference(int(evidence.title[0]))
    words = f"{TITLE_WORDS[title]}; {evidence.title_percent[0]:.0f} % alike"
    return Piece("title", words, FOR if title <= Difference.PART else AGAINST)


def _authors_piece(shared: int, fewest: int) -> Piece:
    if not fewest:
        return Piece("authors", "not named in both", NEITHER)
    speaks = FOR if 3 * shared >= 2 * fewest else NEITHER if shared else AGAINST
    return Piece("authors", f"{shared} of {fewest} names shared", speaks)


def _year_piece(apart: int) -> Piece:
    if apart < 0:
        return Piece("year", "unknown", NEITHER)
    return Piece("year", f"{apart} apart" if apart else "same", FOR if apart <= 1 else AGAINST)


def _place_piece(name: str, agreement: Agreement) -> Piece:
    if agreement.same[0]:
        return Piece(name, "same", FOR)
    if agreement.other[0]:
        return Piece(name, "contradict each other", AGAINST)
    return Piece(name, "nothing to compare", NEITHER)


def _remarks(evidence: Evidence) -> Iterator[Piece]:
    """What speaks for or against the whole pair, and is silent otherwise."""
    if evidence.issn.same[0]:
        yield Piece("ISSN", "same in one of the numbers", FOR)
    if evidence.abstract.same[0]:
        yield Piece(
            "abstract", "a sentence in its middle is the same; it decides nothing alone", FOR
        )
    if evidence.title_begins[0]:
        yield Piece("title", "one begins with all of the other", FOR)
    if evidence.common_title[0]:
        words = "short, or other works bear it too: it names no work by itself"
        yield Piece("title", words, AGAINST)
    if evidence.notice_differs[0]:
        yield Piece("kind", "one is a correction, comment, reply or retraction", AGAINST)
    if evidence.protocol_differs[0]:
        yield Piece("kind", "one is a protocol", AGAINST)
    if evidence.preprint_and_article[0]:
        yield Piece("kind", "one is a preprint", AGAINST)
    if evidence.cochrane_unsure[0]:
        words = "neither year nor DOI says whether it is one version of the Cochrane review"
        yield Piece("kind", words, AGAINST)
    if evidence.supplement_differs[0]:
        place = "has no place yet" if evidence.supplement_alone[0] else "does not"
        words = f"one stands in a supplement, the other {place}"
        yield Piece("kind", words, AGAINST)
