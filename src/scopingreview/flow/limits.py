"""The limits of the protocol as rules: which record one of them removes, before screening.

A record that lacks what a rule asks about is never removed by it: missing is no evidence.
"""

from __future__ import annotations

from collections.abc import Callable

from scopingreview.model import Limits, Record

# What exports call a language, by the two letters of ISO 639-1; other words stand for themselves.
LANGUAGES = {
    "ar": "arabic ara",
    "de": "german ger deu deutsch",
    "en": "english eng",
    "es": "spanish spa español",
    "fr": "french fre fra français",
    "it": "italian ita italiano",
    "ja": "japanese jpn",
    "ko": "korean kor",
    "nl": "dutch dut nld",
    "pl": "polish pol",
    "pt": "portuguese por português",
    "ru": "russian rus",
    "tr": "turkish tur",
    "zh": "chinese chi zho",
}
_CODE_OF = {word: code for code, words in LANGUAGES.items() for word in words.split()}
_RETRACTED_TITLES = ("retracted:", "retracted article", "[retracted]", "(retracted")


def language_code(word: str) -> str:
    """Two letters for the languages known here, else the word in lower case; "" for nothing."""
    folded = word.strip().casefold().split("-")[0].split("_")[0]
    return _CODE_OF.get(folded, folded)


def languages_of(record: Record) -> set[str]:
    """The languages a record says it is written in, as codes; empty when it says nothing."""
    words = record.language.replace(",", ";").replace("/", ";").split(";")
    return {language_code(word) for word in words if word.strip()}


def broken_limit(record: Record, limits: Limits) -> str:
    """The name of the first limit that removes the record, or "" when none does."""
    return next((name for name, breaks in RULES.items() if breaks(record, limits)), "")


def _too_early(record: Record, limits: Limits) -> bool:
    first = limits.first_year
    return first is not None and record.year is not None and record.year < first


def _too_late(record: Record, limits: Limits) -> bool:
    last = limits.last_year
    return last is not None and record.year is not None and record.year > last


def _other_language(record: Record, limits: Limits) -> bool:
    wanted = {language_code(word) for word in limits.languages}
    written = languages_of(record) if wanted else set()
    return bool(written) and not (written & wanted)


def _excluded_type(record: Record, limits: Limits) -> bool:
    unwanted = {name.casefold() for name in limits.excluded_types}
    kinds = {kind.strip().casefold() for kind in record.type.split(";")}
    return bool(unwanted & kinds)


def _retracted(record: Record, limits: Limits) -> bool:
    if not limits.retracted:
        return False
    title = record.title.strip().casefold()
    return title.startswith(_RETRACTED_TITLES) or "retracted publication" in record.type.casefold()


def _empty(record: Record, limits: Limits) -> bool:
    return limits.empty and not record.title.strip() and not record.abstract.strip()


RULES: dict[str, Callable[[Record, Limits], bool]] = {
    "published too early": _too_early,
    "published too late": _too_late,
    "language": _other_language,
    "publication type": _excluded_type,
    "retracted": _retracted,
    "no title and no abstract": _empty,
}
