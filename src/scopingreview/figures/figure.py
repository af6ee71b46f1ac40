"""A figure as a value: the drawing, what is said below it, what it says in words, its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from scopingreview.figures.shapes import Drawing
from scopingreview.tables.paper_table import PaperTable

WIDTH_MM = 190.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the review; `data` are its numbers and carry its name and title.

    `caption` stands below it in a paper. `alternative` says what it shows to whoever does not see
    it, its numbers included.
    """

    drawing: Drawing
    data: PaperTable
    caption: str
    alternative: str

    @property
    def name(self) -> str:
        """The file it is drawn into, without its ending."""
        return self.data.name


def words_of(figure: Figure, *, made_by: str = "") -> str:
    """The caption and the text alternative, as the text file beside the figure has them."""
    parts = [f"Caption\n\n{figure.caption}", f"Text alternative\n\n{figure.alternative}"]
    return "\n\n".join([*parts, *filter(None, [made_by])]) + "\n"
