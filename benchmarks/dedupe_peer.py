"""Deduplicate one records.csv with another tool, in that tool's own environment.

    PYTHON benchmarks/dedupe_peer.py {bib-dedupe,asreview} RECORDS GROUPS

RECORDS is a table with the columns id, type, title, authors, year, journal, volume, issue, pages,
doi and abstract. Writes GROUPS (one column, ids, joined by ";"; the first is kept) and prints the
seconds that the tool took and how many pairs it leaves to people. Called by dedupe_gold.py and
dedupe_speed.py. PYTHON needs pandas and the tool (benchmarks/README.md) and not scopingreview.

Exit status 0, or the tool's own failure.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from support.harness import options

if TYPE_CHECKING:
    import pandas as pd

Found = tuple[list[list[str]], int]


def with_bib_dedupe(records: pd.DataFrame) -> Found:
    """Groups and the number of pairs left to people, as bib-dedupe finds them."""
    import pandas as pd
    from bib_dedupe.bib_dedupe import block, cluster, match, prep

    frame = pd.DataFrame(
        {
            "ID": records["id"],
            "ENTRYTYPE": records["type"].replace("", "article"),
            "title": records["title"],
            "author": records["authors"].str.replace("; ", " and "),
            "year": records["year"],
            "journal": records["journal"],
            "volume": records["volume"],
            "number": records["issue"],
            "pages": records["pages"],
            "doi": records["doi"],
            "abstract": records["abstract"],
        }
    )
    matched = match(block(prep(frame, verbosity_level=0), verbosity_level=0), verbosity_level=0)
    maybe = int((matched["duplicate_label"] == "maybe").sum())
    return [list(group) for group in cluster(matched)], maybe


def with_asreview(records: pd.DataFrame) -> Found:
    """Groups as the default of `asreview data dedup` makes them: by DOI, then by text."""
    from asreview import ASReviewData

    frame = records.rename(columns={"id": "key"})
    frame["doi"] = frame["doi"].replace("", None)
    data = ASReviewData(frame[["key", "title", "abstract", "doi"]].reset_index(drop=True))
    repeated = data.duplicated(pid="doi").tolist()
    text = (frame["title"].fillna("") + " " + frame["abstract"].fillna("")).str.lower()
    first: dict[tuple[str, str], str] = {}
    groups: dict[str, list[str]] = {}
    rows = zip(
        frame["key"], frame["doi"], text.str.replace(r"[^a-z0-9]", "", regex=True), strict=True
    )
    for (key, doi, words), again in zip(rows, repeated, strict=True):
        kept = first.get(("doi", doi)) or first.get(("text", words)) or key
        if again and kept != key:
            groups.setdefault(kept, [kept]).append(key)
        if doi:
            first.setdefault(("doi", doi), kept)
        first.setdefault(("text", words), kept)
    return list(groups.values()), 0


TOOLS = {"bib-dedupe": with_bib_dedupe, "asreview": with_asreview}


def main() -> None:
    """Run the tool and write its groups."""
    parser = options(__doc__)
    parser.add_argument("tool", choices=TOOLS)
    parser.add_argument("records", type=Path, metavar="RECORDS")
    parser.add_argument("groups", type=Path, metavar="GROUPS")
    chosen = parser.parse_args()
    import pandas as pd

    records = pd.read_csv(chosen.records, dtype=str, keep_default_na=False)
    started = time.perf_counter()
    groups, maybe = TOOLS[chosen.tool](records)
    seconds = time.perf_counter() - started
    pd.DataFrame({"ids": [";".join(group) for group in groups]}).to_csv(chosen.groups, index=False)
    print(f"{seconds} {maybe}")


if __name__ == "__main__":
    main()
