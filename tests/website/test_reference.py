"""The reference of the site is made from the program, and leaves nothing of it out."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from build_site import ROOT, gather_pages
from reference.commands import commands_page
from reference.files import TABLES, TableOnDisk, columns_of, files_page
from reference.links import broken_links
from scopingreview import store
from scopingreview.cli.commands import COMMANDS


def test_every_command_stands_on_the_page_of_commands_with_its_examples_and_options():
    page = commands_page()
    assert re.findall(r"^### (\S+)$", page, re.M) == list(COMMANDS)
    assert "| `--leave-unmatched` |" in page
    assert re.search(
        r"### import-decisions\n.*?```sh\nscopingreview import-decisions t", page, re.S
    )


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_a_table_on_disk_says_of_every_column_what_stands_in_it(table: TableOnDisk):
    assert [name for name, _ in columns_of(table)] == list(table.columns)
    assert f"## `{table.file}`" in files_page()


def test_no_table_that_the_store_writes_is_left_out():
    named = {
        node.targets[0].id
        for path in Path(store.__file__).parent.glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and node.targets[0].id.endswith("_COLUMNS")
    }
    source = (ROOT / "website/reference/files.py").read_text(encoding="utf-8")
    assert {name for name in named if f".{name}" not in source} == set()


def page(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(f"<html><body>{body}</body></html>", encoding="utf-8")


def test_a_link_that_leads_nowhere_and_a_font_from_elsewhere_are_told(tmp_path: Path):
    page(tmp_path, "index.html", '<a href="a.html#one">x</a><img src="lost.svg">')
    page(
        tmp_path,
        "a.html",
        '<h1 id="one"></h1><a href="index.html#two">x</a><a href="//b.org">y</a>',
    )
    assert broken_links(tmp_path) == [
        "a.html: leads to index.html#two, where there is no such anchor",
        "index.html: leads to lost.svg, which is not there",
    ]
    font = '<link rel="stylesheet" href="https://fonts.example/a.css"><script src="//c.org/d.js">'
    page(tmp_path, "a.html", f'<h1 id="one"></h1>{font}')
    told = broken_links(tmp_path)
    assert "a.html: loads https://fonts.example/a.css" in told
    assert "a.html: loads //c.org/d.js" in told


def test_every_page_of_the_documentation_is_in_the_navigation(tmp_path: Path):
    gather_pages(tmp_path / "pages")
    pages = {str(path.relative_to(tmp_path / "pages")) for path in tmp_path.rglob("*.md")}
    single = {name for name in pages if name.startswith("docs/decisions/0")}
    text = (ROOT / "zensical.toml").read_text(encoding="utf-8")
    tomllib.loads(text)
    shown = set(re.findall(r'"([\w./-]+\.md)"', text))
    made = {name for name in shown if name.startswith("docs/reference/")}
    assert shown - made == pages - single - {"benchmarks/results.md"}
