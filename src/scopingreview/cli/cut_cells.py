"""What a workbook could not hold whole, and how the user is told."""

from __future__ import annotations

from scopingreview.cli.console import Console
from scopingreview.exchange import LONGEST_CELL

MOST_TOLD = 10  # one by one


class CutCells:
    """What a workbook could not hold whole, to be told when it is written."""

    def __init__(self) -> None:
        self.cells: list[str] = []

    def append(self, record_id: str, column: str) -> None:
        """A cell of this record was cut."""
        self.cells.append(f"{record_id} ({column})")

    def show(self, console: Console) -> None:
        """Which records it is about, and where all of it stands; nothing when nothing was cut."""
        if not self.cells:
            return
        more = f" and {len(self.cells) - MOST_TOLD:,} more" if len(self.cells) > MOST_TOLD else ""
        console.note(
            f"Cut in this file, where a cell of Excel holds {LONGEST_CELL:,} characters: "
            f"{', '.join(self.cells[:MOST_TOLD])}{more}. A .csv has all of it."
        )
