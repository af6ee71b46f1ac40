"""Text in XML: it comes back as it was, and is written as the library writes it, to the byte."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.xml_text import as_attribute, in_element

TEXT = st.text(st.sampled_from("&<>\"'\n\r\tab;lt;é😀 "), max_size=30)


@given(TEXT)
def test_it_is_written_as_the_library_writes_it(text: str):
    assert in_element(text) == escape(text)
    assert as_attribute(text) == quoteattr(text)


@pytest.mark.parametrize("text", ["a & b < c > d", "\"double\" and 'single'", "tab\tand\nlines"])
def test_it_comes_back_as_it_was(text: str):
    element = fromstring(f"<a b={as_attribute(text)}>{in_element(text)}</a>")
    assert (element.get("b"), element.text) == (text, text)
