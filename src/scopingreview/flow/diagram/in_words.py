"""The diagram in words: for a screen reader, as plain text, as Markdown, as Mermaid."""

from __future__ import annotations

from collections.abc import Iterator

from scopingreview.flow.diagram.elements import Block, Column, Diagram, Entry, Row

RIGHT = (Column.MAIN_RIGHT, Column.OTHER_RIGHT)
LANES = {
    "previous": (Column.PREVIOUS,),
    "main": (Column.MAIN, Column.MAIN_RIGHT),
    "other": (Column.OTHER, Column.OTHER_RIGHT),
}


def sentences(diagram: Diagram) -> Iterator[str]:
    """Everything the diagram says, box by box, in the order in which it is read."""
    if diagram.progress:
        yield f"{diagram.progress}."
    yield from (f"{in_one_line(block)}." for block in diagram.blocks)
    yield from diagram.notes


def in_one_line(block: Block) -> str:
    """A box in one line: its lines one after the other, reasons set apart by semicolons."""
    text = block.entries[0].text
    for before, entry in zip(block.entries, block.entries[1:], strict=False):
        joined = " " if before.text.endswith((":", "：")) or entry.text.startswith("(n") else "; "
        text += joined + entry.text
    return _plain(text)


def plain_text(diagram: Diagram) -> str:
    """The diagram as an indented list: `→` before what leaves a lane."""
    lines = [diagram.title, ""]
    if diagram.progress:
        lines += [diagram.progress, ""]
    for heading, blocks in _lanes(diagram):
        lines += [heading, "-" * len(heading)]
        for block in blocks:
            mark = "  → " if block.column in RIGHT else ""
            first, *rest = (f"{'  ' * e.level}{_plain(e.text)}" for e in _merged(block))
            lines += [mark + first, *(" " * len(mark) + line for line in rest)]
        lines.append("")
    return "\n".join([*lines, *diagram.notes, ""])


def markdown(diagram: Diagram) -> str:
    """The diagram as nested Markdown lists, a lane a list."""
    lines = [f"**{diagram.progress}**", ""] if diagram.progress else []
    for heading, blocks in _lanes(diagram):
        lines += [f"### {heading}", ""]
        for block in blocks:
            depth = 1 if block.column in RIGHT else 0
            for place, entry in enumerate(_merged(block)):
                level = depth + entry.level + (place > 0 and entry.level == 0)
                lines.append(f"{'  ' * level}- {_escaped(_plain(entry.text))}")
        lines.append("")
    notes = (_escaped(note) for note in diagram.notes)
    return "\n".join([*lines, *(f"{note}  " for note in notes), ""])


def mermaid(diagram: Diagram) -> str:
    """The diagram as a Mermaid flowchart, for READMEs and wikis that draw it."""
    lines = ["flowchart TD", f"  accTitle: {diagram.title}"]
    for block in diagram.blocks:
        text = "<br/>".join(_quoted(_plain(entry.text)) for entry in block.entries)
        lines.append(f'  {block.name}["{text}"]')
    lines += [f"  {start} --> {end}" for start, end in diagram.links]
    if diagram.progress:
        lines.append(f'  progress["{_quoted(diagram.progress)}"]')
    return "\n".join([*lines, ""])


def _lanes(diagram: Diagram) -> Iterator[tuple[str, list[Block]]]:
    """The boxes under each heading; the last boxes, where lanes meet, come at the end."""
    last = [block for block in diagram.blocks if block.row >= Row.INCLUDED]
    for heading in diagram.headings:
        columns = LANES[heading.name]
        yield (
            heading.text,
            [b for b in diagram.blocks if b.column in columns and b.row < Row.INCLUDED],
        )
    yield diagram.stages[-1], last


def _merged(block: Block) -> Iterator[Entry]:
    """The lines of a box, with a number that stands alone joined to its words."""
    first, *rest = block.entries
    for entry in rest:
        if entry.text.startswith("(n"):
            first = Entry(f"{first.text} {entry.text}", first.level)
        else:
            yield first
            first = entry
    yield first


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def _escaped(text: str) -> str:
    return text.replace("*", "\\*").replace("<", "&lt;")


def _quoted(text: str) -> str:
    return text.replace("&", "#amp;").replace('"', "#quot;").replace("<", "#lt;")
