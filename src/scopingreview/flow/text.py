"""The diagram in words: sentences for a screen reader, plain text, Markdown, Mermaid."""

from __future__ import annotations

from collections.abc import Iterator

from scopingreview.flow.diagram import Block, Diagram


def sentences(diagram: Diagram) -> Iterator[str]:
    """Everything the diagram says, box by box, in the order in which it is read."""
    if diagram.progress:
        yield f"{diagram.progress}."
    yield from (f"{said(block)}." for block in diagram.blocks)
    yield from diagram.notes


def said(block: Block) -> str:
    """A box in one line: its lines one after the other, reasons set apart by semicolons."""
    text = block.entries[0].text
    for before, entry in zip(block.entries, block.entries[1:], strict=False):
        joined = " " if before.text.endswith(":") or entry.text.startswith("(n") else "; "
        text += joined + entry.text
    return text.replace("\u00a0", " ")
