"""What Rayyan, Covidence and ASReview say of a record, each in its own way.

Rayyan writes everybody's verdict into the notes, ASReview labels in a column or a note,
Covidence nothing: there the file as a whole is a verdict. Looked up in real exports, the
notes of which may hold more than a screening tool put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from scopingreview.exchange.foreign_decision import Said
from scopingreview.exchange.row import ID_MARK
from scopingreview.model import Record, Verdict

Fields = Mapping[str, Sequence[str]]

NOTES = ("notes", "N1", "note", "notes_abstract", "research notes")
OUR_IDS = ("record_id", "ID", "id")
OUR_ID = re.compile(re.escape(ID_MARK) + r"(\S+)")

# BibTeX drops the braces around the verdicts.
RAYYAN = re.compile(r"RAYYAN-INCLUSION: *([^|\n]*)")
RAYYAN_VERDICT = re.compile(r'"([^"]+)" *(?:=>|:) *"?(\w+)"?')
RAYYAN_PART = re.compile(r"RAYYAN-(LABELS|EXCLUSION-REASONS): *([^|\n]*)")
RAYYAN_WORDS = {
    "included": Verdict.INCLUDE,
    "excluded": Verdict.EXCLUDE,
    "maybe": Verdict.MAYBE,
    "true": Verdict.INCLUDE,
    "false": Verdict.EXCLUDE,
}
ASREVIEW_COLUMNS = ("asreview_label", "included", "final_included", "label_included")
ASREVIEW_WORDS = {
    "1": Verdict.INCLUDE,
    "0": Verdict.EXCLUDE,
    "relevant": Verdict.INCLUDE,
    "irrelevant": Verdict.EXCLUDE,
}
ASREVIEW_NOTE = re.compile(r"ASReview_(relevant|irrelevant)\b")
COVIDENCE_REASON = re.compile(r"Exclusion reason: *([^;\n]+)")


def said_of(line: int, fields: Fields, record: Record) -> Said:
    """What an entry of a screening tool's file says, whichever tool it was.

    `fields` are as the file has them, `record` is what they tell of the record.
    """
    notes = "\n".join(note for name in NOTES for note in fields.get(name, ()))
    labels, reasons = _rayyan_parts(notes)
    verdicts, unclear = _verdicts(fields, notes)
    return Said(
        line=line,
        record=record,
        record_ids=_our_ids(fields, notes),
        verdicts=verdicts,
        reasons=(*reasons, *map(str.strip, COVIDENCE_REASON.findall(notes))),
        labels=(*labels, *_tags(fields)),
        note=" ".join(fields.get("asreview_note", ())),
        unclear=unclear,
    )


def _our_ids(fields: Fields, notes: str) -> tuple[str, ...]:
    named = [value.strip() for name in OUR_IDS for value in fields.get(name, ())]
    return tuple(dict.fromkeys((*OUR_ID.findall(notes), *named)))


def _verdicts(fields: Fields, notes: str) -> tuple[dict[str, Verdict], str]:
    """The verdicts by name, and the words that are none."""
    if found := RAYYAN.findall(notes):
        pairs = [pair for group in found for pair in RAYYAN_VERDICT.findall(group)]
        return _in_words(pairs, RAYYAN_WORDS)
    label = next((fields[name][0] for name in ASREVIEW_COLUMNS if fields.get(name)), "")
    if label:
        return _in_words([("", label.removesuffix(".0"))], ASREVIEW_WORDS)
    return _in_words([("", word) for word in ASREVIEW_NOTE.findall(notes)], ASREVIEW_WORDS)


def _in_words(
    pairs: Iterable[tuple[str, str]], words: Mapping[str, Verdict]
) -> tuple[dict[str, Verdict], str]:
    pairs = [(name.strip(), word.strip().casefold()) for name, word in pairs]
    known = {name: words[word] for name, word in pairs if word in words}
    return known, ", ".join(word for _, word in pairs if word not in words)


def _rayyan_parts(notes: str) -> tuple[list[str], list[str]]:
    """The labels and the reasons of a Rayyan note."""
    parts: dict[str, list[str]] = {"LABELS": [], "EXCLUSION-REASONS": []}
    for name, text in RAYYAN_PART.findall(notes):
        parts[name] += [item.strip() for item in text.split(",") if item.strip()]
    return parts["LABELS"], parts["EXCLUSION-REASONS"]


def _tags(fields: Fields) -> list[str]:
    """The tags of a Covidence export."""
    if "covidence #" not in fields:
        return []
    found = (tag.strip() for text in fields.get("tags", ()) for tag in re.split("[;,]", text))
    return [tag for tag in found if tag]
