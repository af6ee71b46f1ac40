"""Where the pages of a built site lead to what is not there, or load something from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src")}
RELATIONS_LOADED = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "manifest"}


class Page(HTMLParser):
    """The anchors of a page, what it leads to, and what a browser loads with it."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.leads_to: set[str] = set()
        self.loads: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.anchors |= {said[name] for name in ("id", "name") if name in said}
        for name in ("href", "src"):
            if name not in said or tag == "base":
                continue
            self.leads_to.add(said[name])
            relations = set(said.get("rel", "").split())
            if (tag, name) in LOADED or (tag == "link" and relations & RELATIONS_LOADED):
                self.loads.add(said[name])


def broken_links(site: Path) -> list[str]:
    """Each link of the site that leads nowhere, and all that a page loads from elsewhere."""
    pages = {path: _read(path) for path in sorted(site.resolve().rglob("*.html"))}
    return [
        f"{path.relative_to(site.resolve())}: {problem}"
        for path in pages
        for problem in (*_loaded(pages[path]), *_lost(path, pages, site.resolve()))
    ]


def _read(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def _loaded(page: Page) -> Iterator[str]:
    yield from (f"loads {address}" for address in sorted(page.loads) if urlsplit(address).netloc)


def _lost(path: Path, pages: Mapping[Path, Page], site: Path) -> Iterator[str]:
    for address in sorted(pages[path].leads_to):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            continue
        start = site if parts.path.startswith("/") else path.parent
        place = unquote(parts.path).lstrip("/")
        target = (start / place).resolve() if place else path
        if target.is_dir():
            target /= "index.html"
        if not target.is_file():
            yield f"leads to {address}, which is not there"
        elif target in pages and not _has(pages[target], unquote(parts.fragment)):
            yield f"leads to {address}, where there is no such anchor"


def _has(page: Page, anchor: str) -> bool:
    """Whether the page has the anchor; those with __ are the theme's, made by its script."""
    return not anchor or anchor.startswith("__") or anchor in page.anchors
