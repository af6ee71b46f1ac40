"""Cells that a spreadsheet must not take for a formula, and their way back.

A text that begins with = + - @ (or a tab or a carriage return) is run by spreadsheets when a
CSV file is opened (OWASP, CSV Injection). An apostrophe in front keeps it text.
"""

from __future__ import annotations

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
GUARD = "'"


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet runs.

    >>> [guarded(text) for text in ("=1+1", "-5 °C", "fine")]
    ["'=1+1", "'-5 °C", 'fine']
    """
    return GUARD + text if _begins_dangerously(text) else text


def unguarded(cell: str) -> str:
    """The text that was guarded; any other cell is its own text.

    >>> [unguarded(cell) for cell in ("'=1+1", "'tis fine", "=1+1")]
    ['=1+1', "'tis fine", '=1+1']
    """
    return cell[1:] if cell.startswith(GUARD) and _begins_dangerously(cell) else cell


def _begins_dangerously(text: str) -> bool:
    """Also behind apostrophes: what was guarded twice comes back guarded once."""
    return text.lstrip(GUARD).startswith(DANGEROUS)
