"""How the document looks: A4, one serif for text and heads, everything by named styles.

Whoever submits to a journal changes a style and not three hundred paragraphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scopingreview.report.document.docx_text import add_field

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

FONT = "Times New Roman"
LANGUAGE = "en-GB"  # of the sentences, whatever the diagram speaks
PAGE_MM = (210.0, 297.0)
MARGIN_MM = 25.0
TABLE_TEXT, TABLE_NOTE, REFERENCE, ASIDE = "Table Text", "Table Note", "Reference", "Aside"
PICTURE = "Picture"
# Points: size, before, after; and whether it is bold.
LOOKS: dict[str, tuple[float, float, float, bool]] = {
    "Normal": (11, 0, 6, False),
    "Title": (18, 0, 12, True),
    "Subtitle": (12, 0, 12, False),
    "Heading 1": (14, 18, 6, True),
    "Heading 2": (12, 12, 6, True),
    "Heading 3": (11, 12, 4, True),
    "Caption": (10, 10, 6, False),
    TABLE_TEXT: (8, 1, 1, False),
    TABLE_NOTE: (8, 2, 2, False),
    REFERENCE: (10, 0, 4, False),
    ASIDE: (9, 0, 6, False),
    PICTURE: (11, 14, 0, False),
}
LINE_SPACING = 1.15
HANGING_MM = 9.0
COMPATIBLE_WITH = "15"  # Word 2013 and later: else it opens in its compatibility mode


def room_mm(*, sideways: bool) -> tuple[float, float]:
    """How wide and how high the text of a page may be."""
    width, height = reversed(PAGE_MM) if sideways else PAGE_MM
    return width - 2 * MARGIN_MM, height - 2 * MARGIN_MM


def set_page(section: Section, *, sideways: bool) -> None:
    """The pages of the section stand, or lie."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    width, height = reversed(PAGE_MM) if sideways else PAGE_MM
    section.orientation = WD_ORIENT.LANDSCAPE if sideways else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin = section.bottom_margin = Mm(MARGIN_MM)


def set_styles(document: Document) -> None:
    """Every style that the document uses, and the language of its text."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    for name, look in LOOKS.items():
        if name not in document.styles:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = document.styles["Normal"]
            style.quick_style = True
        _set_look(document.styles[name], *look)
    document.styles["Normal"].paragraph_format.line_spacing = LINE_SPACING
    for name in (TABLE_TEXT, TABLE_NOTE):
        document.styles[name].paragraph_format.line_spacing = 1.0
    document.styles["Caption"].paragraph_format.keep_with_next = True
    hanging = document.styles[REFERENCE].paragraph_format
    hanging.left_indent, hanging.first_line_indent = Mm(HANGING_MM), -Mm(HANGING_MM)
    hanging.tab_stops.add_tab_stop(Mm(HANGING_MM))
    document.styles[ASIDE].font.italic = True
    picture = document.styles[PICTURE].paragraph_format
    picture.alignment, picture.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
    _set_language(document)
    _set_compatibility(document)


def _set_look(style: Any, size: float, before: float, after: float, bold: bool) -> None:
    """The size in points, in our font and in black, whatever the theme of the template says."""
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for spacing in style.element.rPr.findall(_qualified("spacing")):
        style.element.rPr.remove(spacing)  # the template spreads the letters of a subtitle
    fonts.attrib.clear()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(_qualified(kind), FONT)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    for border in style.element.pPr.findall(_qualified("pBdr")):
        style.element.pPr.remove(border)  # the template rules off its title in blue


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _set_language(document: Document) -> None:
    for language in document.styles.element.iter(_qualified("lang")):
        language.set(_qualified("val"), LANGUAGE)


def _set_compatibility(document: Document) -> None:
    for setting in document.settings.element.iter(_qualified("compatSetting")):
        if setting.get(_qualified("name")) == "compatibilityMode":
            setting.set(_qualified("val"), COMPATIBLE_WITH)


def number_pages(section: Section) -> None:
    """The page number stands in the middle of the foot, in this section and those behind it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(foot, "PAGE", "1")
