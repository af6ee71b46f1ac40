"""Text as XML takes it: within an element, and as the value of an attribute.

As `xml.sax.saxutils` writes it, to the byte; that module loads what fetches pages from the
network, which takes longer than to count a small review.
"""

from __future__ import annotations


def in_element(text: str) -> str:
    """The text as it stands in an element.

    >>> in_element("n < 5 & n > 2")
    'n &lt; 5 &amp; n &gt; 2'
    """
    return text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")


def as_attribute(text: str) -> str:
    """The text as the value of an attribute, with its quotes; a line end or a tab comes back.

    >>> as_attribute("'Noto Sans', serif")
    '"\\'Noto Sans\\', serif"'
    """
    value = in_element(text).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
    if '"' not in value:
        return f'"{value}"'
    return '"{}"'.format(value.replace('"', "&quot;")) if "'" in value else f"'{value}'"
