"""The stage `draw`: the flow diagram from the counts, for the screen and for print."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scopingreview import config, store
from scopingreview.flow.count_rows import flow_from_rows
from scopingreview.flow.diagram.page import Sheet, kind_of, render
from scopingreview.flow.prisma2020 import read_exchange
from scopingreview.flow.sums import check_style, check_sums
from scopingreview.model import Finding, FlowCounts, FlowRules
from scopingreview.paths import FIGURE, Review

DRAWN = ("svg", "pdf", "png")


@dataclass(frozen=True, slots=True)
class TypedFlow:
    """Numbers that people typed into a file, and what does not add up in them."""

    flow: FlowCounts
    findings: tuple[Finding, ...]


def run_draw(review: Review, *, sheet: Sheet | None = None) -> list[str]:
    """results/flow.svg, .pdf and .png show the counts of results/counts.csv; the files' names."""
    flow, rules = counted_flow(review)
    for kind in DRAWN:
        draw_file(flow, rules, review.path(f"{FIGURE}.{kind}"), sheet=sheet)
    return [f"{FIGURE}.{kind}" for kind in DRAWN]


def counted_flow(review: Review) -> tuple[FlowCounts, FlowRules]:
    """The counts of results/counts.csv and how the protocol wants them drawn.

    Raises MissingInputError before `count` has run.
    """
    protocol = config.load_protocol(review)
    return flow_from_rows(store.read_counts(review), protocol), protocol.flow


def read_typed_flow(path: Path) -> TypedFlow:
    """The flow of a PRISMA2020 file, checked. Raises ReviewError when it cannot be read."""
    flow = read_exchange(store.read_text(path), where=str(path))
    return TypedFlow(flow, (*check_sums(flow), *check_style(flow, planned=False)))


def draw_file(
    flow: FlowCounts, rules: FlowRules, path: Path, *, sheet: Sheet | None = None
) -> None:
    """The file holds the diagram in the form its suffix says: a whole new file or the old one."""
    store.write_bytes(path, render(flow, rules, kind_of(path.suffix), sheet=sheet))
