"""docs/formats.md says what the code does. Run as a program, this rewrites its tables."""

import re
from pathlib import Path

from scopingreview.formats import FORMATS
from scopingreview.formats.document import count_table, mapping_tables, oddity_table

PAGE = Path(__file__).parents[2] / "docs" / "formats.md"
TABLES = {"oddities": oddity_table, "counts": count_table, "mapping": mapping_tables}


def rewritten(page: str) -> str:
    for name, table in TABLES.items():
        part = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        assert part.search(page), name
        before, *_, after = part.split(page)
        page = f"{before}<!-- {name} -->\n\n{table()}\n<!-- end -->{after}"
    return page


def test_the_page_on_formats_is_current():
    page = PAGE.read_text(encoding="utf-8")
    assert rewritten(page) == page, "run: python tests/formats/test_document.py"


def test_every_format_says_in_what_its_count_is_apart_from_its_reader():
    for format_ in FORMATS:
        assert "reader" in format_.counted_by, format_.name


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
