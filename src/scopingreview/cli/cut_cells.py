"""What a workbook could not hold whole, and how the user is told."""

from __future__ import annotations

from scopingreview.cli.console import Console
from scopingreview.exchange import LONGEST_CELL

MOST_TOLD = 10  # one by one


class CutCells:
    """What a workbook could not hold whole, to be told when it is written."""

    def __init__(self) -> None:
        self.cells: list[str] = []

    def append(self, row: str, column: str) -> None:
        """A cell was cut; what the row is of: the id of a record, or the place in a table."""
        self.cells.append(f"{row} ({column})")

    def show(self, console: Console, *, file: str = "this file") -> None:
        """Which cells it is about, and where all of it stands; nothing when nothing was cut."""
        if not self.cells:
            return
        more = f" and {len(self.cells) - MOST_TOLD:,} more" if len(self.cells) > MOST_TOLD else ""
        console.note(
            f"Cut in {file}, where a cell of Excel holds {LONGEST_CELL:,} characters: "
            f"{', '.join(self.cells[:MOST_TOLD])}{more}. A .csv has all of it."
        )
