"""Write the golden file of an export: `python -m tests.golden FILE [--force]`.

What was read is printed, so that a person can hold it against the export; a golden file that
nobody has looked at says only that the code does what it does. `formats/test_quirks.py` compares
it from then on. Take out of it by hand what the quirk is not about.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from scopingreview import formats
from scopingreview.errors import ReviewError
from scopingreview.formats import Reading
from scopingreview.model import Record

# What `import` knows of a record and its file does not hold.
GIVEN = {"record_id", "source", "search", "file", "ordinal"}


def golden_file(export: Path) -> Path:
    """Where the golden file of the export stands: beside it."""
    return export.with_name(f"{export.name}.json")


def golden_of(reading: Reading) -> dict[str, Any]:
    """What the golden file says of the reading: the fields of each record, and what was odd.

    `begun` is there only where it is not the number of records.
    """
    told: dict[str, Any] = {"records": [_told(record) for record in reading.records]}
    if reading.begun != len(reading.records):
        told["begun"] = reading.begun
    told["oddities"] = {oddity.kind.name: list(oddity.lines) for oddity in reading.oddities}
    return told


def _told(record: Record) -> dict[str, Any]:
    """Every field of the record that says something."""
    values = {each.name: getattr(record, each.name) for each in fields(Record)}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value and name not in GIVEN
    }


def read_whole(export: Path) -> Reading:
    """The export in one reading. Raises ReviewError for one that is none, or too big for a test."""
    readings = list(formats.read(export))
    if len(readings) > 1:
        raise ReviewError("too big for a test", where=str(export), hint="Keep one record or two.")
    return readings[0]


def in_words(reading: Reading) -> Iterator[str]:
    """The reading as a person checks it, field by field."""
    yield f"{reading.begun} begin, {len(reading.records)} read"
    for number, record in enumerate(reading.records, 1):
        yield f"record {number}"
        for name, value in _told(record).items():
            yield f"  {name}: {'; '.join(value) if isinstance(value, list) else value}"
    for oddity in reading.oddities:
        lines = ", ".join(map(str, oddity.lines))
        yield f"odd: {oddity.kind.name}, {oddity.kind.what} (line {lines}): {oddity.kind.then}"


def write_golden(export: Path, *, force: bool) -> Path:
    """The golden file stands beside the export, and what it says is printed.

    Raises ReviewError when there is one already, unless with `force`; then it is written anew.
    """
    recognised, reading, golden = formats.recognise(export), read_whole(export), golden_file(export)
    print(f"{recognised.name}, by {recognised.evidence}", *in_words(reading), sep="\n")
    if golden.exists() and not force:
        raise ReviewError(
            "there is one already, and somebody has looked at it",
            where=str(golden),
            hint="Compare it with what stands above; --force writes it anew.",
        )
    text = json.dumps(golden_of(reading), ensure_ascii=False, indent=2)
    golden.write_text(f"{text}\n", encoding="utf-8")
    return golden


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the golden file that the command line asks for; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    parser.add_argument("export", type=Path, metavar="FILE", help="tests/exports/FORMAT/QUIRK.ris")
    parser.add_argument("--force", action="store_true", help="Write over a golden file.")
    given = parser.parse_args(arguments)
    try:
        golden = write_golden(given.export, force=given.force)
    except ReviewError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(f"Written: {golden}. Hold it against the export, field by field.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
