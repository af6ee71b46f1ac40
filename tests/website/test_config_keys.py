"""The page of keys is that of the config files: each key, and what it is by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from reference.config_keys import TABLES, ConfigTable, config_page, keys_of
from scopingreview import config
from scopingreview.model import Phase
from scopingreview.model.protocol import QUESTION_PARTS
from scopingreview.paths import Review
from tests.test_docs import keys_of_config

# Tables of their own, or keys that are read through a variable.
TABLES_THEMSELVES = {
    *("flow", "dedupe", "previous", "sources", "ranking", "versions", "stopping", "groups"),
    *("highlight", "allocation"),
}


def listed() -> set[str]:
    return {key for table in TABLES for key, _, _ in keys_of(table)}


def test_no_key_that_the_program_reads_is_left_out():
    assert keys_of_config() - listed() == TABLES_THEMSELVES


def test_every_key_on_the_page_is_read_by_the_program():
    modules = Path(config.__file__).parent.glob("*.py")
    source = "\n".join(path.read_text(encoding="utf-8") for path in modules)
    unread = {key for key in listed() if f'"{key}"' not in source}
    assert unread - set(QUESTION_PARTS) == set()


@pytest.fixture
def bare(tmp_path: Path) -> Review:
    """A protocol in which nothing is written that need not be."""
    (tmp_path / "config").mkdir()
    text = 'title = "T"\n[[sources]]\nname = "a"\n[[reviewers]]\nname = "ab"\n'
    (tmp_path / "config/review.toml").write_text(text, encoding="utf-8")
    return Review(tmp_path)


def test_what_a_key_is_said_to_be_unwritten_it_is(bare: Review):
    protocol = config.load_protocol(bare)
    full_text = protocol.phases[Phase.FULL_TEXT]
    loaded = {
        type(value): value
        for value in (
            *(protocol.flow, protocol.limits, protocol.dedupe, full_text, full_text.ranking),
            *(protocol.sources[0], protocol.reviewers[0]),
        )
    }
    asked = [table for table in TABLES if table.value in loaded]
    assert len(asked) == 7
    for table in asked:
        for name, said in said_of(table):
            value = getattr(loaded[table.value], name)
            told = str(value).lower() if isinstance(value, bool) else str(value)
            assert f"`{told}`" in said, f"{table.heading} {name}"


def said_of(table: ConfigTable) -> list[tuple[str, str]]:
    """The fields of the value, and what is said of each that has a usual value."""
    fields = {key: name for name, key in table.renamed.items()}
    return [(fields.get(key, key), usual) for key, _, usual in keys_of(table) if usual]


def test_the_page_has_a_heading_for_every_table():
    assert config_page().count("\n## ") == len(TABLES)
