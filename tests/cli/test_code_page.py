"""Output in code pages that do not hold every letter, as those of Windows."""

from __future__ import annotations

import io
import json
import sys

import pytest

from scopingreview.cli.code_page import holds_any_letter, take_any_letter
from scopingreview.cli.console import Console


def page(name: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=name)


def written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cp1252", "Nächte \\u2713 \\u03b2 \\ud835\\udefd".encode("cp1252")),
        ("cp869", "N\\u00e4chte \\u2713 β \\ud835\\udefd".encode("cp869")),
        ("utf-8", "Nächte ✓ β 𝛽".encode()),
    ],
)
def test_what_a_code_page_lacks_goes_out_by_its_number(name: str, said: bytes):
    stream = page(name)
    take_any_letter(stream)
    stream.write("Nächte ✓ β 𝛽")
    assert written(stream) == said


def test_a_name_that_is_no_text_breaks_nothing_off():
    stream = page("utf-8")
    take_any_letter(stream)
    stream.write("file \udcff")
    assert written(stream) == b"file \\udcff"


def test_into_a_file_windows_is_told_utf8(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    stream = page("cp1252")
    take_any_letter(stream)
    stream.write("✓")
    assert written(stream) == "✓".encode()


def test_who_asks_for_a_code_page_gets_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")
    stream = page("cp1252")
    take_any_letter(stream)
    stream.write("ä")
    assert written(stream) == b"\xe4"


@pytest.mark.parametrize("name", ["cp1252", "utf-8"])
def test_json_can_be_read_as_utf8_whatever_the_code_page(
    name: str, monkeypatch: pytest.MonkeyPatch
):
    stream = page(name)
    take_any_letter(stream)
    monkeypatch.setattr(sys, "stdout", stream)
    Console(as_json=True).document({"title": "Nächte ✓ 𝛽"})
    assert json.loads(written(stream).decode())["title"] == "Nächte ✓ 𝛽"


def test_an_output_put_in_the_place_of_one_is_left_alone():
    take_any_letter(io.StringIO())
    assert holds_any_letter(page("utf8"))
    assert not holds_any_letter(page("cp1252"))
