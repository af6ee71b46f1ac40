"""Whether the files in results/ still say what the data say, and how they differ."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from scopingreview import store
from scopingreview.flow.diagram.page import render
from scopingreview.model import Count
from scopingreview.paths import COUNTS, EXCHANGE, FIGURE, SUMMARY, Review
from scopingreview.review.counted_flow import count_report, load_data
from scopingreview.stages.counting import count_files
from scopingreview.stages.drawing import DRAWN, counted_flow


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not what its stage would write now, and the lines that differ."""

    file: str
    lines: tuple[str, ...]


def stale_counts(review: Review) -> list[Difference]:
    """What `count` would change in results/; nothing when it is up to date."""
    data = load_data(review)
    files = count_files(review, data.state, count_report(data))
    committed = store.read_counts(review) if review.path(COUNTS).is_file() else []
    return list(
        filter(
            None,
            (
                _difference(COUNTS, _table(committed), _table(files.rows)),
                _difference(EXCHANGE, _text(review, EXCHANGE), files.exchange),
                _difference(SUMMARY, _text(review, SUMMARY), files.summary),
            ),
        )
    )


def stale_figure(review: Review) -> list[Difference]:
    """What `draw` would change in results/: the words of the SVG, and files that are missing.

    PDF and PNG are not compared: another version of a library may pack the same picture
    differently.
    """
    flow, rules = counted_flow(review)
    name = f"{FIGURE}.svg"
    drawn = _difference(name, _text(review, name), render(flow, rules, "svg").decode())
    missing = (f"{FIGURE}.{kind}" for kind in DRAWN if kind != "svg")
    return [
        *([drawn] if drawn else []),
        *(Difference(file, ()) for file in missing if not review.path(file).is_file()),
    ]


def _table(rows: list[Count] | tuple[Count, ...]) -> str:
    return "".join(f"{row.box},{row.item},{row.n}\n" for row in rows)


def _text(review: Review, name: str) -> str:
    """The file's text with its own line ends, "" when there is none."""
    path = review.path(name)
    return path.read_bytes().decode() if path.is_file() else ""


def _difference(file: str, committed: str, fresh: str) -> Difference | None:
    lines = tuple(_changed(file, committed, fresh))
    return Difference(file, lines) if committed != fresh else None


def _changed(file: str, committed: str, fresh: str) -> Iterator[str]:
    return difflib.unified_diff(
        committed.splitlines(),
        fresh.splitlines(),
        f"{file} as it is",
        f"{file} as the data say",
        lineterm="",
        n=0,
    )
