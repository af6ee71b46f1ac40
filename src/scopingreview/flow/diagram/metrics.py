"""How wide text is, and where it breaks into lines.

Widths are those of DejaVu Sans, the widest of the fonts the diagram asks for: what fits here
also fits in Helvetica or Arial.
"""

from __future__ import annotations

import re
import unicodedata

# Thousandths of the type size, for the characters from U+0020 to U+007E.
_ASCII = (
    "318 401 460 838 636 950 780 275 390 390 500 838 318 361 318 337 636 636 636 636 636 636 "
    "636 636 636 636 337 337 838 838 838 531 1000 684 686 698 770 632 575 775 752 295 295 656 "
    "557 863 748 787 603 787 695 635 611 732 684 989 685 611 685 390 337 390 838 500 500 613 "
    "635 550 635 615 352 635 634 278 278 579 278 974 634 612 635 635 411 521 392 634 592 818 "
    "592 592 525 636 337 636 838 "
)
_WIDTHS = {chr(32 + place): int(width) for place, width in enumerate(_ASCII.split())}
_WIDTHS |= {"\u00a0": 318, "\u202f": 200, "–": 500, "—": 1000, "…": 1000, "’": 318, "−": 838}
_WIDE = 1000
_UNKNOWN = 700
_BOLD = 1.15

# A line may break after a space, and around every ideograph.
_IDEOGRAPHS = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_PIECES = re.compile(rf"[{_IDEOGRAPHS}]| +|[^ {_IDEOGRAPHS}]+")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in points of text set in `size` points."""
    width = sum(_character_width(character) for character in text) * size / 1000
    return width * _BOLD if bold else width


def _character_width(character: str) -> int:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTHS.get(base, _UNKNOWN)


def wrap_text(
    text: str, width: float, size: float, *, bold: bool = False, hang: float = 0.0
) -> list[str]:
    """The lines that fit into `width` points; a word longer than a line is cut into pieces.

    Every line but the first is shorter by `hang`. A no-break space keeps its neighbours together
    and comes out as a plain space.
    """
    lines = [""]
    for piece in _PIECES.findall(text.strip()):
        for part in _cut(piece, width - hang, size, bold):
            room = width if len(lines) == 1 else width - hang
            if text_width(lines[-1] + part.rstrip(" "), size, bold=bold) <= room:
                lines[-1] += part
            else:
                lines.append(part.lstrip(" "))
    return [line.rstrip(" ").replace("\u00a0", " ") for line in lines if line.strip(" ")] or [""]


def _cut(word: str, width: float, size: float, bold: bool) -> list[str]:
    """The word, in as many pieces as it takes for each to fit into a line."""
    pieces = [""]
    for character in word:
        if pieces[-1] and text_width(pieces[-1] + character, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces
