"""A review that somebody has screened already, as a table: what each record says, and its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scopingreview.csv_text import rows_of
from scopingreview.errors import ReviewError, nearest
from scopingreview.model import Record
from scopingreview.store.archives import WORKBOOK, refuse_archive
from scopingreview.store.files import read_text_as_it_is

LABELS = ("label_included", "included", "final_included", "asreview_label", "label")
WORDS = {
    **dict.fromkeys(("1", "1.0", "yes", "include", "included", "relevant", "true"), True),
    **dict.fromkeys(("0", "0.0", "no", "exclude", "excluded", "irrelevant", "false"), False),
}
UNLABELLED = ("", "-1", "-1.0")


@dataclass(frozen=True, slots=True)
class LabelledReview:
    """The records that have a label and whether each is relevant; and how many had none."""

    records: tuple[Record, ...]
    is_relevant: tuple[bool, ...]
    unlabelled: int


def read_labelled_review(path: Path, *, label: str = "") -> LabelledReview:
    """The table's records: `title`, `abstract`, perhaps `keywords`, and the column of labels.

    `label` names that column; else it is the first of the usual ones. Raises ReviewError for a
    file that is no such table, with the line of a label that is none.
    """
    refuse_archive(path)
    if path.is_file() and path.read_bytes().startswith(WORKBOOK):
        raise ReviewError("this is a workbook, not CSV", where=str(path), hint="Save it as CSV.")
    rows = rows_of(read_text_as_it_is(path).removeprefix("\ufeff"), str(path))
    _, names = next(rows, (1, []))
    header = [name.strip().casefold() for name in names]
    column = _label_column(path, header, label.casefold())
    records: list[Record] = []
    labels: list[bool] = []
    unlabelled = 0
    for line, row in rows:
        cells = dict(zip(header, row, strict=False))
        word = cells.get(column, "").strip().casefold()
        if not any(row) or word in UNLABELLED:
            unlabelled += any(row)
            continue
        if word not in WORDS:
            raise ReviewError(
                f'"{word}" under "{column}" is no label', where=str(path), line=line,
                hint="1 or 0, yes or no, included or excluded; empty for a record without one.",
            )  # fmt: skip
        records.append(_record(len(records), cells))
        labels.append(WORDS[word])
    if not any(labels) or all(labels):
        raise ReviewError(
            f'"{column}" holds no relevant record' if not any(labels) else
            f'"{column}" holds no irrelevant record', where=str(path),
            hint="A replay needs some of each.",
        )  # fmt: skip
    return LabelledReview(tuple(records), tuple(labels), unlabelled)


def _label_column(path: Path, header: Sequence[str], label: str) -> str:
    missing = [name for name in ("title", "abstract") if name not in header]
    if missing:
        hint = nearest(missing[0], header)
        raise ReviewError(f'no column "{missing[0]}"', where=str(path), line=1, hint=hint)
    found = next((name for name in ((label,) if label else LABELS) if name in header), "")
    if not found:
        raise ReviewError(
            f'no column "{label}"' if label else "no column says which records are relevant",
            where=str(path),
            line=1,
            hint=nearest(label, header) if label else f"One of {', '.join(LABELS)}, or --label.",
        )
    return found


def _record(number: int, cells: dict[str, str]) -> Record:
    keywords = tuple(filter(None, map(str.strip, cells.get("keywords", "").split(";"))))
    return Record(
        f"row:{number}",
        source="",
        search="",
        title=cells["title"],
        abstract=cells.get("abstract", ""),
        keywords=keywords,
    )
