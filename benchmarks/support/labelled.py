"""Records that people labelled and records made up, for the benchmarks of deduplication.

The labelled sets, the maker of synthetic corpora and the scoring are other people's and stand
beside this repository, not in it: `gold/SET/records.csv`, `gold/SET/groups.csv`,
`bench/make_corpus.py` and `bench/score.py` of the folder that `--shared` names.
"""

from __future__ import annotations

import csv
import importlib.util
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from scopingreview import normalise
from scopingreview.model import Duplicate, Record
from support.harness import CACHE, existing, needs

SETS = ("asysd_diabetes", "haematology", "respiratory", "stroke")


def read_set(folder: Path) -> list[Record]:
    """The records of one labelled set: authors apart at ";", nothing else touched."""
    csv.field_size_limit(sys.maxsize)
    with (folder / "records.csv").open(encoding="utf-8", newline="") as file:
        return [
            Record(
                record_id=row["id"],
                source=row["source"],
                type=row["type"],
                title=row["title"],
                authors=tuple(filter(None, (name.strip() for name in row["authors"].split(";")))),
                year=normalise.year(row["year"]),
                journal=row["journal"],
                volume=row["volume"],
                issue=row["issue"],
                pages=row["pages"],
                doi=row["doi"],
                issn=row["issn"],
                abstract=row["abstract"],
            )
            for row in csv.DictReader(file)
        ]


def groups_of(duplicates: Iterable[Duplicate]) -> list[list[str]]:
    """The groups that the links make, the record kept first."""
    groups: dict[str, list[str]] = {}
    for link in duplicates:
        groups.setdefault(link.duplicate_of, [link.duplicate_of]).append(link.record_id)
    return list(groups.values())


def scorer(shared: Path) -> ModuleType:
    """The scoring script that came with the labelled sets; it reads its tables with pandas."""
    needs("pandas")
    path = existing(shared / "bench" / "score.py", "the script that scores groups")
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_corpus(shared: Path, records: int, *, seed: int) -> Path:
    """A synthetic corpus of that many records, made once and kept in .benchmarks/."""
    script = existing(shared / "bench" / "make_corpus.py", "the script that makes corpora")
    folder = CACHE / f"corpus-{records}-{seed}"
    if not (folder / "groups.csv").is_file():
        arguments = ["--records", str(records), "--seed", str(seed), "--out", str(folder)]
        subprocess.run([sys.executable, str(script), *arguments], check=True)
    return folder
