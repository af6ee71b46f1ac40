"""What is looked at character by character is the same compiled and in Python.

`make compiled-test` runs this, and the tests of what reads exports, with the compiled form; there a
compiled form that is missing is an error.
"""

from __future__ import annotations

import csv
import importlib
import io
import os
import sys
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scopingreview import scan
from scopingreview.scan import in_python
from scopingreview.scan.in_python import BLANKS, LONG

WANTED = "SCOPINGREVIEW_COMPILED" in os.environ


def compiled() -> ModuleType:
    try:
        return importlib.import_module("scopingreview.scan.compiled")
    except ImportError:
        if WANTED:
            raise
        pytest.skip("no compiled form here: `make compiled-test` builds it and runs this")


@pytest.fixture(params=["in Python", "compiled"])
def form(request: pytest.FixtureRequest) -> ModuleType:
    return in_python if request.param == "in Python" else compiled()


def test_the_compiled_form_is_taken_where_there_is_one():
    assert scan.tagged_record is compiled().tagged_record
    assert scan.csv_row is compiled().csv_row


# Characters of one, two and four bytes: a text of each is kept in another way.
WIDTHS = ["", "é", "–", "😀"]
RIS_PIECES = [
    "\n", "\nTY  - JOUR", "\nER  - ", "\nER  -", "\nER -", "\nTI  - ", "\nAU  -", "\nAU  - Oz, A.",
    "\nA1  -x", "\n9A  - x", "\nAé  - x", "\naU  - x", "\nA", "\nAB", "\nAB ", "\nAB  ", "  ", "\t",
    "\x1c", "\u2003", "word", "é", "–", "😀", "ER  -", "\r",
]  # fmt: skip


@given(
    text=st.lists(st.sampled_from(RIS_PIECES)).map("".join),
    begin=st.integers(0, 8),
    wide=st.sampled_from(WIDTHS),
)
@example(text="\nAB  -", begin=0, wide="")
@example(text="\nTI  - a\n\nER  -", begin=0, wide="")
@example(text="\nTI  - a\nER  -", begin=8, wide="")
def test_a_record_of_ris_is_taken_apart_alike(text, begin, wide):
    text += wide
    assert compiled().tagged_record(text, begin) == in_python.tagged_record(text, begin)


def test_a_record_of_ris_is_taken_apart(form):
    text = "\nTY  - JOUR\nTI  -  Sleep \nAU  - Oz, A.\nAU  - Ek, B.\nAB  - One\ntwo\nER  - \n"
    assert form.tagged_record(text, 0) == (
        text.index("\nER"),
        "",
        {"TY": ["JOUR"], "TI": ["Sleep"], "AU": ["Oz, A.", "Ek, B."], "AB": ["One\ntwo"]},
        6,
        True,
    )
    assert form.tagged_record(text, len(text) - 1) is None


SIGNS = st.text(st.sampled_from([*"ab  é–😀\u200b\x01\x7f", *BLANKS]))


@pytest.mark.parametrize("words_before", ["", "word " * LONG], ids=["short", "long"])
@given(text=SIGNS)
def test_a_text_comes_in_one_line_with_single_spaces(words_before, text):
    wanted = " ".join((words_before + text).split())
    assert in_python.in_one_line(words_before + text) == wanted
    if WANTED:
        assert compiled().in_one_line(words_before + text) == wanted


def test_every_blank_that_parts_words_is_known():
    assert {" ", *BLANKS} == {
        sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isspace()
    }


@pytest.mark.parametrize("wide", WIDTHS)
@pytest.mark.parametrize("blank", [" ", *BLANKS])
def test_every_blank_is_seen(form, wide, blank):
    for text in (f"{blank}a{wide}", f"a{wide}{blank}", f"a{blank}{blank}b{wide}", blank):
        assert form.in_one_line(text) == " ".join(text.split())


@given(text=SIGNS)
def test_lines_are_counted_alike(text):
    assert compiled().count_lines(text) == in_python.count_lines(text) == text.count("\n")


@given(st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"a", b"\xc3\xa9"])).map(b"".join))
@example(b"\r")
@example(b"a\r\r\n")
def test_every_line_ends_with_a_line_feed_alone(data):
    wanted = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    assert in_python.with_line_feeds(data) == wanted
    if WANTED:
        assert compiled().with_line_feeds(data) == wanted


CELLS = st.lists(st.text(st.sampled_from('ab,";\n\r é–😀 ')), min_size=1, max_size=5)


@given(CELLS)
@example([""])
@example(["", ""])
@example(['"'])
def test_a_row_comes_back_as_csv_reads_it(cells):
    row = in_python.csv_row(cells)
    (read,) = csv.reader(io.StringIO(row.decode() + "\n", newline=""))
    assert read == ([] if cells == [""] else cells)
    if WANTED:
        assert compiled().csv_row(cells) == row


@given(st.lists(st.lists(st.text(st.sampled_from('ab,";\n é–😀')), max_size=3), max_size=4))
@example([[], ["a"], []])
def test_rows_are_written_one_after_the_other(rows):
    alone = list(map(in_python.csv_row, rows))
    wanted = b"".join(alone), list(map(len, alone))
    assert in_python.csv_rows(rows) == wanted
    if WANTED:
        assert compiled().csv_rows(iter(rows)) == wanted


def test_rows_are_written_whatever_their_size(form):
    rows = [[f'"{n}"' * n] for n in range(200)]
    text, sizes = form.csv_rows(rows)
    assert text == b"".join(map(in_python.csv_row, rows))
    assert sum(sizes) == len(text)


WORDS = st.lists(st.text(st.sampled_from("abé–"), max_size=3), max_size=4).map(tuple)


@given(text=st.text(st.sampled_from("abcé–😀")), words=WORDS)
@example(text="", words=("",))
@example(text="aab", words=("ab",))
@example(text="ab", words=("abc", "–"))
def test_a_text_holds_a_word_or_none(text, words):
    wanted = any(word in text for word in words)
    assert in_python.holds_any(text, words) is wanted
    if WANTED:
        assert compiled().holds_any(text, words) is wanted


LINES = st.lists(st.sampled_from(["\n", "TY", "T", " ", "\t", "  - ", "a", "é", "–", "😀"])).map(
    "".join
)


@given(text=LINES, after_blank=st.booleans())
@example(text="TY", after_blank=False)
@example(text=" TY\n\tTY\n  TY", after_blank=True)
@example(text="T", after_blank=True)
def test_lines_that_begin_with_a_word_are_found(text, after_blank):
    before = ("", " ", "\t") if after_blank else ("",)
    begins = [0, *(place + 1 for place, sign in enumerate(text) if sign == "\n")]
    wanted = [
        begin + len(blank)
        for begin in begins
        for blank in before
        if text.startswith(f"{blank}TY", begin)
    ]
    assert in_python.lines_with(text, "TY", after_blank) == wanted
    if WANTED:
        assert compiled().lines_with(text, "TY", after_blank) == wanted


def test_a_row_of_words_that_are_names_is_written_as_text(form):
    from scopingreview.model import Verdict

    assert form.csv_row([Verdict.INCLUDE, "a,b"]) == b'include,"a,b"'
    assert form.csv_row([]) == b""
    with pytest.raises(UnicodeEncodeError):
        form.csv_row(["\ud800"])
