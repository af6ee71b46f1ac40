"""Every real export, read: records against an independent count, fields against a reading by eye.

    python benchmarks/import_exports.py [--misses] [--shared DIR]

DIR/exports holds the files, `manifest.csv` (path, n_records) and `expected.csv` (path,
record_index, title, first_author, year, doi, journal, abstract60).

Exit status 1 when a file's count is wrong, less than 99 % of the cells are as expected, or data
are missing.

How a cell is compared: titles, journals and abstracts by their letters and digits, entities and
markup taken off on both sides; the first author by family name and first initial, since exports
write `Family, Given`, `Family GI` and `G. Family`; year and DOI exactly.
"""

from __future__ import annotations

import csv
import html
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from scopingreview import formats
from scopingreview.errors import ReviewError
from scopingreview.model import Record
from support.harness import existing, options

NEEDED_PERCENT = 99


def main() -> int:
    parser = options(__doc__, shared=True)
    parser.add_argument("--misses", action="store_true", help="list every cell that differs")
    chosen = parser.parse_args()
    exports = chosen.shared / "exports"
    manifest = existing(exports / "manifest.csv", "real exports with their counts")
    records, wrong_counts = read_all(exports, manifest)
    percent = compare(exports / "expected.csv", records, show=chosen.misses)
    return 1 if wrong_counts or percent < NEEDED_PERCENT else 0


def read_all(exports: Path, manifest: Path) -> tuple[dict[str, list[Record]], int]:
    """The records by file, and how many files gave another number than counted."""
    records: dict[str, list[Record]] = {}
    wrong = 0
    rows = list(csv.DictReader(manifest.open(encoding="utf-8")))
    for row in rows:
        path, counted = row["path"], int(row["n_records"])
        try:
            readings = list(formats.read(exports / path))
        except ReviewError as error:
            print(f"refused  {path}: {error}")
            wrong += 1
            continue
        records[path] = [record for reading in readings for record in reading.records]
        begun = sum(reading.begun for reading in readings)
        if not len(records[path]) == begun == counted:
            print(f"count    {path}: {counted} counted, {begun} begun, {len(records[path])} read")
            wrong += 1
    total = sum(map(len, records.values()))
    print(f"{len(rows)} files, {total:,} records; {wrong} files with another count")
    return records, wrong


def compare(expected: Path, records: dict[str, list[Record]], *, show: bool) -> float:
    """Percent of cells that are as expected, of all; every other cell is listed or explained."""
    right: Counter[str] = Counter()
    explained: Counter[str] = Counter()
    cells: Counter[str] = Counter()
    for row in csv.DictReader(expected.open(encoding="utf-8")):
        record = records[row["path"]][int(row["record_index"]) - 1]
        for field, (found, is_same) in CELLS.items():
            cells[field] += 1
            if is_same(row[field], found(record)):
                right[field] += 1
                continue
            place = f"{row['path']}#{row['record_index']}"
            reason = EXPLAINED.get((place, field), "")
            explained[field] += bool(reason)
            if reason or show:
                print(f"{field:12} {place}: {reason or 'unexplained'}")
                print(f"    expected {row[field][:90]!r}\n    read     {found(record)[:90]!r}")
    for field in CELLS:
        right["all"] += right[field]
        explained["all"] += explained[field]
        cells["all"] += cells[field]
    for field in (*CELLS, "all"):
        percent = 100 * right[field] / cells[field]
        print(
            f"{field:12} {right[field]:4} of {cells[field]:4} as expected ({percent:6.2f} %), "
            f"{explained[field]} explained, "
            f"{cells[field] - right[field] - explained[field]} unexplained"
        )
    return 100 * right["all"] / cells["all"]


def letters(text: str) -> str:
    """Letters and digits of any script, markup and entities taken off."""
    bare = re.sub(r"</?[a-zA-Z][^<>]*>", "", html.unescape(html.unescape(text)))
    folded = unicodedata.normalize("NFKD", bare).casefold()
    return "".join(character for character in folded if character.isalnum())


def same_letters(expected: str, read: str) -> bool:
    return letters(expected) == letters(read)


def same_beginning(expected: str, read: str) -> bool:
    """Whether the abstract begins like the 60 characters expected, which may end in mid-word."""
    first = letters(re.sub(r"&\\w*$|<[^>]*$", "", expected))
    return letters(read).startswith(first) if first and first != "na" else not read


def same_title(expected: str, read: str) -> bool:
    """As `same_letters`; the mark that Ovid adds (`[Article]`) belongs to no title."""
    return same_letters(
        re.sub(r"\s*\[(?:Article|Review|Report|References)\]\.?$", "", expected), read
    )


def same_author(expected: str, read: str) -> bool:
    """Whether family name and first initial agree, in whatever order the export has them.

    Marks of affiliation, role or degree that the export hangs on a name belong to nobody.
    """
    bare = re.sub(r"[\[(].*|\b(?:Dr|Prof)\.|,? (?:MD|PhD)\b|\bnull\b", "", expected)
    wanted, found = (re.findall(r"[^\W\d_]+", letters_and_gaps(name)) for name in (bare, read))
    if not wanted or not found:
        return wanted == found
    family = re.findall(r"[^\W\d_]+", letters_and_gaps(read.partition(",")[0]))
    initials = {word[0] for word in wanted if word not in family}
    return set(family) <= set(wanted) and (
        not initials or any(word[0] in initials for word in found if word not in family)
    )


def letters_and_gaps(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in folded if not unicodedata.combining(character))


# Where the expected value is what stands in one field of the file, and the record is better served.
EXPLAINED = {
    ("pubmed/efetch_29768149.xml#1", "abstract60"): "headings of a structured abstract are kept",
    ("pubmed/jabref_pubmedbook.xml#1", "first_author"): "the first of the list is corporate",
    ("eric/cff_eric_ovid.ris#7", "doi"): "no DO, but an address that holds the DOI",
    ("refworks/zotero_tagged_3.txt#1", "doi"): "no DO, but a note `doi: …`",
    ("ovid/zotero_journals_4.txt#2", "journal"): "the citing sentence, cut at its first colon",
    ("ovid/zotero_journals_4.txt#3", "journal"): "the whole citing sentence",
    ("ovid/zotero_journals_4.txt#4", "journal"): "the citing sentence, cut at its first colon",
    ("wos/tab_utf8bom_2026.txt#39", "first_author"): "no AU, but authors of the book in BA",
    ("zotero/mylibrary.rdf#11", "journal"): "a web page whose site has no name",
}

Cell = tuple[Callable[[Record], str], Callable[[str, str], bool]]
CELLS: dict[str, Cell] = {
    "title": (lambda record: record.title, same_title),
    "first_author": (lambda record: next(iter(record.authors), ""), same_author),
    "year": (lambda record: str(record.year or ""), lambda expected, read: expected == read),
    "doi": (lambda record: record.doi, lambda expected, read: expected.lower() == read),
    "journal": (lambda record: record.journal, same_letters),
    "abstract60": (lambda record: record.abstract, same_beginning),
}

if __name__ == "__main__":
    sys.exit(main())
