"""Words that stand for people, and texts in which nobody is named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from scopingreview.model import Protocol
from scopingreview.screening.pseudonyms import pseudonyms

LEFT_OUT = "left out of the public copy"
NO_ADDRESS = "(e-mail address left out)"
# Loose on purpose: what only looks like an address of a person is no loss.
PART = r"[^\s@<>()\[\],;:\"']"
# Begun only where a run of such signs begins: a long one that is no address is looked at once.
EMAIL = re.compile(rf"(?<!{PART}){PART}++@{PART}+\.{PART}+")
DIGITS = 8  # of a digest: enough to tell whether two said the same


@dataclass(frozen=True)
class Redaction:
    """Who is called what instead, and by which full names texts may speak of them."""

    pseudonyms: Mapping[str, str]
    full_names: Mapping[str, str]

    def person(self, name: str) -> str:
        """What the person is called; "" stays nobody. Raises KeyError for one nobody asked for."""
        return self.pseudonyms[name] if name else ""

    def text(self, text: str) -> str:
        """The text with pseudonyms for full names, and without addresses of e-mail."""
        said = without_addresses(text)
        if self._named is None:
            return said
        return self._named.sub(lambda found: self._instead[_folded(found[0])], said)

    @cached_property
    def _instead(self) -> Mapping[str, str]:
        """The pseudonym of each full name, as it is written and with the last name first."""
        found: dict[str, str] = {}
        for name, full in self.full_names.items():
            *given, family = full.split()
            for spelled in (full, f"{family}, {' '.join(given)}"):
                found[_folded(spelled)] = self.pseudonyms[name]
        return found

    @cached_property
    def _named(self) -> re.Pattern[str] | None:
        spelled = sorted(self._instead, key=len, reverse=True)
        words = (r"\s+".join(map(re.escape, name.split())) for name in spelled)
        return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) if spelled else None


def without_addresses(text: str) -> str:
    """The text without addresses of e-mail."""
    return EMAIL.sub(NO_ADDRESS, text) if "@" in text else text


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def redaction_of(protocol: Protocol, others: Iterable[str]) -> Redaction:
    """The redaction for everyone in the protocol, and for `others` whom only files name.

    A full name of one word (May, Grant) may be any other word of a text, and stays there.
    """
    everybody = (*protocol.adjudicators, *protocol.reviewers)
    return Redaction(
        pseudonyms(protocol, filter(None, others)),
        {
            person.name: person.full_name
            for person in everybody
            if len(person.full_name.split()) > 1
        },
    )


def left_out(text: str) -> str:
    """That something stood here; nothing where nothing did."""
    return LEFT_OUT if text else ""


def left_out_note(note: str, known: Collection[str]) -> str:
    """That a note stood here, with the ids of the records it names: a rule may ask for those."""
    named = [word for each in note.split() if (word := each.strip(".,;()")) in known]
    return " ".join(filter(None, [*named, left_out(note)]))


def left_out_answer(text: str) -> str:
    """That a text stood here, and a digest of it: whether two said the same stays to be seen."""
    folded = _folded(text)
    return f"{LEFT_OUT} ({hashlib.sha256(folded.encode()).hexdigest()[:DIGITS]})" if folded else ""
