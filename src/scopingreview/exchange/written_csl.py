"""Records as CSL-JSON, which Zotero, Word and pandoc make reference lists of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from scopingreview.exchange.row import Row, in_batches, notes_of, one_line
from scopingreview.model import Record, Settled

TYPES = {
    "thesis": "thesis",
    "book": "book",
    "book chapter": "chapter",
    "conference paper": "paper-conference",
    "conference abstract": "paper-conference",
    "report": "report",
    "dataset": "dataset",
    "preprint": "article",
    "web page": "webpage",
    "patent": "patent",
}


BEGIN, BETWEEN, END = "[\n", ",\n", "\n]"  # what json puts around the items of a list


def as_csl_json(rows: Iterable[Row], *, authors: bool = True) -> Iterator[bytes]:
    """The records as CSL-JSON, in pieces: one list.

    What was settled stands under `custom`, and in words in the note.
    """
    before = BEGIN
    for batch in in_batches(rows):
        items = [_item(row, authors=authors) for row in batch]
        text = json.dumps(items, ensure_ascii=False, indent=1)
        yield (before + text.removeprefix(BEGIN).removesuffix(END)).encode()
        before = BETWEEN
    yield b"[]\n" if before is BEGIN else f"{END}\n".encode()


def _item(row: Row, *, authors: bool) -> dict[str, object]:
    record = row.record
    texts = {
        "id": record.record_id,
        "type": TYPES.get(record.type, "article-journal"),
        "title": record.title,
        "container-title": record.journal,
        "volume": record.volume,
        "issue": record.issue,
        "page": record.pages,
        "DOI": record.doi,
        "PMID": record.pmid,
        "ISSN": record.issn,
        "abstract": record.abstract,
        "keyword": ", ".join(record.keywords),
        "language": record.language,
        "URL": record.url,
        "note": "; ".join(notes_of(row)),
    }
    item: dict[str, object] = {key: one_line(text) for key, text in texts.items() if text.strip()}
    if authors and record.authors:
        item["author"] = [_author(name) for name in record.authors]
    if record.year is not None:
        item["issued"] = {"date-parts": [[record.year]]}
    if row.settled:
        item["custom"] = _settled(record, row.settled)
    return item


def _author(name: str) -> dict[str, str]:
    family, comma, given = one_line(name).partition(",")
    return {"family": family, "given": given.strip()} if comma else {"literal": family}


def _settled(record: Record, settled: Settled) -> dict[str, object]:
    return {
        "record_id": record.record_id,
        "box": settled.box,
        "phase": settled.phase,
        "settled": settled.standing,
        "reason": settled.reason,
        "reason_wording": settled.wording,
        "further_reasons": list(settled.further),
        "found_in": list(settled.found_in),
        "study": settled.study,
        "duplicate_of": settled.duplicate_of,
    }
