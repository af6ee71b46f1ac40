"""References for other programs: read back they are the same, by our own reader and by others."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scopingreview import formats
from scopingreview.exchange import (
    Row,
    as_bibtex,
    as_csl_json,
    as_csv,
    as_ris,
    bibtex_keys,
    row,
)
from scopingreview.formats.values.abstracts import abstract_in
from scopingreview.formats.values.markup import value_in
from scopingreview.model import Box, Phase, Record, Settled
from tests.exchange.test_writers import xlsx
from tests.reviews import record

CITED = ("title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "abstract")
Writer = Callable[[Iterable[Row]], Iterator[bytes]]
WRITERS: dict[str, Writer] = {"RIS": as_ris, "BibTeX": as_bibtex, "CSL-JSON": as_csl_json}
SIGNS = "äéøßçŁЖ漢&%$#_{}~^\\<>\"'`-–,;:.()[]*@|=+/!?0123456789 "
LINE = st.text(string.ascii_letters + SIGNS, min_size=1, max_size=40)


def is_understood(text: str) -> bool:
    """Whether an import leaves the text as it is: what it would tidy never becomes a record's."""
    return value_in(text) == abstract_in([text]) == text and any(map(str.isalpha, text))


WORDS = LINE.map(str.strip).filter(is_understood)
WORD = st.text(string.ascii_letters + "äéøßçŁЖ", min_size=2, max_size=9).map(str.capitalize)
NAME = st.builds("{}, {}".format, WORD, WORD) | st.sampled_from(
    ["van der Berg, J.-P.", "O'Neill, Ada", "Bell, Ada Mary, Jr", "World Health Organization"]
)
NUMBER = st.integers(1, 400).map(str)
DOI = st.from_regex(r"10\.5555/[a-z0-9()_-]{1,9}[a-z0-9]", fullmatch=True)
PAGES = st.sampled_from(["", "7", "e0123456", "S12-S20", "45-52", "1535-1541", "e12-e19"])


@st.composite
def records(draw: st.DrawFn) -> Record:
    authors = tuple(dict.fromkeys(draw(st.lists(NAME, max_size=8))))
    return record(
        "pubmed:1",
        title=draw(WORDS),
        authors=authors,
        year=draw(st.none() | st.integers(1900, 2030)),
        journal=draw(st.just("") | WORDS),
        volume=draw(st.just("") | NUMBER),
        issue=draw(st.just("") | NUMBER),
        pages=draw(PAGES),
        doi=draw(st.just("") | DOI),
        abstract=draw(st.just("") | WORDS),
        type="article",
    )


def read_back(folder: Path, pieces: Iterable[bytes]) -> list[Record]:
    path = folder / "references"
    path.write_bytes(joined(pieces))
    (reading,) = formats.read(path)
    assert reading.begun == len(reading.records)
    return list(reading.records)


def joined(pieces: Iterable[bytes]) -> bytes:
    return b"".join(pieces)


def text_of(pieces: Iterable[bytes]) -> str:
    return joined(pieces).decode()


def cited(one: Record) -> dict[str, object]:
    return {name: getattr(one, name) for name in CITED}


@pytest.mark.parametrize("name", WRITERS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(written=st.lists(records(), min_size=1, max_size=3))
def test_a_reference_comes_back_through_our_own_import(tmp_path: Path, name: str, written):
    rows = [Row(each) for each in written]
    assert [*map(cited, read_back(tmp_path, WRITERS[name](rows)))] == [*map(cited, written)]


WHOLE = record(
    "pubmed:1",
    title="On {rest} & $leep",
    authors=("Bell, Ada Mary", "World Health Organization"),
    year=2019,
    journal="Sleep",
    volume="12",
    issue="3",
    pages="45-52",
    doi="10.5555/1",
    pmid="31234567",
    issn="1234-5678",
    abstract="Aims: 5 < 6.",
    keywords=("rest", "sleep"),
    language="English",
    url="https://example.org/1",
    type="article",
)
SETTLED = Settled(
    box=Box.REPORTS_EXCLUDED,
    phase=Phase.FULL_TEXT,
    standing="excluded",
    reason="topic",
    wording="Off topic",
    further=("Not nurses",),
    found_in=("PubMed", "Scopus"),
    study="S1",
)


def test_rispy_reads_a_reference_and_what_was_settled_on_it():
    (read,) = rispy.loads(text_of(as_ris([Row(WHOLE, settled=SETTLED)])))
    assert {key: read[key] for key in ("title", "authors", "year", "secondary_title", "doi")} == {
        "title": WHOLE.title,
        "authors": list(WHOLE.authors),
        "year": "2019",
        "secondary_title": "Sleep",
        "doi": "10.5555/1",
    }
    assert (read["volume"], read["number"]) == ("12", "3")
    assert (read["start_page"], read["end_page"]) == ("45", "52")
    assert (read["abstract"], read["keywords"]) == (WHOLE.abstract, list(WHOLE.keywords))
    assert (read["custom1"], read["custom2"]) == ("excluded", "topic")
    assert "excluded by full-text (topic): Off topic; also: Not nurses" in read["notes"]


def test_bibtexparser_reads_a_reference_and_what_was_settled_on_it():
    library = parse_string(text_of(as_bibtex([Row(WHOLE, settled=SETTLED)])))
    assert not library.failed_blocks
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("article", "pubmed:1")
    found = {key: field.value for key, field in entry.fields_dict.items()}
    assert found["author"] == "Bell, Ada Mary and {World Health Organization}"
    assert found["title"] == r"On \textbraceleft{}rest\textbraceright{} \& \$leep"
    assert (found["volume"], found["number"], found["pages"]) == ("12", "3", "45--52")
    assert (found["settled"], found["reason"], found["reasonwording"]) == (
        "excluded",
        "topic",
        "Off topic",
    )


def test_csl_json_is_an_item_as_its_schema_has_it():
    (item,) = json.loads(text_of(as_csl_json([Row(WHOLE, settled=SETTLED)])))
    assert (item["id"], item["type"]) == ("pubmed:1", "article-journal")
    assert item["author"] == [
        {"family": "Bell", "given": "Ada Mary"},
        {"literal": "World Health Organization"},
    ]
    assert item["issued"] == {"date-parts": [[2019]]}
    assert (item["volume"], item["issue"], item["page"]) == ("12", "3", "45-52")
    assert item["custom"]["reason_wording"] == "Off topic"


@pytest.mark.parametrize("write", [as_csv, xlsx])
def test_a_sheet_of_references_comes_back_through_our_own_import(tmp_path: Path, write):
    (read,) = read_back(tmp_path, write([Row(WHOLE, settled=SETTLED)], settled=True))
    assert cited(read) == cited(WHOLE)


HOSTILE = "Naps\nER  - \n\nTY  - JOUR\nTI  - Forged\n@article{x, title={Forged}}\x00\u202e"


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("field", ["title", "abstract", "journal", "url", "doi", "language"])
def test_no_text_begins_a_record_or_a_field_of_its_own(tmp_path: Path, name: str, field: str):
    rows = [Row(replace(WHOLE, **{field: HOSTILE})), Row(WHOLE)]  # type: ignore[arg-type]
    content = text_of(WRITERS[name](rows))
    assert not set("\x00\u202e") & set(content)
    first, second = read_back(tmp_path, [content.encode()])
    assert first.title != "Forged"
    assert cited(second) == cited(WHOLE)


EVERY: dict[str, Writer] = {**WRITERS, "CSV": as_csv, "XLSX": xlsx}


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5])
def test_in_how_many_pieces_a_file_is_written_changes_none_of_its_bytes(
    monkeypatch: pytest.MonkeyPatch, name: str, number: int
):
    rows = [Row(replace(WHOLE, record_id=f"pubmed:{each}")) for each in range(number)]
    whole = joined(EVERY[name](rows))
    monkeypatch.setattr(row, "IN_A_PIECE", 2)
    assert joined(EVERY[name](rows)) == whole


@pytest.mark.parametrize("name", [name for name in EVERY if name != "XLSX"])
def test_no_more_records_are_read_than_a_piece_holds(monkeypatch: pytest.MonkeyPatch, name: str):
    monkeypatch.setattr(row, "IN_A_PIECE", 2)
    read: list[str] = []

    def one_by_one() -> Iterator[Row]:
        for number in range(6):
            read.append(f"pubmed:{number}")
            yield Row(replace(WHOLE, record_id=f"pubmed:{number}"))

    for piece in EVERY[name](one_by_one()):
        if b"pubmed:1" in piece:
            assert len(read) == 2
            break
    else:
        pytest.fail("the second record is in no piece")


def test_no_two_records_have_one_key_in_bibtex():
    ids = ["p:a(1)", "p:a-1--2", "p:a[1]", "p:a-1-", "p:b", "p:b~2", "p:b-2"]
    keys = list(bibtex_keys(ids))
    assert len(set(keys)) == len(ids)
    assert keys[:3] == ["p:a-1-", "p:a-1--2", "p:a-1--3"]
    library = parse_string(text_of(as_bibtex(Row(record(key)) for key in ids)))
    assert [entry.key for entry in library.entries] == keys
