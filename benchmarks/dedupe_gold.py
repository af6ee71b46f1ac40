"""How deduplication does on sets that people labelled, beside other tools, in one run.

    .peers/bin/python benchmarks/dedupe_gold.py [--sets SET ...] [--peers PYTHON] [--misses]
        [--shared DIR]

The four sets of DIR/gold together (6,540 records): works lost (no record of the work is kept),
duplicates missed, pairs left to people and how many of the missed they hold. DIR/bench/score.py
scores and needs pandas; `--peers` names the Python that holds bib-dedupe and asreview
(benchmarks/README.md says how to make one for both). What the peers find is kept in .benchmarks/,
because it takes them minutes.

Exit status 1 when a work is lost, records of two works are linked, or pandas or data are missing.
"""

from __future__ import annotations

import csv
import itertools
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from scopingreview.dedupe import link
from support.harness import CACHE, existing, machine, options
from support.labelled import SETS, groups_of, read_set, scorer

PEERS = ("bib-dedupe", "asreview")


def ours(folder: Path) -> tuple[list[list[str]], set[frozenset[str]], float]:
    """Our groups, the pairs left to people, and the seconds from records to links."""
    records = read_set(folder)
    started = time.perf_counter()
    links = link(records)
    seconds = time.perf_counter() - started
    pairs = {frozenset((pair.record_id, pair.other_id)) for pair in links.possible}
    return groups_of(links.duplicates), pairs, seconds


def theirs(tool: str, folder: Path, python: str) -> tuple[list[list[str]], int, float]:
    """A peer's groups, how many pairs it leaves to people, and its seconds; kept once found."""
    target = CACHE / "peers" / f"{tool}-{folder.name}.csv"
    printed = target.with_suffix(".txt")
    if not printed.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        script = Path(__file__).with_name("dedupe_peer.py")
        command = [python, str(script), tool, str(folder / "records.csv"), str(target)]
        printed.write_text(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout
        )
    seconds, maybe = printed.read_text().split()[-2:]
    with target.open(encoding="utf-8", newline="") as file:
        groups = [row["ids"].split(";") for row in csv.DictReader(file)]
    return [group for group in groups if len(group) > 1], int(maybe), float(seconds)


def missed_pairs(
    gold: Sequence[Sequence[str]], found: Sequence[Sequence[str]]
) -> set[frozenset[str]]:
    """The pairs of one work that are not in one group, one for each two groups of that work."""
    group_of = {record_id: at for at, group in enumerate(found) for record_id in group}
    missed = set()
    for work in gold:
        parts: dict[object, list[str]] = {}
        for record_id in work:
            parts.setdefault(group_of.get(record_id, record_id), []).append(record_id)
        for some, others in itertools.combinations(parts.values(), 2):
            missed |= {frozenset((one, other)) for one in some for other in others}
    return missed


def main() -> int:
    """Print a row for each set and tool, and the sums."""
    parser = options(__doc__, shared=True)
    parser.add_argument("--sets", nargs="+", default=SETS, metavar="SET", help="(default: all)")
    parser.add_argument("--peers", metavar="PYTHON", default="", help="the peers' interpreter")
    parser.add_argument("--misses", action="store_true", help="list the pairs that were missed")
    chosen = parser.parse_args()
    gold_folder = existing(chosen.shared / "gold", "the sets that people labelled")
    score = scorer(chosen.shared)
    print(machine())
    sums: dict[str, Counter[str]] = {}
    print("set              tool            right  wrong  missed  lost  possible  holding  seconds")
    for name in chosen.sets:
        folder = gold_folder / name
        gold = score.read_groups(folder / "groups.csv")
        groups, pairs, seconds = ours(folder)
        missed = missed_pairs(gold, groups)
        found = [("scopingreview", groups, len(pairs), len(pairs & missed), seconds)]
        for tool in PEERS if chosen.peers else ():
            peer_groups, maybe, peer_seconds = theirs(tool, folder, chosen.peers)
            found.append((tool, peer_groups, maybe, 0, peer_seconds))
        for tool, tool_groups, asked, holding, took in found:
            record = score.score(folder, tool_groups)["record"]
            row = Counter(
                right=record["tp"], wrong=record["fp"], missed=record["fn"],
                lost=record["lost_works"], possible=asked, holding=holding,
            )  # fmt: skip
            sums.setdefault(tool, Counter()).update(row)
            print(_row(name, tool, row, took))
        if chosen.misses:
            for pair in sorted(map(sorted, missed)):
                print("   missed:", *pair, "(left to people)" if frozenset(pair) in pairs else "")
    for tool, total in sums.items():
        print(_row("together", tool, total, 0.0))
    return 1 if sums["scopingreview"]["wrong"] or sums["scopingreview"]["lost"] else 0


def _row(name: str, tool: str, counts: Counter[str], seconds: float) -> str:
    took = f"{seconds:8.2f}" if seconds else ""
    return (
        f"{name:<16} {tool:<14} {counts['right']:>6} {counts['wrong']:>6} {counts['missed']:>7} "
        f"{counts['lost']:>5} {counts['possible']:>9} {counts['holding']:>8} {took}"
    )


if __name__ == "__main__":
    sys.exit(main())
