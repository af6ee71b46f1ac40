"""What Rayyan, Covidence, ASReview and CoLRev say of a record, each in its own way.

Rayyan writes everybody's verdict into the notes, ASReview labels in a column or a note, CoLRev how
far the record has come; Covidence and EndNote nothing: there the file as a whole is a verdict.
Looked up in real exports, the notes of which may hold more than a screening tool put there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from scopingreview.exchange.foreign_decision import Said
from scopingreview.exchange.row import ID_MARK
from scopingreview.model import Phase, Record, Verdict

Fields = Mapping[str, Sequence[str]]

COVIDENCE_NUMBER = "covidence #"
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
# Whose note it is, and the texts; a text may hold anything, a bar or a bracket too.
RAYYAN_NOTES = re.compile(r"USER-NOTES: *(.*)")
QUOTED = r'"(?:[^"\\]|\\.)*"'
RAYYAN_NOTE = re.compile(rf"({QUOTED}) *=> *\[\s*((?:{QUOTED}[\s,]*)+)\]")
ASREVIEW_COLUMNS = ("asreview_label", "included", "final_included", "label_included")
ASREVIEW_WORDS = {
    "1": Verdict.INCLUDE,
    "0": Verdict.EXCLUDE,
    "relevant": Verdict.INCLUDE,
    "irrelevant": Verdict.EXCLUDE,
}
ASREVIEW_NOTE = re.compile(r"ASReview_(relevant|irrelevant)\b")
ASREVIEW_NOTES = re.compile(r"asreview_note|exported_notes_\d+")
# RIS has no columns: a column and its value in JSON are a note (ASReview, `RISWriter`).
ASREVIEW_IN_A_NOTE = re.compile(r"^(asreview_[^:\n]+): (.+)$", re.MULTILINE)
ASREVIEW_TAG = "asreview_tag_"
COVIDENCE_REASON = re.compile(r"Exclusion reason: *([^;\n]+);?")
# The states of a record, in their order (CoLRev, `RecordState`).
COLREV_BEFORE_FULL_TEXT = (
    *("rev_prescreen_included", "pdf_needs_manual_retrieval", "pdf_imported", "pdf_not_available"),
    *("pdf_needs_manual_preparation", "pdf_prepared"),
)
COLREV_INCLUDED = ("rev_included", "rev_synthesized")


def said_of(line: int, fields: Fields, record: Record) -> Said:
    """What an entry of a screening tool's file says, whichever tool it was.

    `fields` are as the file has them, `record` is what they tell of the record.
    """
    notes = "\n".join(note for name in NOTES for note in fields.get(name, ()))
    fields = {**fields, **_columns_in_notes(notes)}
    labels, reasons = _rayyan_parts(notes)
    verdicts, unclear = _verdicts(fields, notes)
    return Said(
        line=line,
        record=record,
        record_ids=_our_ids(fields, notes),
        verdicts=verdicts,
        reasons=(
            *reasons,
            *map(str.strip, COVIDENCE_REASON.findall(notes)),
            *_colrev_criteria(fields),
        ),
        labels=(*labels, *_tags(fields), *_asreview_tags(fields)),
        note=_note(fields, notes),
        notes=_rayyan_notes(notes),
        by_phase=_colrev_verdicts(fields),
        key=_rayyan_key(fields),
        unclear=unclear,
    )


def _note(fields: Fields, notes: str) -> str:
    """What people noted down in ASReview, Covidence or EndNote."""
    texts = [text for name, found in fields.items() if ASREVIEW_NOTES.fullmatch(name)
             for text in found]  # fmt: skip
    if COVIDENCE_NUMBER in fields:
        texts.append(COVIDENCE_REASON.sub("", notes))
    texts += fields.get("research-notes", ())
    return " ".join(" ".join(texts).split())


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
        name = next(iter(fields.get("asreview_user_name", ())), "")
        return _in_words([(name, label.removesuffix(".0"))], ASREVIEW_WORDS)
    name = next(iter(fields.get("asreview_user_name", ())), "")
    return _in_words([(name, word) for word in ASREVIEW_NOTE.findall(notes)], ASREVIEW_WORDS)


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


def _columns_in_notes(notes: str) -> dict[str, list[str]]:
    """What ASReview's columns say in a format that has none."""
    found: dict[str, list[str]] = {}
    for name, text in ASREVIEW_IN_A_NOTE.findall(notes):
        try:
            value = json.loads(text)
        except ValueError:
            continue  # a note of somebody's that begins so
        found[name] = [value if isinstance(value, str) else text.strip()]
    return found


def _asreview_tags(fields: Fields) -> list[str]:
    """The tags that were given, as ASReview exports them: a column each, 1 where it was."""
    return [
        name.removeprefix(ASREVIEW_TAG)
        for name, values in fields.items()
        if name.startswith(ASREVIEW_TAG) and values and values[0].removesuffix(".0") == "1"
    ]


def _rayyan_notes(notes: str) -> dict[str, str]:
    """The notes of each person, by name."""
    found = (pair for text in RAYYAN_NOTES.findall(notes) for pair in RAYYAN_NOTE.findall(text))
    return {
        _unquoted(name): "; ".join(map(_unquoted, re.findall(QUOTED, texts)))
        for name, texts in found
    }


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1])


def _rayyan_key(fields: Fields) -> str:
    """The record's id in Rayyan: `rayyan-913079810` is 913079810 in its log; "" elsewhere."""
    named = (value for name in ("key", "AN", "entrykey") for value in fields.get(name, ()))
    return next((each[7:] for each in named if each.startswith("rayyan-")), "")


def _colrev_verdicts(fields: Fields) -> dict[Phase, Verdict]:
    """What CoLRev's state of the record says of each phase; nothing while it is open."""
    status = next(iter(fields.get("colrev_status", ())), "")
    if status == "rev_prescreen_excluded":
        return {Phase.TITLE_ABSTRACT: Verdict.EXCLUDE}
    if status in COLREV_BEFORE_FULL_TEXT:
        return {Phase.TITLE_ABSTRACT: Verdict.INCLUDE}
    if status == "rev_excluded":
        return {Phase.TITLE_ABSTRACT: Verdict.INCLUDE, Phase.FULL_TEXT: Verdict.EXCLUDE}
    return dict.fromkeys(Phase, Verdict.INCLUDE) if status in COLREV_INCLUDED else {}


def _colrev_criteria(fields: Fields) -> list[str]:
    """The criteria that a report fails: `population=in;language=out` is language."""
    pairs = (
        each.partition("=") for each in ";".join(fields.get("screening_criteria", ())).split(";")
    )
    return [name.strip() for name, _, word in pairs if word.strip() == "out"]


def _tags(fields: Fields) -> list[str]:
    """The tags of a Covidence export."""
    if COVIDENCE_NUMBER not in fields:
        return []
    found = (tag.strip() for text in fields.get("tags", ()) for tag in re.split("[;,]", text))
    return [tag for tag in found if tag]
