"""What holds for any record and any bytes: written it is read the same, damaged it is told."""

import csv
import io
import re
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scopingreview import formats
from scopingreview.errors import ReviewError
from scopingreview.formats import Oddities, Reading, nbib, ris
from scopingreview.formats.chunk import Chunk
from scopingreview.formats.oddities import Kind

EXPORTS = Path(__file__).parents[1] / "exports"
LETTERS = string.ascii_letters + "äéøßçŁЖ漢"
NOTHING = ("na", "nan", "null", "none")
WORD = st.text(LETTERS, min_size=2, max_size=9).filter(lambda w: w.casefold() not in NOTHING)
FAMILY = WORD.map(str.capitalize).filter(lambda word: not word.isupper())
TITLE = st.lists(WORD, min_size=3, max_size=8).map(" ".join)
ABSTRACT = st.lists(TITLE, max_size=6).map(". ".join)


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "title": draw(TITLE),
        "authors": tuple(
            f"{family}, {given}"
            for family, given in draw(
                st.lists(st.tuples(FAMILY, FAMILY), min_size=1, max_size=4, unique=True)
            )
        ),
        "year": draw(st.integers(1900, 2030)),
        "journal": draw(TITLE),
        "volume": str(draw(st.integers(1, 400))),
        "pages": f"{(first := draw(st.integers(1, 500)))}-{first + draw(st.integers(1, 30))}",
        "doi": f"10.5555/{draw(st.from_regex(r'[a-z0-9]{1,12}', fullmatch=True))}",
        "abstract": draw(ABSTRACT),
    }


def as_ris(record: dict[str, Any], end: str) -> str:
    first, last = record["pages"].split("-")
    lines = ["TY  - JOUR", f"TI  - {record['title']}"]
    lines += [f"AU  - {author}" for author in record["authors"]]
    lines += [f"PY  - {record['year']}", f"JF  - {record['journal']}", f"VL  - {record['volume']}"]
    lines += [
        f"SP  - {first}",
        f"EP  - {last}",
        f"DO  - {record['doi']}",
        f"AB  - {record['abstract']}",
    ]
    return end.join([*lines, "ER  - ", "", ""])


def wrapped(tag: str, text: str, indent: str, end: str) -> str:
    """The value over several lines, as MEDLINE and Web of Science break it."""
    words = text.split(" ")
    lines = [" ".join(words[n : n + 4]) for n in range(0, len(words), 4)]
    return f"{end}{indent}".join([tag + lines[0], *lines[1:]])


def as_nbib(record: dict[str, Any], end: str) -> str:
    lines = ["PMID- 31", wrapped("TI  - ", record["title"], "      ", end)]
    lines += [f"FAU - {author}" for author in record["authors"]]
    lines += [
        f"DP  - {record['year']} Mar",
        f"JT  - {record['journal']}",
        f"VI  - {record['volume']}",
    ]
    lines += [f"PG  - {record['pages']}", f"LID - {record['doi']} [doi]"]
    lines += [wrapped("AB  - ", record["abstract"], "      ", end), "", ""]
    return end.join(lines)


def as_wos(record: dict[str, Any], end: str) -> str:
    first, last = record["pages"].split("-")
    lines = [
        "PT J",
        "AF " + f"{end}   ".join(record["authors"]),
        wrapped("TI ", record["title"], "   ", end),
    ]
    lines += [f"SO {record['journal']}", wrapped("AB ", record["abstract"], "   ", end)]
    lines += [f"PY {record['year']}", f"VL {record['volume']}", f"BP {first}", f"EP {last}"]
    return end.join([*lines, f"DI {record['doi']}", "ER", "", ""])


def as_csv(record: dict[str, Any], end: str) -> str:
    line = io.StringIO()
    row = {**record, "authors": "; ".join(record["authors"])}
    csv.writer(line, lineterminator=end).writerow(row.values())
    return line.getvalue()


WRITERS = {
    "RIS": (as_ris, ""),
    "nbib": (as_nbib, ""),
    "Web of Science": (as_wos, "FN Clarivate Analytics Web of Science\nVR 1.0\n"),
    "CSV": (as_csv, "Title,Authors,Year,Journal,Volume,Pages,DOI,Abstract\n"),
}


def read(folder: Path, data: bytes) -> list[Reading]:
    path = folder / "export"
    path.write_bytes(data)
    return list(formats.read(path))


@pytest.mark.parametrize("name", WRITERS)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    written=st.lists(records(), min_size=1, max_size=4),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_a_record_that_is_written_is_read_the_same(
    tmp_path: Path, name: str, written, end, encoding
):
    write, header = WRITERS[name]
    text = header.replace("\n", end) + "".join(write(record, end) for record in written)
    (reading,) = read(tmp_path, text.encode(encoding))
    assert reading.begun == len(reading.records) == len(written)
    for expected, record in zip(written, reading.records, strict=True):
        assert {field: getattr(record, field) for field in expected} == expected


def refusal_of(folder: Path, data: bytes) -> ReviewError | None:
    """Why the bytes are refused; None when they are read."""
    try:
        read(folder, data)
    except ReviewError as refused:
        return refused
    return None


def small_exports() -> list[Path]:
    found = sorted(path for path in EXPORTS.rglob("*") if path.is_file() and path.suffix != ".json")
    assert found
    return found


@pytest.mark.parametrize("path", small_exports(), ids=lambda path: path.name)
def test_a_file_cut_at_any_place_is_read_or_refused(tmp_path: Path, path: Path):
    data = path.read_bytes()
    for end in range(0, len(data), max(1, len(data) // 25)):
        refused = refusal_of(tmp_path, data[:end])
        assert refused is None or refused.hint


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from(small_exports()),
    places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=30),
)
def test_a_file_with_wrong_bytes_is_read_or_refused(tmp_path: Path, path: Path, places):
    data = bytearray(path.read_bytes())
    for share, byte in places:
        data[int(share * len(data))] = byte
    refused = refusal_of(tmp_path, bytes(data))
    assert refused is None or refused.hint


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.binary(max_size=400))
def test_random_bytes_are_refused_with_advice(tmp_path: Path, data: bytes):
    refused = refusal_of(tmp_path, data)
    assert refused is None or refused.hint


LINE_FORMATS = ("RIS", "nbib", "Web of Science")


@pytest.mark.parametrize("name", LINE_FORMATS)
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_record_is_never_lost_without_a_word_when_lines_are(tmp_path: Path, name: str, data):
    """Up to three lines are gone, never a whole record: all are read, or something is told.

    Where every first line is gone, the file is no such export any more and is refused.
    """
    write, header = WRITERS[name]
    written = data.draw(st.lists(records(), min_size=2, max_size=4))
    lines = (header + "".join(write(record, "\n") for record in written)).split("\n")
    gone = data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=3))
    text = "\n".join(line for number, line in enumerate(lines) if number not in gone)
    if refusal_of(tmp_path, text.encode()) is not None:
        return
    (reading,) = read(tmp_path, text.encode())
    if len(reading.records) != len(written):
        assert any(oddity.kind.loses for oddity in reading.oddities) or reading.begun > len(
            reading.records
        )


def test_a_kind_of_oddity_that_loses_says_so():
    losing = {
        "MERGED", "UNREADABLE", "OPEN_QUOTE", "ROWS_DO_NOT_FIT", "WRONG_CELLS", "HEADER_AND_ROW",
        "BROKEN",
    }  # fmt: skip
    assert {kind.name for kind in Kind if kind.loses} == losing


RIS_LINES = [
    "TY  - JOUR", "ER  - ", "ER  -", "TI  - Sleep", "AU  - Oz, A.", "KW  - rest", "AB  -", "DO  -x",
    "", "  ", "more of it", "1. ", "Provider: X", "N1  - note", " TY  - JOUR", "TY - JOUR", "ER - ",
    " AU  - Ek, B.", "TI - Again", "XX  - strange", "PY  - 2020", "SP  - 1",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    records=st.lists(
        st.lists(st.sampled_from(RIS_LINES), max_size=5).map(
            lambda lines: ["TY  - JOUR", "TI  - Sleep", *lines, "ER  - ", ""]
        )
        | st.lists(st.sampled_from(RIS_LINES), max_size=9),
        max_size=5,
    )
)
def test_a_ris_record_read_at_once_is_read_as_line_by_line(records):
    chunk = Chunk(text="\n".join(line for record in records for line in record))
    at_once, by_line = Oddities(), Oddities()
    entries = list(ris.entries(chunk, at_once))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ris, "_fields_of_record", lambda *_, **__: None)
        assert list(ris.entries(chunk, by_line)) == entries
    assert by_line.seen() == at_once.seen()


NBIB_LINES = [
    "PMID- 1", "PMID-1", " PMID- 2", "PMC - PMC1", "OWN - ERIC", "OWN - NLM", "TI  - PMC - a", "",
    "      PMID- 3", "AB  - OWN - ERIC",
]  # fmt: skip


@given(st.lists(st.sampled_from(NBIB_LINES), max_size=8).map("\n".join))
def test_beginnings_of_nbib_records_are_counted_at_the_beginnings_of_lines(text):
    begins = r"^PMID-|^OWN - ERIC|(?:\A\n*|(?<=\n\n))PMC - .*\n(?!PMID- )"
    counted = sum(1 for _ in re.finditer(begins, text, re.MULTILINE))
    assert sum(1 for _ in nbib.BEGINS.finditer(text)) == counted
