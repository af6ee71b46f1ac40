"""Deduplicates one records.csv with another tool, in that tool's own environment.

    PEER_PYTHON benchmarks/dedupe_peer.py bib-dedupe|asreview RECORDS.csv GROUPS.csv

Writes the groups (column ids, joined by ";", the first is kept) and prints the seconds that the
tool took and the pairs it leaves to people. Called by dedupe_gold.py and dedupe_speed.py.
"""

import sys
import time

import pandas as pd


def with_bib_dedupe(records):
    """Groups and the number of pairs left to people, as bib-dedupe finds them."""
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


def with_asreview(records):
    """Groups as the default of `asreview data dedup` makes them: by DOI, then by text."""
    from asreview import ASReviewData

    frame = records.rename(columns={"id": "key"})
    frame["doi"] = frame["doi"].replace("", None)
    data = ASReviewData(frame[["key", "title", "abstract", "doi"]].reset_index(drop=True))
    repeated = data.duplicated(pid="doi").tolist()
    text = (frame["title"].fillna("") + " " + frame["abstract"].fillna("")).str.lower()
    first, groups = {}, {}
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


def main():
    """Run the tool and write its groups."""
    tool, source, target = sys.argv[1:]
    records = pd.read_csv(source, dtype=str, keep_default_na=False)
    started = time.perf_counter()
    groups, maybe = (with_bib_dedupe if tool == "bib-dedupe" else with_asreview)(records)
    seconds = time.perf_counter() - started
    pd.DataFrame({"ids": [";".join(group) for group in groups]}).to_csv(target, index=False)
    print(f"{seconds} {maybe}")


if __name__ == "__main__":
    main()
