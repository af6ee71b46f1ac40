"""The sheets and forms a diagram is drawn in."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from scopingreview.errors import ReviewError
from scopingreview.flow.diagram.arrangement import lay_out
from scopingreview.flow.diagram.boxes import compose
from scopingreview.flow.diagram.page import POINTS_PER_MM, PRESETS, Sheet, kind_of, render
from scopingreview.model import Box, FlowCounts, FlowRules, Line
from tests.flow.test_picture import NEW_V1, UPDATED_V2, assert_tidy, variants
from tests.flow.test_sums import WHOLE

RULES = FlowRules()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@variants
def test_the_plos_preset_gives_what_plos_asks_for(flow: FlowCounts):
    image = opened(render(flow, RULES, "tiff", sheet=PRESETS["plos"]))
    assert (image.format, image.mode) == ("TIFF", "RGB")
    assert image.info["compression"] == "tiff_lzw"
    assert [round(dots) for dots in image.info["dpi"]] == [300, 300]
    assert image.width == 2250
    assert image.height <= 8.75 * 300
    width = 190.5 * POINTS_PER_MM
    picture = lay_out(compose(flow, RULES), width=width, size=8, note_size=8)
    assert_tidy(picture)
    lines = [*picture.notes, *(line for panel in picture.panels for line in panel.lines)]
    assert min(line.size for line in lines) == 8


def test_a_png_is_as_wide_as_it_was_asked_for():
    image = opened(render(NEW_V1, RULES, "png", sheet=Sheet(width_mm=160, dpi=100)))
    assert image.width == pytest.approx(160 / 25.4 * 100, abs=1)


def test_a_sheet_too_narrow_for_the_columns_is_refused():
    with pytest.raises(ReviewError, match="60 mm are too narrow for 5 columns"):
        render(UPDATED_V2, RULES, "svg", sheet=Sheet(width_mm=60))


def test_a_diagram_higher_than_the_page_is_refused():
    reasons = tuple(Line(str(n), 1, "a reason that takes a line " * 3) for n in range(40))
    flow = FlowCounts(WHOLE, {Box.REPORTS_EXCLUDED: reasons})
    with pytest.raises(ReviewError, match="mm high, more than the 222 mm there are"):
        render(flow, RULES, "tiff", sheet=PRESETS["plos"])


def test_letters_that_no_font_here_has_are_refused_and_never_drawn_as_boxes():
    flow = FlowCounts(WHOLE, {Box.REPORTS_EXCLUDED: (Line("a", 69, "𓀀 hieroglyph"),)})
    with pytest.raises(ReviewError, match="no font on this machine can print 𓀀"):
        render(flow, RULES, "png")
    assert "𓀀 hieroglyph".encode() in render(flow, RULES, "svg")


def test_the_suffix_says_the_form():
    assert [kind_of(suffix) for suffix in (".svg", ".TIF", ".mermaid", ".txt")] == [
        "svg",
        "tiff",
        "mmd",
        "txt",
    ]
    with pytest.raises(ReviewError, match="cannot draw"):
        kind_of(".gif")


def test_plain_text_says_the_boxes_in_order():
    text = render(NEW_V1, RULES, "txt").decode()
    assert "Records screened (n = 1,080)\n  → Records excluded** (n = 950)\n" in text
    assert "  → Reports excluded (n = 69):\n      Not mental health workers (n = 40)\n" in text
    assert text.index("Records screened") < text.index("Studies included in review")


def test_markdown_nests_what_leaves_a_lane_and_escapes_its_stars():
    text = render(UPDATED_V2, RULES, "md").decode()
    assert "- Records screened (n = 1,080)\n  - Records excluded\\*\\* (n = 950)\n" in text
    assert text.count("### ") == 4


def test_mermaid_has_every_box_and_every_arrow():
    flow = FlowCounts(WHOLE, {Box.REPORTS_EXCLUDED: (Line("a", 69, 'So-called "trials" & more'),)})
    text = render(flow, RULES, "mmd").decode()
    assert text.startswith("flowchart TD\n")
    assert "  assessed --> included_studies\n" in text
    assert "So-called #quot;trials#quot; #amp; more (n = 69)" in text
    assert text.count("-->") == 8
