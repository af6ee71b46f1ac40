"""Record ids survive re-import: decisions hang on them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scopingreview.identity import Numbering, id_of
from scopingreview.model import Record

RECORD = Record("", title="Shift work and sleep", authors=("Okoro, Ada",), year=2019)


def test_an_accession_number_is_the_id():
    assert id_of(replace(RECORD, accession="WOS:0001"), "wos") == "wos:WOS:0001"
    assert id_of(replace(RECORD, pmid="123"), "pubmed") == "pubmed:123"


def test_without_accession_the_doi_decides_whatever_the_title_says():
    first = replace(RECORD, doi="10.5555/a")
    assert id_of(first, "x") == id_of(replace(first, title="SHIFT WORK"), "x")
    assert id_of(first, "x") != id_of(replace(first, doi="10.5555/b"), "x")


def test_without_doi_case_accents_and_points_of_the_title_do_not_matter():
    other = replace(RECORD, title="Shift-work and  sléep.", authors=("OKORO, A.",))
    assert id_of(RECORD, "x") == id_of(other, "x")
    assert id_of(RECORD, "x") != id_of(replace(RECORD, year=2020), "x")


def test_an_id_is_frozen():
    assert id_of(RECORD, "x") == "x:e049436d54"


def test_repeats_inside_a_source_are_numbered_in_order():
    numbering = Numbering()
    assert numbering.numbered(["p:1", "p:2", "p:1", "p:1"]) == [
        "p:1",
        "p:2",
        "p:1~2",
        "p:1~3",
    ]


@given(st.lists(st.lists(st.sampled_from(["p:1", "p:2", "p:3"]))))
def test_repeats_are_numbered_alike_however_many_come_at_a_time(batches):
    at_once, one_by_one = Numbering(), Numbering()
    numbered = [each for batch in batches for each in at_once.numbered(batch)]
    singly = ([each] for batch in batches for each in batch)
    assert numbered == [each for one in singly for each in one_by_one.numbered(one)]
    assert len(set(numbered)) == len(numbered)


def test_an_id_holds_nothing_that_a_shell_or_a_table_would_split():
    assert id_of(replace(RECORD, accession='a b;"c",d'), "x") == "x:a-b-c-d"
