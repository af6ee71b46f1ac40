"""One entry of an export as its file spells it: tags and values, nothing understood yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scopingreview.formats.layout import Layout

Fields = Mapping[str, Sequence[str]]


class RawEntry(NamedTuple):
    """Values by tag (or column, or element) in the order of the file; `line` is its first.

    `layout` says what the tags mean.
    """

    line: int
    fields: Fields
    layout: Layout
