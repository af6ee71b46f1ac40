"""The page as HTML: one file that asks for nothing, in which outside text is text and no more.

Jinja2 escapes every value; before that each loses what would act or hide. The page's own style and
script are the only ones that its content security policy lets run, by their digests.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template

from scopingreview.report.markdown import things
from scopingreview.report.page.page_values import ReportPage
from scopingreview.tables.paper_table import PaperTable, one_line
from scopingreview.tables.written_markup import html_table
from scopingreview.visible import without_unseen


def page_html(page: ReportPage) -> str:
    """The page; the same values give the same bytes."""
    style, script = _part("page.css"), _part("page.js")
    return _template().render(page=page, style=style, script=script, policy=policy(style, script))


def policy(style: str, script: str) -> str:
    """The content security policy: this style and this script, and nothing from anywhere."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _part(name: str) -> str:
    return resources.files("scopingreview.report.page").joinpath(name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"table": _table, "picture": _picture, "things": things}
    return environment


@cache
def _template() -> Template:
    return _environment().from_string(_part("page.html"))


def _inert(value: object) -> object:
    """Text in one line without what acts or hides; what the template calls safe is ours."""
    return value if hasattr(value, "__html__") else one_line(str(value))


def _table(table: PaperTable) -> str:
    """The table alone: `html_table` escapes what is in it."""
    return "\n".join(html_table(table))


def _picture(svg: str) -> str:
    """A drawing of ours as a part of the page: its painter escapes what is in it."""
    lines = svg.splitlines()
    body = lines[1:] if lines[0].startswith("<?xml") else lines
    return "\n".join(map(without_unseen, body))
