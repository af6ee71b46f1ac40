"""How long counting and drawing take on a large review, and drawing beside other programs.

    python benchmarks/flow_speed.py [--records N] [--peers PYTHON]

Makes an invented review of that many records (a third of them duplicates, two reviewers, every
record decided) in a temporary folder, and times `count` and `draw` there, each in a process of
its own, start-up included; beside them the parts. `--peers` names the Python that holds prisma-flow
and prisma-flowchart (benchmarks/README.md says how to make it): the same counts are drawn by all
three, a process each, the best of five runs; and each is given a diagram whose records do not add
up, to see whether it says so.

Exit status 1 when a command fails; there is no bound on the time.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from scopingreview import config, store
from scopingreview.flow.diagram.page import render
from scopingreview.flow.members import count_flow
from scopingreview.flow.prisma2020 import write_exchange
from scopingreview.flow.record_checks import check_records
from scopingreview.flow.sums import check_sums
from scopingreview.model import (
    Box,
    Decision,
    Duplicate,
    FlowRules,
    Phase,
    Record,
    Retrieval,
    RetrievalStatus,
    Verdict,
)
from scopingreview.paths import Review
from scopingreview.review.counted_flow import load_data
from scopingreview.stages.new_review import Plan, found_review
from support.harness import SCOPINGREVIEW, cost_of, machine, options

SOURCES = ("pubmed", "embase", "scopus", "cinahl", "wos")
REVIEWERS = ("ab", "cd")
NOON = datetime(2023, 5, 1, 12, tzinfo=UTC)
RUNS = 5

PRISMA_FLOW = """
import sys, json
from prismaflow import new_review
flow = new_review(**json.load(open(sys.argv[1])))
report = flow.validate()
print(report.errors[0] if report.errors else "nothing said")
if not report.errors:
    flow.to_svg(sys.argv[2])
"""
PRISMA_FLOWCHART = """
import sys
from prisma_flow_diagram import load_prisma_csv, render_prisma
data = load_prisma_csv(sys.argv[1])
render_prisma(data, previous=False, other=False).save(sys.argv[2], overwrite=True)
print("nothing said")
"""


def main() -> int:
    parser = options(__doc__)
    parser.add_argument(
        "--records", type=int, default=100_000, metavar="N",
        help="how many records (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument("--peers", metavar="PYTHON", help="the other programs' interpreter")
    chosen = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        review = invent_review(Path(folder), chosen.records)
        print(f"{chosen.records:,} records, the two stages, start-up included")
        run_stage(review, "count")
        run_stage(review, "draw")
        show_parts(review)
        if chosen.peers:
            beside_peers(review, chosen.peers)
        else:
            print("\nno --peers PYTHON given: nothing to draw beside")
    return 0


def invent_review(folder: Path, count: int) -> Review:
    """A finished review of that many records on disk."""
    chance = random.Random(1)
    found_review(folder, Plan("A large review", list(SOURCES), list(REVIEWERS), ["ef"]))
    review = Review(folder)
    ids = [f"{chance.choice(SOURCES)}:{number}" for number in range(count)]
    store.write_records(
        review, (Record(i, i.split(":")[0], "all", title=f"On {i}", year=2020) for i in ids)
    )
    uniques: list[str] = []
    links: list[Duplicate] = []
    for record_id in ids:
        if uniques and chance.random() < 1 / 3:
            links.append(Duplicate(record_id, chance.choice(uniques), "same DOI"))
        else:
            uniques.append(record_id)
    store.write_duplicates(review, links, [])
    passed = [record_id for record_id in uniques if chance.random() < 0.1]
    kept = [record_id for record_id in passed if chance.random() < 0.3]
    decide(review, Phase.TITLE_ABSTRACT, uniques, set(passed))
    decide(review, Phase.FULL_TEXT, passed, set(kept))
    retrieved = RetrievalStatus.RETRIEVED
    store.append_retrievals(review, [Retrieval(NOON, one, retrieved) for one in passed])
    return review


def decide(review: Review, phase: Phase, ids: list[str], kept: set[str]) -> None:
    """Both reviewers say the same of every record."""
    reasons = reason_keys(review, phase)
    for reviewer in REVIEWERS:
        decisions = [
            Decision(NOON, one, phase, Verdict.INCLUDE, reviewer)
            if one in kept
            else Decision(NOON, one, phase, Verdict.EXCLUDE, reviewer, reasons[0])
            for one in ids
        ]
        store.append_decisions(review, decisions)


def reason_keys(review: Review, phase: Phase) -> list[str]:
    """The keys of the phase's exclusion reasons."""
    return list(config.load_protocol(review).phases[phase].exclusion_reasons)


def run_stage(review: Review, stage: str) -> None:
    cost = cost_of([*SCOPINGREVIEW, stage, "-C", str(review.root), "-q"])
    print(f"  {stage:<22} {cost.wall_seconds:6.2f} s   {cost.peak_megabytes:5.0f} MB")


def show_parts(review: Review) -> None:
    print("its parts, in one process")
    for name, seconds in parts(review):
        print(f"  {name:<22} {seconds:6.2f} s")


def parts(review: Review) -> Iterator[tuple[str, float]]:
    start = time.perf_counter()
    data = load_data(review)
    assert data.state.outcomes
    yield "read and work out", time.perf_counter() - start
    flow = count_flow(data)
    yield "count the boxes", timed(lambda: count_flow(data))
    yield "check the sums", timed(lambda: check_sums(flow))
    yield "check the records", timed(lambda: check_records(data, flow))
    for kind in ("svg", "png", "pdf"):
        yield f"draw {kind}", timed(partial(render, flow, FlowRules(), kind))


def beside_peers(review: Review, peers: str) -> None:
    """The same counts drawn by each program, whole and broken."""
    for what in ("whole", "broken"):
        print(f"\ndrawing an SVG of {what} counts, process and start-up, best of {RUNS}")
        files = write_inputs(review, broken=what == "broken")
        csv_file, json_file, out = files
        commands = {
            "scopingreview": [*SCOPINGREVIEW, "draw", "--from", csv_file, "--out", out],
            "prisma-flow": [peers, "-c", PRISMA_FLOW, json_file, out],
            "prisma-flowchart": [peers, "-c", PRISMA_FLOWCHART, csv_file, out],
        }
        for name, command in commands.items():
            Path(out).unlink(missing_ok=True)
            seconds = min(timed(partial(run, command)) for _ in range(RUNS))
            result = run(command)
            said = (result.stderr or result.stdout).strip().splitlines() or ["nothing said"]
            last = (said[-1] if said[0].startswith("Traceback") else said[0])[:80]
            drawn = Path(out).stat().st_size if Path(out).exists() else 0
            print(f"  {name:<18} {seconds:6.2f} s  {drawn:8,} bytes  {last}")


def write_inputs(review: Review, *, broken: bool) -> tuple[str, str, str]:
    """The counts in each program's own form; broken ones screened ten records too many."""
    flow = count_flow(load_data(review))
    n = {str(box): number for box, number in flow.totals.items()}
    text = write_exchange(flow, FlowRules()).text
    extra = 10 if broken else 0
    if broken:
        text = text.replace(f"html,{n['screened']}\r\n", f"html,{n['screened'] + extra}\r\n")
    csv_file, json_file = review.root / "typed.csv", review.root / "typed.json"
    csv_file.write_text(text, encoding="utf-8", newline="")
    excluded = flow.lines_of(Box.REPORTS_EXCLUDED)
    reasons = {line.label: line.n for line in excluded if line.n}
    json_file.write_text(
        json.dumps(
            {
                "records_identified_databases": n["databases"],
                "records_identified_registers": 0,
                "records_removed_duplicates": n["duplicates"],
                "records_removed_automation": n["ineligible"],
                "records_removed_other": n["removed_other"],
                "records_screened": n["screened"] + extra,
                "records_excluded": n["excluded"],
                "reports_sought": n["sought"],
                "reports_not_retrieved": n["not_retrieved"],
                "reports_assessed": n["assessed"],
                "reports_excluded": reasons,
                "studies_included": n["included_studies"],
                "reports_included": n["included_reports"],
            }
        ),
        encoding="utf-8",
    )
    return str(csv_file), str(json_file), str(review.root / "out.svg")


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
