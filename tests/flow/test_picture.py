"""How the diagram looks: what it says, that nothing overlaps, and that the bytes are the same."""

from __future__ import annotations

import re
import warnings
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scopingreview.errors import ReviewError
from scopingreview.flow.diagram.arrangement import lay_out
from scopingreview.flow.diagram.boxes import compose
from scopingreview.flow.diagram.elements import Block
from scopingreview.flow.diagram.metrics import text_width, wrap_text
from scopingreview.flow.diagram.palette import palette
from scopingreview.flow.diagram.picture import Panel, Picture
from scopingreview.flow.diagram.printing import print_picture
from scopingreview.flow.diagram.svg import write_svg
from scopingreview.flow.diagram.wording import SEPARATORS, wording
from scopingreview.model import Box, FlowCounts, FlowRules, Line, SourceKind, UnitWord
from tests.flow.test_sums import OTHER, OTHER_LINES, UPDATE, WHOLE

SVG = "{http://www.w3.org/2000/svg}"
SOURCES = {
    Box.IDENTIFIED: tuple(
        Line(name, 258, name, SourceKind.DATABASE)
        for name in ("PubMed", "PsycINFO", "Embase", "CINAHL", "Web of Science")
    ),
    Box.OTHER_IDENTIFIED: (
        Line("web", 30, "Websites", SourceKind.WEBSITE),
        Line("cited", 10, "Citation searching", SourceKind.CITATION_SEARCHING),
    ),
}
REASONS = {
    Box.REPORTS_EXCLUDED: (
        Line("population", 40, "Not mental health workers"),
        Line("outcome", 29, "No outcome on empathy-based stress, burnout or vicarious trauma"),
    )
}
NEW_V1 = FlowCounts(WHOLE, SOURCES | REASONS)
NEW_V2 = FlowCounts(WHOLE | OTHER, SOURCES | REASONS | OTHER_LINES)
UPDATED_V1 = FlowCounts(WHOLE | UPDATE, SOURCES | REASONS)
UPDATED_V2 = FlowCounts(
    WHOLE | OTHER | UPDATE | {Box.TOTAL_REPORTS: 102}, SOURCES | REASONS | OTHER_LINES
)
VARIANTS = [NEW_V1, NEW_V2, UPDATED_V1, UPDATED_V2]
variants = pytest.mark.parametrize(
    "flow", VARIANTS, ids=["new v1", "new v2", "updated v1", "updated v2"]
)


def svg(flow: FlowCounts, rules: FlowRules | None = None) -> str:
    rules = rules or FlowRules()
    diagram = compose(flow, rules)
    return write_svg(diagram, lay_out(diagram), palette(rules), font=rules.font)


def texts(flow: FlowCounts, rules: FlowRules | None = None) -> list[str]:
    diagram = compose(flow, rules or FlowRules())
    return [heading.text for heading in diagram.headings] + list(map(box_text, diagram.blocks))


def box_text(block: Block) -> str:
    """All that the box says, in one line."""
    return " ".join(entry.text.replace("\u00a0", " ") for entry in block.entries)


def test_the_boxes_of_a_new_review_have_the_official_wording():
    assert texts(NEW_V1) == [
        "Identification of studies via databases and registers",
        "Records identified from*: Databases (n = 1,290) PubMed (n = 258) PsycINFO (n = 258)"
        " Embase (n = 258) CINAHL (n = 258) Web of Science (n = 258)",
        "Records removed before screening: Duplicate records removed (n = 210)"
        " Records marked as ineligible by automation tools (n = 0)"
        " Records removed for other reasons (n = 0)",
        "Records screened (n = 1,080)",
        "Records excluded** (n = 950)",
        "Reports sought for retrieval (n = 130)",
        "Reports not retrieved (n = 10)",
        "Reports assessed for eligibility (n = 120)",
        "Reports excluded (n = 69): Not mental health workers (n = 40)"
        " No outcome on empathy-based stress, burnout or vicarious trauma (n = 29)",
        "Studies included in review (n = 48) Reports of included studies (n = 51)",
    ]


def test_an_update_says_new_and_total():
    drawn = texts(UPDATED_V2)
    assert drawn[:3] == [
        "Previous studies",
        "Identification of new studies via databases and registers",
        "Identification of new studies via other methods",
    ]
    assert drawn[-2:] == [
        "New studies included in review (n = 48) Reports of new included studies (n = 58)",
        "Total studies included in review (n = 88) Reports of total included studies (n = 102)",
    ]


@variants
def test_each_variant_has_the_boxes_of_its_official_template(flow: FlowCounts):
    boxes = len(compose(flow, FlowRules()).blocks)
    assert boxes == {0: 9, 1: 14, 2: 11, 3: 16}[VARIANTS.index(flow)]


def test_a_scoping_review_may_count_sources_of_evidence():
    drawn = texts(NEW_V1, FlowRules(unit=UnitWord.SOURCES))
    assert drawn[-1].startswith("Sources of evidence included in review (n = 48)")


def test_title_and_abstract_reasons_are_shown_when_the_protocol_wants_them():
    lines = {Box.EXCLUDED: (Line("topic", 900, "Off topic"),)}
    flow = FlowCounts(WHOLE, lines)
    shown = texts(flow, FlowRules(title_abstract_reasons=True))
    assert "Records excluded** (n = 950): Off topic (n = 900) No reason given (n = 50)" in shown
    assert "Records excluded** (n = 950)" in texts(flow)


def test_exclusions_by_people_and_by_tools_stand_apart():
    drawn = texts(FlowCounts(WHOLE | {Box.EXCLUDED_BY_TOOL: 400}))
    assert "Records excluded** (n = 950) By humans (n = 550) By automation tools (n = 400)" in drawn


def test_an_unfinished_review_says_so_on_the_figure():
    flow = FlowCounts(WHOLE | {Box.AWAITING: 1200, Box.CONFLICTS: 3})
    assert "In progress: 1,200 awaiting, 3 in conflict" in svg(flow)
    assert "In progress" not in svg(NEW_V1)


@pytest.mark.parametrize("language", SEPARATORS)
def test_every_language_has_every_word(language: str):
    words = wording(language).words
    assert words.keys() == wording("en").words.keys()
    assert all(words.values())
    drawn = texts(UPDATED_V2, FlowRules(language=language))
    english = texts(UPDATED_V2)
    assert language == "en" or not set(drawn) & set(english)


def test_a_language_without_a_table_is_refused_with_those_that_have_one():
    with pytest.raises(ReviewError, match="does not speak"):
        compose(NEW_V1, FlowRules(language="tlh"))


def inside(panel: Panel, picture: Picture) -> bool:
    return (
        panel.x >= 0
        and panel.y >= 0
        and panel.x + panel.width <= picture.width
        and panel.y + panel.height <= picture.height
    )


def overlap(a: Panel, b: Panel) -> bool:
    across = a.x < b.x + b.width and b.x < a.x + a.width
    return across and a.y < b.y + b.height and b.y < a.y + a.height


def assert_tidy(picture: Picture) -> None:
    """Nothing overlaps, nothing leaves the sheet, and all text is inside its box."""
    for panel in picture.panels:
        assert inside(panel, picture)
        for line in panel.lines:
            width = text_width(line.text, line.size, bold=line.bold)
            room = panel.height if line.upright else panel.width
            assert width <= room
            if not line.upright and not line.centred:
                assert line.x + width <= panel.x + panel.width
            assert line.upright or panel.y < line.y <= panel.y + panel.height
    for a, b in combinations(picture.panels, 2):
        assert not overlap(a, b), (a.lines[0].text, b.lines[0].text)


@variants
@pytest.mark.parametrize("language", SEPARATORS)
def test_nothing_overlaps_in_any_variant_and_language(flow: FlowCounts, language: str):
    open_flow = FlowCounts({**flow.totals, Box.AWAITING: 7}, flow.lines)
    assert_tidy(lay_out(compose(open_flow, FlowRules(language=language))))


labels = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=120)


@settings(deadline=None)
@given(st.lists(labels, max_size=12), st.lists(labels, max_size=15), st.integers(320, 900))
def test_long_and_many_names_wrap_and_never_overlap(
    sources: list[str], reasons: list[str], width: int
):
    lines = {
        Box.IDENTIFIED: tuple(Line(name, 9**9, name, SourceKind.DATABASE) for name in sources),
        Box.REPORTS_EXCLUDED: tuple(Line(name, 1, name) for name in reasons),
    }
    assert_tidy(lay_out(compose(FlowCounts(WHOLE, lines), FlowRules()), width=width))


@given(labels, st.integers(60, 400))
def test_wrapping_loses_no_character(text: str, width: int):
    lines = wrap_text(text, width, 9)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(text_width(line, 9) <= width for line in lines if len(line) > 1)


def test_the_svg_holds_its_text_as_text_and_tells_a_screen_reader_all_of_it():
    root = ElementTree.fromstring(svg(NEW_V1))
    text = [element.text for element in root.iter(f"{SVG}text")]
    assert "Records screened" in text
    assert "(n = 1,080)" in text
    assert root.findtext(f"{SVG}title") == "PRISMA 2020 flow diagram"
    description = root.findtext(f"{SVG}desc") or ""
    assert "Records screened (n = 1,080)." in description
    assert "Not mental health workers (n = 40); No outcome" in description


def test_names_with_markup_and_foreign_letters_come_out_as_they_are():
    name = "R&D <b>'quoted'</b>; سجل, 80 %"
    flow = FlowCounts(WHOLE, {Box.REPORTS_EXCLUDED: (Line("x", 69, name),)})
    root = ElementTree.fromstring(svg(flow))
    drawn = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    assert name in drawn.replace("  ", " ")


def test_monochrome_has_no_colour_and_the_protocol_may_choose_its_own():
    mono = svg(UPDATED_V2, FlowRules(monochrome=True))
    assert set(re.findall("#[0-9a-f]{6}", mono)) == {"#ffffff", "#000000"}
    assert 'fill="#123456"' in svg(NEW_V1, FlowRules(heading_colour="#123456"))
    with pytest.raises(ReviewError, match="no colour"):
        palette(FlowRules(side_colour="blue"))


def test_the_protocols_font_comes_first():
    assert "font-family=\"'Arial', Helvetica" in svg(NEW_V1, FlowRules(font="Arial"))


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_the_same_counts_give_the_same_bytes(kind: str):
    def printed() -> bytes:
        picture = lay_out(compose(NEW_V1, FlowRules()))
        return print_picture(picture, palette(FlowRules()), kind, dpi=60)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert printed() == printed()
    assert svg(NEW_V1) == svg(NEW_V1)
