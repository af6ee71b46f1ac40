"""A hole in an export: the import stops, or every record stands.

The hole takes the end of one record and the beginning of the next, and with it the line that the
next is counted by. Titles that are left whole are titles of records, or it is told. What nothing
can show: a hole from the very beginning of a value to that of another, in records that have no
other field twice.
"""

import random
from pathlib import Path

import pytest

from scopingreview import formats
from scopingreview.errors import ReviewError
from scopingreview.formats import Reading

TITLES = ("A quarry in the meadow", "Lanterns of a harbour", "The saddle under willows")
TAIL = ",\n"
HOLES = 150  # in each format
LONGEST = 220  # bytes: about a record

RIS = (
    "TY  - JOUR\nTI  - {t}\nAU  - Invented, Ann\nPY  - 200{n}\nJF  - Paper {n}\nVL  - 4{n}\n"
    "ER  - \n\n"
)
NBIB = (
    "PMID- 3000{n}\nOWN - NLM\nDP  - 200{n} Jan\nTI  - {t}\nAB  - Salt {n}.\nFAU - Invented, Ann\n"
    "JT  - Paper\nLID - 10.5555/n.{n} [doi]\nSO  - Paper. 200{n}\n\n"
)
WOS = "PT J\nAU Invented, A\nTI {t}\nSO PAPER\nAB Salt {n}.\nPY 200{n}\nUT WOS:00{n}\nER\n\n"
BIB = (
    "@article{{key{n},\n  author = {{Invented, A}},\n  title = {{{t}}},\n  year = {{200{n}}},\n"
    "  journal = {{Paper}},\n  doi = {{10.5555/b.{n}}}\n}}\n\n"
)
REFER = "%0 Journal Article\n%A Invented, A\n%T {t}\n%D 200{n}\n%J Paper\n%R 10.5555/r.{n}\n\n"
OVID = (
    "<{n}>\nUnique Identifier\n  3100{n}\nTitle\n  {t}.\nSource\n  Paper. 1(2):3-4, 200{n}.\n"
    "Authors\n  Invented A; Other B\nAbstract\n  Salt {n}.\n\n"
)
CSV = '"Invented A.; Other B.","{t}",200{n},Paper {n},10.5555/c.{n},"Salt, sand {n}",e-{n}\n'
CSL = (
    '{{"id": "{n}", "type": "article-journal", "title": "{t}",\n "author": [{{"family": "Invented",'
    ' "given": "A"}}],\n "issued": {{"date-parts": [[200{n}]]}}, "container-title": "Paper {n}",\n '
    '"DOI": "10.5555/s.{n}"}},\n'
)
SAMPLES = {
    "CSL-JSON": ("[", CSL),
    "RIS": ("", RIS),
    "nbib": ("", NBIB),
    "Web of Science": ("FN Clarivate Analytics Web of Science\nVR 1.0\n", WOS),
    "BibTeX": ("", BIB),
    "EndNote tagged": ("", REFER),
    "Ovid labelled": ("", OVID),
    "CSV": ("Authors,Title,Year,Source title,DOI,Abstract,EID\n", CSV),
}


def sample(name: str) -> str:
    head, record = SAMPLES[name]
    records = "".join(record.format(t=title, n=n) for n, title in enumerate(TITLES, 1))
    return f"{head}{records.removesuffix(TAIL)}]\n" if name == "CSL-JSON" else head + records


def read(folder: Path, text: str) -> list[Reading] | None:
    """What is read of the text; None when it is refused."""
    path = folder / "export"
    path.write_text(text, encoding="utf-8")
    try:
        return list(formats.read(path))
    except ReviewError:
        return None


def stops(readings: list[Reading] | None) -> bool:
    """Whether the import stops: nobody takes what is read for the whole."""
    return readings is None or any(
        reading.begun > len(reading.records)
        or any(oddity.kind.loses for oddity in reading.oddities)
        for reading in readings
    )


def is_lost(text: str, readings: list[Reading] | None) -> bool:
    """Whether a title of the text is no record's: it was read into another record.

    One that is told as damaged still stands there; then no record may be missing.
    """
    if readings is None or stops(readings):
        return False
    records = [record for reading in readings for record in reading.records]
    read = " ".join(record.title for record in records).casefold()
    whole = [title for title in TITLES if title in text]
    is_told = any(reading.oddities for reading in readings) and len(records) >= len(whole)
    return not is_told and any(title.casefold() not in read for title in whole)


def without(text: str, begin: str, end: str) -> str:
    """The text without what stands from behind `begin` up to `end`."""
    start = text.index(begin) + len(begin)
    return text[:start] + text[text.index(end, start) :]


@pytest.mark.parametrize("name", SAMPLES)
def test_no_record_is_lost_in_a_hole_without_a_stop(tmp_path: Path, name: str):
    text = sample(name)
    draw = random.Random(name)
    for _ in range(HOLES):
        start = draw.randrange(len(text))
        rest = text[:start] + text[start + draw.randrange(1, LONGEST) :]
        assert not is_lost(rest, read(tmp_path, rest)), rest


@pytest.mark.parametrize(
    ("name", "begin", "end"),
    [
        ("nbib", f"{TITLES[0]}\nAB  - Sa", TITLES[1]),  # into the abstract
        ("nbib", f"{TITLES[0]}\nAB", f"TI  - {TITLES[1]}"),  # a tag of two
        ("nbib", f"{TITLES[0]}\nAB  - Salt 1.\nFAU - Inv", f"TI  - {TITLES[1]}"),
        ("Web of Science", "SO PAP", f"TI {TITLES[1]}"),  # only the journal stands twice
        ("EndNote tagged", "%D 20", f"%T {TITLES[1]}"),  # only the year does
        ("Ovid labelled", f"{TITLES[0]}.\nSource\n  Paper. 1(2):3-4, 2001.\nAuthors\n", TITLES[1]),
        ("Ovid labelled", f"{TITLES[0]}.\nSo", f"itle\n  {TITLES[1]}"),  # a label of two
        ("BibTeX", "  ye", f" = {{{TITLES[1]}"),  # a name that is a beginning
        ("BibTeX", f"{TITLES[0]}}},\n  ", f"le = {{{TITLES[1]}"),  # a name that is an end
        ("BibTeX", "  ye", f"le = {{{TITLES[1]}"),  # a name of two
        ("BibTeX", "  year", f"title = {{{TITLES[1]}"),
        ("BibTeX", "doi = {10.5555", f"= {{{TITLES[1]}"),  # braces that do not close
        ("BibTeX", "  journal = {Paper}", f"title = {{{TITLES[1]}"),
        ("CSV", f'"{TITLES[0]}",200', '"Invented A.'),  # a row too long
        ("CSV", "Abs", f'"{TITLES[0]}'),  # the header and a row
        ("CSV", '"Inv', f'{TITLES[0]}"'),  # a row too short, its year no year
        ("CSL-JSON", f'{TITLES[0]}",', f'"title": "{TITLES[1]}'),  # an object with two titles
        ("CSL-JSON", '"10.5555/s.1"}', '": "2", "type"'),  # an item that begins in its middle
        ("CSL-JSON", '"title": "A quarry', ' "author"'),  # a text that swallows what follows
        ("RIS", "AU  - Inv", f"  - {TITLES[1]}"),  # a name and a title in one line
        ("RIS", f"{TITLES[0]}\n", f"TI  - {TITLES[1]}"),  # two titles and nothing else twice
    ],
)
def test_two_records_run_together_stop_the_import(tmp_path: Path, name: str, begin: str, end: str):
    rest = without(sample(name), begin, end)
    assert len(rest) < len(sample(name))
    assert stops(read(tmp_path, rest))


XML = (
    "<record><ref-type>17</ref-type><contributors><authors><author>Ek, A</author></authors>"
    "</contributors><titles><title>{t}</title></titles><dates><year>200{n}</year></dates></record>\n"
)


def test_a_record_that_breaks_before_its_end_stops_the_import(tmp_path: Path):
    """What stands behind the break is read by nobody: it may be all of the next record."""
    records = "".join(XML.format(t=title, n=n) for n, title in enumerate(TITLES, 1))
    text = f"<xml><records>\n{records}</records></xml>"
    assert not stops(read(tmp_path, text))
    assert stops(read(tmp_path, without(text, "<yea", "</author>")))
    cut_in_the_last = text[: text.rindex("</titles>")]
    assert not stops(read(tmp_path, cut_in_the_last)), "kept as far as it goes, and told"


def test_an_entry_that_lost_its_first_line_and_title_stands(tmp_path: Path):
    rest = without(sample("BibTeX"), "@arti", "  title")
    readings = read(tmp_path, rest)
    assert readings is not None
    assert [record.year for reading in readings for record in reading.records] == [2001, 2002, 2003]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_line_that_stands_twice_is_no_second_record(tmp_path: Path, name: str):
    """Some databases write a title twice, the same both times."""
    text = sample(name)
    for line in text.split("\n"):
        if line.startswith(("TI", "%T", "  title", "JT", "SO")):
            assert not stops(read(tmp_path, text.replace(line, f"{line}\n{line}", 1))), line


def test_citations_by_year_are_columns(tmp_path: Path):
    rows = "Title,Authors,Year,2019,2020\n" + "".join(f"{t},Ek A,2018,1,2\n" for t in TITLES)
    assert not stops(read(tmp_path, rows))


def test_empty_cells_left_out_shift_nothing(tmp_path: Path):
    rows = (
        f"Title,Authors,Year,DOI,Abstract\n{TITLES[0]},Ek A,2018,10.5555/a\n{TITLES[1]},Oz B,2019\n"
    )
    assert not stops(read(tmp_path, rows))
