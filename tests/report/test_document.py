"""The document that people submit: its parts as DOCX and as Markdown, where text is text."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from bibtexparser.entrypoint import parse_string
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from scopingreview import store
from scopingreview.model import Cell, Slot
from scopingreview.model.result_rules import ReportFormat
from scopingreview.paths import REFERENCES, REPORT_DOCX, REPORT_MARKDOWN, Review
from scopingreview.report.document.document_parts import (
    CitedStudies,
    Heading,
    Listed,
    NumberedPicture,
    NumberedTable,
    Paragraph,
    References,
    ReviewDocument,
    Terms,
)
from scopingreview.report.document.own_mark import digest_of, docx_lines, is_as_written
from scopingreview.report.document.written_docx import docx_bytes
from scopingreview.report.document.written_markdown import document_markdown
from scopingreview.report.page.page_values import CitedReport
from scopingreview.review.counted_flow import load_data
from scopingreview.review.report_files import report_files
from scopingreview.review.reporting import load_report_data
from scopingreview.tables.paper_table import Column, ColumnKind, PaperTable, RowLook, TableRow
from tests.charted_reviews import INCLUDED, charted_review
from tests.report.test_page import a_review
from tests.reviews import tick

HOSTILE = (
    "*a* _b_ [c](javascript:x) `r 1+1` $x$ @key {{< include /etc/passwd >}} | <script>x</script> "
    "</w:t> &amp; \\input{x} ::: ^[note] \x00\x1b\uffff\u202e"
)
ROWS = (
    TableRow(("Early",), RowLook.SECTION),
    TableRow(("Bell 2019", "long text " * 20, 3)),
    TableRow((HOSTILE, "=1+1", None)),
    TableRow(("All", "", 1204), RowLook.TOTAL),
)
TABLE = PaperTable(
    "two_words",
    HOSTILE,
    (
        Column("study", "Study", ColumnKind.TEXT),
        Column("text", "What it says", ColumnKind.TEXT, group="Both", weight=1.0),
        Column("n", "Number", group="Both"),
    ),
    ROWS,
    notes=(HOSTILE,),
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "f8cfc0f01f0005000180ff89d0ea0000000049454e44ae426082"
)
REPORTS = (
    CitedReport("pubmed:1", f"Bell A. {HOSTILE}"),
    CitedReport("pubmed:1+2", "Bell A. Again."),
)


def a_document(*parts: object, **values: object) -> ReviewDocument:
    given: dict[str, object] = {
        "title": "On rest",
        "authors": ("Ada Bell", "Dan Cruz"),
        "parts": parts,
        "references": REPORTS,
        "made_by": "scopingreview 0.1.0",
    }
    return ReviewDocument(**(given | values))  # type: ignore[arg-type]


def a_picture(**values: object) -> NumberedPicture:
    given: dict[str, object] = {
        "file": "figures/years",
        "png": PNG,
        "width_mm": 190.0,
        "height_mm": 100.0,
        "caption": HOSTILE,
        "alternative": HOSTILE,
    }
    return NumberedPicture(**(given | values))  # type: ignore[arg-type]


EVERY_PART = (
    Heading(1, HOSTILE),
    Paragraph(HOSTILE),
    Paragraph(HOSTILE, aside=True),
    Terms((("Seed", HOSTILE),)),
    a_picture(),
    NumberedTable(TABLE, cites={"Bell 2019": ("pubmed:1", "pubmed:1+2")}),
    CitedStudies({HOSTILE: ("pubmed:1",)}),
    References(),
    Listed(REPORTS),
)


def opened(*parts: object, **values: object) -> docx.document.Document:
    return docx.Document(io.BytesIO(docx_bytes(a_document(*parts, **values))))


def xml_of(content: bytes, part: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(part).decode()


# ── DOCX ─────────────────────────────────────────────────────────────────────────────────────


def test_headings_are_headings_and_the_title_is_one():
    made = opened(Heading(1, "Methods"), Paragraph("So."), Heading(2, "More"))
    told = [(each.style.name, each.text) for each in made.paragraphs if each.style]
    assert told == [
        ("Title", "On rest"),
        ("Subtitle", "Ada Bell, Dan Cruz"),
        ("Heading 1", "Methods"),
        ("Normal", "So."),
        ("Heading 2", "More"),
    ]


def test_the_properties_say_what_it_is_and_whose():
    properties = opened().core_properties
    assert (properties.title, properties.author) == ("On rest", "Ada Bell; Dan Cruz")
    assert (properties.language, properties.comments) == ("en", "scopingreview 0.1.0")
    assert properties.last_modified_by == "scopingreview"


def test_it_opens_as_a_document_of_todays_word_in_the_language_of_its_sentences():
    content = docx_bytes(a_document())
    modes = re.findall(
        r'"compatibilityMode"[^>]*w:val="(\d+)"', xml_of(content, "word/settings.xml")
    )
    assert modes == ["15"]
    languages = re.findall(r'<w:lang w:val="([^"]*)"', xml_of(content, "word/styles.xml"))
    assert set(languages) == {"en-GB"}


def test_a_table_repeats_its_head_and_parts_no_row():
    table = opened(NumberedTable(TABLE)).tables[0]._tbl
    heads = [row.find(".//" + qn("w:tblHeader")) is not None for row in table.tr_lst]
    assert heads == [True, True, False, False, False, False]
    assert all(row.find(".//" + qn("w:cantSplit")) is not None for row in table.tr_lst)
    widths = [int(each.get(qn("w:w"))) for each in table.iter(qn("w:gridCol"))]
    assert sum(widths) == pytest.approx(160 / 25.4 * 1440, abs=2)
    assert widths[2] < min(widths[:2]), "a column of numbers is no wider than they are"


def test_a_table_reads_as_on_paper_and_a_study_has_the_numbers_of_its_reports():
    cites = {"Bell 2019": ("pubmed:1+2", "pubmed:1"), HOSTILE: ("pubmed:1",)}
    table = opened(NumberedTable(TABLE, cites=cites)).tables[0]
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    assert texts[0] == ["", "Both", "Both"]
    assert texts[1] == ["Study", "What it says", "Number"]
    assert texts[2][0] == "Early"
    assert (texts[3][0], texts[3][2]) == ("Bell 2019 [1, 2]", "3")
    assert texts[4][0].endswith(" [1]")
    assert (texts[4][1], texts[4][2]) == ("=1+1", "–")
    assert texts[5] == ["All", "", "1,204"]


def test_captions_count_on_by_fields():
    made = opened(a_picture(caption="A"), NumberedTable(TABLE), a_picture(caption="B"))
    captions = [each for each in made.paragraphs if each.style and each.style.name == "Caption"]
    told = ["".join(text.text or "" for text in each._p.iter(qn("w:t"))) for each in captions]
    assert [one.partition(".")[0] for one in told] == ["Figure 1", "Table 1", "Figure 2"]
    fields = [each.get(qn("w:instr")) for each in made.element.body.iter(qn("w:fldSimple"))]
    assert fields == [r"SEQ Figure \* ARABIC", r"SEQ Table \* ARABIC", r"SEQ Figure \* ARABIC"]


def test_the_text_leads_to_the_picture_by_its_number():
    made = opened(a_picture(file="flow"), Paragraph("So.", shown_in="figures/years"), a_picture())
    body = made.element.body
    field = next(each for each in body.iter(qn("w:fldSimple")) if "REF" in each.get(qn("w:instr")))
    name = field.get(qn("w:instr")).split()[1]
    assert "".join(text.text for text in field.iter(qn("w:t"))) == "Figure 2"
    said = field.getparent().xpath(".//w:t/text()")
    assert "".join(said) == "So (Figure 2)."
    (place,) = [each for each in body.iter(qn("w:bookmarkStart")) if each.get(qn("w:name")) == name]
    caption = place.getparent()
    inside = caption.xpath("./w:bookmarkEnd/preceding-sibling::*//w:t/text()")
    assert "".join(inside) == "Figure 2"


def test_a_wide_table_lies_and_what_comes_next_stands():
    made = opened(
        Paragraph("Before."),
        Heading(2, "Included studies"),
        NumberedTable(TABLE, sideways=True),
        NumberedTable(TABLE, sideways=True),
        Paragraph("After."),
    )
    assert [section.orientation for section in made.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    lying = made.sections[1]
    assert (lying.page_width or 0) > (lying.page_height or 0)
    before = [block.text for block in made.sections[0].iter_inner_content()]  # type: ignore[union-attr]
    assert "Included studies" not in before, "a head stands where what it heads does"


def test_a_table_that_would_break_words_lies_too():
    columns = tuple(Column(f"c{n}", "Extraordinarily", ColumnKind.TEXT) for n in range(9))
    wide = PaperTable("wide", "Wide", columns, (TableRow(("x",) * 9),))
    assert [section.orientation for section in opened(NumberedTable(wide)).sections][-1] == (
        WD_ORIENT.LANDSCAPE
    )


def test_a_picture_fits_the_page_and_says_what_it_shows():
    made = opened(a_picture(alternative="Three bars."), a_picture(width_mm=150, height_mm=600))
    wide, high = made.inline_shapes
    assert wide.width.mm == pytest.approx(160, abs=0.1)
    assert high.width.mm == pytest.approx(150 * 0.85 * 247 / 600, abs=0.1)
    described = [each._inline.docPr.get("descr") for each in made.inline_shapes]
    assert described == ["Three bars.", described[1]]


def test_references_are_numbered_in_their_order():
    made = opened(
        References(), references=(CitedReport("a", "Bell A."), CitedReport("b", "Cruz D."))
    )
    told = [each.text for each in made.paragraphs if each.style and each.style.name == "Reference"]
    assert told == ["1.\tBell A.", "2.\tCruz D."]


def test_outside_text_is_text_and_what_xml_forbids_is_a_sign():
    content = docx_bytes(a_document(*EVERY_PART, title=HOSTILE))
    made = docx.Document(io.BytesIO(content))
    paragraph = next(each for each in made.paragraphs if each.style and each.style.name == "Normal")
    assert paragraph.text.endswith("␀␛��")
    assert "<script>x</script> </w:t> &amp;" in paragraph.text
    xml = xml_of(content)
    kinds = {
        each.split()[0] for each in re.findall(r"<(w:(?:hyperlink|fld\w+|instrText|object)\b)", xml)
    }
    assert kinds == {"w:fldSimple"}, "nothing that acts but the fields that number captions"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        related = archive.read("word/_rels/document.xml.rels").decode()
        assert 'TargetMode="External"' not in related


def test_the_same_parts_are_the_same_bytes():
    first, second = (docx_bytes(a_document(*EVERY_PART)) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────


def markdown(*parts: object, **values: object) -> str:
    keys = {"pubmed:1": "pubmed:1", "pubmed:1+2": "pubmed:1-2"}
    return document_markdown(a_document(*parts, **values), bibliography="references.bib", keys=keys)


def test_the_head_of_the_markdown_is_yaml():
    head = markdown(title='On "rest": *why*').split("---\n")[1]
    lines = head.splitlines()
    assert json.loads(lines[0].removeprefix("title: ")) == r'On "rest": \*why\*'
    assert lines[1:4] == ["author:", '  - "Ada Bell"', '  - "Dan Cruz"']
    assert "bibliography: references.bib" in lines


def test_a_picture_is_a_figure_with_its_width_and_its_words():
    text = markdown(a_picture(caption="Years.", alternative='Bars: "3".', width_mm=80))
    words = '"Bars: &#34;3&#34;."'
    assert (
        f"![Years.](figures/years.svg){{#fig-years width=50% fig-alt={words} alt={words}}}" in text
    )


def test_a_table_is_a_pipe_table_with_a_caption_and_citations():
    cites = {"Bell 2019": ("pubmed:1", "pubmed:1+2")}
    lines = markdown(NumberedTable(TABLE, cites=cites)).splitlines()
    rows = [re.split(r"(?<!\\)\|", line) for line in lines if line.startswith("|")]
    assert {len(row) for row in rows} == {5}, "every row has the cells of its head"
    assert rows[3][1] == " Bell 2019 [@{pubmed:1}; @{pubmed:1-2}] "
    assert next(line for line in lines if line.startswith(": ")).endswith("{#tbl-two-words}")


def test_references_stand_where_pandoc_puts_them():
    text = markdown(CitedStudies({"Bell 2019": ("pubmed:1",)}), References())
    assert "- Bell 2019 [@{pubmed:1}]\n\n::: {#refs}\n:::\n" in text


def test_outside_text_in_markdown_is_text():
    """Of what acts in Markdown, pandoc or Quarto nothing stands there without a backslash."""
    text = markdown(*EVERY_PART, title=HOSTILE)
    body = text.split("\n---\n", 1)[1]
    ours = (
        r"^#+ |^\*(?!\*)|\*$|^- |\*\*|\[@\{[\w:-]+\}(?:; @\{[\w:-]+\})*\]|^::: \{#refs\}$|^:::$"
        r"|^: | \{#tbl-[\w-]+\}$|^!\[|\]\(figures/years\.svg\)\{#fig-years[^}]*\}|^\||\|"
    )
    rest = re.sub(ours, "", body, flags=re.MULTILINE)
    rest = re.sub(r"&#\d+;", "", rest)
    assert not re.search(r"(?<!\\)[`*_\[\]<>$@{}#^~&]", rest)
    assert "javascript:" not in rest
    assert not re.search(r"\{\{|`|^:::(?! \{#refs|$)", body, re.MULTILINE)
    assert not set("\x00\x1b\u202e\uffff") & set(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1. Rest", r"1\. Rest"),
        ("(a) Rest", r"(a\) Rest"),
        ("- Rest", r"\- Rest"),
        ("--- Rest", r"\-\-\- Rest"),
        ("Table: rest", r"Table\: rest"),
        ("Rest: a trial at 3.5", "Rest: a trial at 3.5"),
        ("doi:10.5555/1", "doi:10.5555/1"),
        ("http://rest", r"http\://rest"),
        ("Embase.com", "Embase.com"),
        ("iv. Rest", r"iv\. Rest"),
        ("Rest. And work.", "Rest. And work."),
    ],
)
def test_what_begins_a_block_does_not(text: str, told: str):
    assert f"\n\n{told}\n" in markdown(Paragraph(text))


# ── a document in which people have written ──────────────────────────────────────────────────


@pytest.mark.parametrize("content", [docx_bytes(a_document(*EVERY_PART)), markdown().encode()])
def test_a_document_knows_whether_it_is_as_it_was_written(content: bytes):
    assert is_as_written(content)


def test_a_document_that_somebody_saved_anew_is_theirs():
    made = opened(Paragraph("So."))
    made.add_paragraph("And more.")
    saved = io.BytesIO()
    made.save(saved)
    assert not is_as_written(saved.getvalue())
    assert not is_as_written(markdown().replace("Ada", "Eve").encode())
    assert not is_as_written(b"PK no document")


def test_two_versions_that_git_has_joined_are_nobodys():
    one, other = markdown(Paragraph("One.")), markdown(Paragraph("Two."))
    assert is_as_written((one + other).encode())


def test_the_lines_of_a_docx_are_for_people():
    lines = docx_lines(
        docx_bytes(a_document(Heading(1, "Methods"), a_picture(alternative="Bars.")))
    )
    assert "[Heading1] Methods\n" in lines
    assert "[Picture] Bars.\n" in lines


def test_a_digest_is_short():
    assert len(digest_of(b"")) == 16


# ── of a review ──────────────────────────────────────────────────────────────────────────────

ALL = tuple(ReportFormat)


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return a_review(tmp_path / "review")


def files_of(review: Review) -> dict[str, bytes]:
    return report_files(load_report_data(review, load_data(review)), ALL)


def test_the_document_of_a_review_tells_what_the_page_tells(review: Review):
    told = docx_lines(files_of(review)[REPORT_DOCX])
    headings = re.findall(r"^\[Heading1\] (.*)$", told, re.MULTILINE)
    assert headings == [
        "Methods",
        "Results",
        "References",
        "Reports excluded by their full text",
        "How this document was made",
    ]
    assert ". The searches\n" not in told, "a table without rows is none"
    assert "By title and abstract, two reviewers decided by themselves on each record." in told
    assert re.search(r"^\[ListBullet\] Rosters &lt;b&gt;&amp; 2019 \[\d\]$", told, re.MULTILINE)
    assert len(re.findall(r"^\[Reference\] \d\.", told, re.MULTILINE)) == 2
    assert "Mice" in told.partition("[Heading1] Reports excluded")[2]
    assert "Yeast" not in told


def test_every_citation_of_the_markdown_is_in_the_bibliography(review: Review):
    files = files_of(review)
    text = files[REPORT_MARKDOWN].decode()
    library = parse_string(files[REFERENCES].decode())
    keys = {entry.key for entry in library.entries}
    cited = set(re.findall(r"@\{([^}]+)\}", text))
    assert cited == {"pubmed:1", "pubmed:2"}
    assert keys == {*cited, "scopus:3"}, "and the excluded reports, for whoever wants to cite them"
    assert not {"note", "abstract", "keywords"} & set(library.entries[0].fields_dict)
    assert library.entries[0].fields_dict["title"].value.startswith("{")


FORM = """
[charting]
charters = 1

[[charting.fields]]
key = "design"
label = "Design"
type = "choice"
options = { rct = "Randomised trial", case = "Case report" }
"""


def a_charted_review(folder: Path, *years: int) -> Review:
    """Three studies by the same author, of these years, all charted."""
    review = charted_review(folder, FORM)
    year_of = dict(zip(INCLUDED, years, strict=True))
    records = load_data(review).state.originals.values()
    changed = [replace(each, year=year_of.get(each.record_id, each.year)) for each in records]
    store.write_records(review, changed)
    store.append_cells(review, [Cell(tick(), key, Slot("design"), "rct", "ab") for key in INCLUDED])
    return review


def test_the_characteristics_lie_and_cite_their_studies(tmp_path: Path):
    files = files_of(a_charted_review(tmp_path / "charted", 2011, 2012, 2015))
    made = docx.Document(io.BytesIO(files[REPORT_DOCX]))
    assert [section.orientation for section in made.sections].count(WD_ORIENT.LANDSCAPE) == 1
    firsts = {row.cells[0].text for table in made.tables for row in table.rows}
    assert {"Doe 2011 [1]", "Doe 2012 [2]", "Doe 2015 [3]"} <= firsts
    assert "\n| Doe 2011 [@{pubmed:1}] |" in files[REPORT_MARKDOWN].decode()


def test_studies_that_are_called_the_same_are_each_cited_by_their_own_report(tmp_path: Path):
    files = files_of(a_charted_review(tmp_path / "charted", 2012, 2011, 2012))
    text = files[REPORT_MARKDOWN].decode()
    assert "\n| Doe 2011 [@{pubmed:2}] |" in text
    assert "\n| Doe 2012a [@{pubmed:1}] |" in text
    assert "\n| Doe 2012b [@{pubmed:5}] |" in text
