"""Text and elements of a DOCX: what XML forbids is shown by a sign, fields number themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scopingreview.visible import visible

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


def shown(text: str) -> str:
    """The text in one line, with a sign in the place of what would act or XML forbids.

    >>> shown("a\\x00b\\nc\\uffff")
    'a␀b c�'
    """
    return " ".join(visible(text).split())


def element(tag: str, **attributes: str) -> Any:
    """An element such as `w:tblW`, its attributes in the namespace of the same."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name.rstrip('_')}"), value)
    return made


def run_of(text: str, *, bold: bool = False) -> Any:
    """A run with the text as it is, its blanks kept."""
    from docx.oxml.ns import qn

    run = element("w:r")
    if bold:
        properties = element("w:rPr")
        properties.append(element("w:b"))
        run.append(properties)
    written = element("w:t")
    written.text = text
    written.set(qn("xml:space"), "preserve")
    run.append(written)
    return run


def mark_place(paragraph: Paragraph, name: str, number: int) -> None:
    """What the paragraph says so far is a place that fields lead to; `number` is its alone."""
    begins = element("w:bookmarkStart", id=str(number), name=name)
    properties = paragraph._p.pPr
    if properties is None:
        paragraph._p.insert(0, begins)
    else:
        properties.addnext(begins)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def add_field(paragraph: Paragraph, instruction: str, result: str, *, bold: bool = False) -> None:
    """A field at the end of the paragraph, with what it says as long as nobody updates it."""
    field = element("w:fldSimple", instr=instruction)
    field.append(run_of(result, bold=bold))
    paragraph._p.append(field)
