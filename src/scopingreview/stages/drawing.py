"""The stage `draw`: the flow diagram from the counts, for the screen and for print."""

from __future__ import annotations

from scopingreview import config, store
from scopingreview.flow.boxes import compose
from scopingreview.flow.layout import lay_out
from scopingreview.flow.palette import palette
from scopingreview.flow.printing import print_picture
from scopingreview.flow.svg import write_svg
from scopingreview.flow.table import flow_from_rows
from scopingreview.paths import FIGURE, Review

PRINTED = ("pdf", "png")


def run_draw(review: Review, *, dpi: int = 300) -> list[str]:
    """results/flow.svg, .pdf and .png show the counts of results/counts.csv; the files' names."""
    protocol = config.load_protocol(review)
    rules = protocol.flow
    diagram = compose(flow_from_rows(store.read_counts(review), protocol), rules)
    picture, colours = lay_out(diagram), palette(rules)
    store.write_text(review, f"{FIGURE}.svg", write_svg(diagram, picture, colours, font=rules.font))
    for kind in PRINTED:
        content = print_picture(picture, colours, kind, dpi=dpi, font=rules.font)
        store.write_bytes(review, f"{FIGURE}.{kind}", content)
    return [f"{FIGURE}.{kind}" for kind in ("svg", *PRINTED)]
