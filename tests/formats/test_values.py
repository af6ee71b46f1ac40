"""One rule per field: what a reviewer reads, out of whatever the export wrote."""

import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scopingreview.formats import bibtex
from scopingreview.formats.truncation import truncation_of
from scopingreview.formats.values import identifiers, mathematics
from scopingreview.formats.values.abstracts import abstract_in
from scopingreview.formats.values.identifiers import (
    doi_alone,
    doi_in,
    doi_in_address,
    issns_in,
    labelled_pmid_in,
)
from scopingreview.formats.values.kinds import kind_of
from scopingreview.formats.values.languages import language_named
from scopingreview.formats.values.markup import tidy
from scopingreview.formats.values.names import authors_in
from scopingreview.formats.values.numbers import (
    page_range,
    pages_between,
    volume_and_issue,
    year_in,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2021//", 2021),
        ("2024///", 2024),
        ("2002/01//Jan-Feb, 2002", 2002),
        ("1998///Fal 1998", 1998),
        ("15-17 March 2023", 2023),
        ("4/3/2024", 2024),
        ("2005 Oct-Dec", 2005),
        ("Start date: 20170812", 2017),
        ("2021/09//undefined", 2021),
        ("MAY 4", None),
        ("41103", None),
        ("20²9", None),
    ],
)
def test_a_month_or_a_day_is_never_the_year(written, read):
    assert year_in(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1535-41", "1535-1541"),
        ("1--10", "1-10"),
        ("S12-S20", "S12-S20"),
        ("e1-e8", "e1-e8"),
        ("E14; discussion E15", "E14; discussion E15"),
        ("pp 37-64", "37-64"),
        ("pages 3-9", "3-9"),
        ("P12", "P12"),
        ("53-53", "53"),
        ("No pagination", ""),
        ("N.PAG", ""),
    ],
)
def test_a_short_last_page_is_written_out_and_odd_pages_stay(written, read):
    assert page_range(written) == read


@pytest.mark.parametrize(
    ("volume", "issue", "read"),
    [
        ("50(2)", "", ("50", "2")),
        ("12 (Supplement 3)", "", ("12", "Supplement 3")),
        ("50(2)", "3", ("50(2)", "3")),
        ("v. 7 issue 4", "", ("7", "4")),
        ("Vol. 12", "1", ("12", "1")),
        ("v. v. 176", "", ("176", "")),
        ("CD-ROM", "", ("CD-ROM", "")),
    ],
)
def test_a_volume_gives_up_the_issue_that_nobody_else_names(volume, issue, read):
    assert volume_and_issue(volume, issue) == read


def test_first_and_last_page_make_a_range():
    assert pages_between("944", "950+") == "944-950"
    assert pages_between("1535-41", "") == "1535-1541"
    assert pages_between("105752", "105752") == "105752"
    assert pages_between("No", "Specified") == ""


@pytest.mark.parametrize(
    "written",
    [
        "10.5555/ABC.1(2)3",
        "doi: 10.5555/abc.1(2)3.",
        "http://dx.doi.org/10.5555/abc.1(2)3",
        "10.5555/abc.1(2)3     LK  - https://example.org",
        "https://doi.org/10.5555%2Fabc.1(2)3",
        "(10.5555/abc.1(2)3)",
        "https://doi.org/10.5555/abc.1(2)3?via=library",
    ],
)
def test_a_doi_is_bare_and_in_lower_case_wherever_it_stands(written):
    assert doi_in(written) == "10.5555/abc.1(2)3"


def test_a_doi_without_its_slash_is_none():
    assert doi_in("http://dx.doi.org/105555aeap2012243193") == ""


@pytest.mark.parametrize(
    "written",
    [
        "10.5555/1520-6696(197901)15:1<3::AID-INV23>3.0.CO;2-L",
        "10.5555/1520-6696(197901)15:1&lt;3::AID-INV23&gt;3.0.CO;2-L",
        "doi: 10.5555/1520-6696(197901)15:1%3C3::AID-INV23%3E3.0.CO;2-L.",
    ],
)
def test_an_old_doi_keeps_the_place_that_tells_it_from_its_neighbours(written):
    assert doi_in(written) == "10.5555/1520-6696(197901)15:1<3::aid-inv23>3.0.co;2-l"
    assert doi_in("10.5555/a.1</a> and more") == "10.5555/a.1"


def test_an_address_loses_what_the_publisher_hangs_on_to_the_doi():
    assert doi_in_address("https://x.org/doi/10.5555/a.1/full") == "10.5555/a.1"
    assert doi_in_address("https://x.org/uri?doi=10.5555%2fa.1&md5=9") == "10.5555/a.1"
    assert doi_in_address("https://x.org/10.5555/a.1?needAccess=true") == "10.5555/a.1"


@pytest.mark.parametrize(
    "glued",
    [
        "10.5555/a.1/full",
        "10.5555/a.1/full/html#b2",
        "10.5555/a.1https://x.example/b",
        "10.5555/a.1www.x.example",
        "10.5555/a.1journals.example.com/home/b",
        "10.5555/a.1link.example.org",
    ],
)
def test_a_doi_loses_the_address_that_is_glued_to_it(glued):
    assert doi_in(glued) == "10.5555/a.1"


@pytest.mark.parametrize(
    "doi",
    [
        "10.31234/osf.io/abcde",
        "10.17504/protocols.io.baaaiaae",
        "10.5555/journal.a.0012",
        "10.5555/abstract",
        "10.5555/full.2020/1",
        "10.5555/x/abstract/12",
        "10.5555/bay.2020.com",
    ],
)
def test_a_doi_that_looks_like_an_address_stays_whole(doi):
    assert doi_in(doi) == doi


def test_a_doi_among_other_words_of_a_note_may_be_another_works():
    assert doi_alone("doi: 10.5555/a.1") == "10.5555/a.1"
    assert doi_alone("References: Other B. (2001) 10.5555/other") == ""


def test_a_pmid_counts_only_where_it_says_that_it_is_one():
    assert labelled_pmid_in("35957633 [PMID]") == "35957633"
    assert labelled_pmid_in("PUBMED 21314913") == "21314913"
    assert labelled_pmid_in("PMC9359172 [PMCID]") == ""
    assert labelled_pmid_in("102199191") == ""


def test_every_issn_is_read_and_an_isbn_is_none():
    assert issns_in("03064530 (ISSN)") == ["0306-4530"]
    assert issns_in("2277-9175 (Print)\n1365277x") == ["2277-9175", "1365-277X"]
    assert issns_in('["1234-5678","2345-6789"]') == ["1234-5678", "2345-6789"]
    assert issns_in("978-3-030-58167-1") == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["Marx,Karl"], ["Marx, Karl"]),
        (["Liu R., Adler D.G."], ["Liu, R.", "Adler, D.G."]),
        (["Griffin DK, Larkin DM, O'Connor RE."], ["Griffin, DK", "Larkin, DM", "O'Connor, RE"]),
        (["Yang, Z. and Jiang, B."], ["Yang, Z.", "Jiang, B."]),
        (["Yang, Z., Jiang, B."], ["Yang, Z.", "Jiang, B."]),
        (["Gao X., Ni W. and Berg L."], ["Gao, X.", "Ni, W.", "Berg, L."]),
        (["Brownstein C D"], ["Brownstein, C D"]),
        (["R. F. da Silva"], ["da Silva, R. F."]),
        (["Han Shanshan"], ["Han Shanshan"]),
        (["World Health Organization"], ["World Health Organization"]),
        (["Department of Health and Human Services"], ["Department of Health and Human Services"]),
        (["Zhang, Weijia 1,2,+"], ["Zhang, Weijia"]),
        (["Gazic, Barbara MD, PhD *"], ["Gazic, Barbara"]),
        (["Werner, S. M. [Author; E-mail: a@b.org]"], ["Werner, S. M."]),
        (["Wilson, Lauren N. (58975547800)"], ["Wilson, Lauren N."]),
        (["Okoro, A.", "Okoro, A.", "et al."], ["Okoro, A."]),
        (["A. Okoro, K. van den Berg"], ["Okoro, A.", "van den Berg, K."]),
        (["A. Okoro, B.-C. Ward, and K. Li"], ["Okoro, A.", "Ward, B.-C.", "Li, K."]),
        (["Okoro, Ada B, PhD", "Ward, Lis, MLS, FAAN"], ["Okoro, Ada B", "Ward, Lis"]),
        (["Okoro, Ada RN; PhD; FAAN"], ["Okoro, Ada"]),
        (["King, Ada, III", "Dr, Lis"], ["King, Ada, III", "Dr, Lis"]),
        (["Okoro, A", "...", "Ward, B", "…"], ["Okoro, A", "Ward, B"]),
        (["[Anonymous]"], []),
        (["NA"], []),
    ],
)
def test_authors_come_one_by_one_and_without_marks(written, read):
    assert list(authors_in(written)) == read


def test_given_names_first_only_where_the_export_is_known_to_write_so():
    assert authors_in(["Ada Okoro, Lis van den Berg"], given_first=True) == (
        "Okoro, Ada",
        "van den Berg, Lis",
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<jats:p>Sleep <i>p</i> &lt; 0.05</jats:p>", "Sleep p < 0.05"),
        ("H<sub>2</sub>O &amp; rest", "H2O & rest"),
        ("if p < 0.05 and n > 3", "if p < 0.05 and n > 3"),
        ("one\u2028two\xa0 three", "one two three"),
    ],
)
def test_markup_goes_and_signs_stay(written, read):
    assert tidy(written) == read


@pytest.mark.parametrize(
    "tail",
    [
        " © 2022 The Author(s).",
        " Copyright © 2020 Nobody Ltd. All rights reserved.",
        " (C) 2019 Nobody.",
        " [ABSTRACT FROM AUTHOR]",
        " (PsycInfo Database Record (c) 2022 APA, all rights reserved)",
        " Copyright of Invented Journal is the property of Nobody and may not be copied.",
    ],
)
def test_a_notice_at_the_end_is_no_abstract(tail):
    assert abstract_in(["AIM: Sleep." + tail]) == "AIM: Sleep."


def test_a_second_abstract_is_kept_unless_it_is_a_notice():
    assert abstract_in(["Sleep.", "Copyright of X is the property of Y."]) == "Sleep."
    assert abstract_in(["Sleep.", "Le sommeil."]) == "Sleep. Le sommeil."
    assert abstract_in(["[No abstract available]"]) == ""


def test_copyright_as_a_topic_stays():
    text = "We asked teachers about copyright. Many knew the sign © from books and films."
    assert abstract_in([text]) == text


def test_a_language_has_one_name_whatever_the_export_calls_it():
    assert [language_named(text) for text in ("eng", "english", "ENG", "中文;", "Sorbian")] == [
        "English", "English", "English", "Chinese", "Sorbian",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "title", "kind"),
    [
        (["JOUR"], "Rest", "article"),
        (["JOUR", "Review"], "Rest", "review"),
        (["JOUR", "Article; Early Access"], "Rest", "article"),
        (["JOUR", "Conference Abstract"], "Rest", "conference abstract"),
        (["JOUR"], "Erratum: Author Correction: Rest", "erratum"),
        (["JOUR"], "Corrigendum to Rest", "erratum"),
        (["JOUR"], "RETRACTED: Rest", "retraction"),
        (["Journal Article", "Retracted Publication"], "Rest", "retraction"),
        (["JOUR"], "Rest in wards: study protocol for a trial", "protocol"),
        (["JOUR"], "Correction of vision in nurses", "article"),
        (["JOUR"], "A nursing protocol in use", "article"),
        (["THES"], "Rest", "thesis"),
        (["CHAP"], "Rest", "book chapter"),
        (["Trial registry record"], "Rest", "trial registration"),
        (["NCT09990001"], "Rest", "trial registration"),
        (["ACTRN12619000001101p"], "Rest", "trial registration"),
        (["posted-content"], "Rest", "preprint"),
        (["Preprint"], "Rest", "preprint"),
        (["Journal Article", "Case Reports"], "Rest", "article"),
        ([], "Rest", ""),
    ],
)
def test_the_most_telling_claim_decides_what_a_record_is(claims, title, kind):
    assert kind_of(claims, title) == kind


def test_a_file_of_a_known_size_is_named_as_cut_off():
    assert "1,000 records into one file" in truncation_of(1000, "wos Web of Science tagged text")
    assert "3,000 records into one file" in truncation_of(3000, "medline RIS from Ovid")
    assert truncation_of(1000, "pubmed nbib") == ""
    assert truncation_of(731, "wos") == ""


def test_a_kind_is_told_by_the_beginning_of_what_claims_it():
    assert kind_of(["Journal Article" + " " * 1_000 + "Editorial"], "") == "article"
    assert kind_of([" " * 1_000 + "Editorial"], "") == ""


@pytest.mark.parametrize("read", [bibtex.plain, mathematics.without_tex])
def test_braces_deeper_than_anybody_writes_are_left_as_they_are(read: Callable[[str], str]):
    deep = f"A ${'^{' * 5_000}x{'}' * 5_000}$ quarry"
    assert read(deep).startswith("A ")
    assert read(deep).count("^") == 5_000
    assert read(deep).endswith("quarry")


def test_very_many_dollars_are_no_more_work_each_than_one():
    begin = time.process_time()
    mathematics.without_tex("$" * 1_000_000)
    assert time.process_time() - begin < 10, "moving the rest of the text for each takes a minute"


@given(suffix=st.text(st.sampled_from('aB1._()-;:/?#&%<>[]é "w'), min_size=1, max_size=9))
@pytest.mark.parametrize("wanted", ["", "www.", "12345678"])
def test_a_doi_that_nothing_hangs_on_is_read_as_the_others_are(suffix, wanted):
    written = f"10.5555/{wanted}{suffix}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(identifiers, "BARE_DOI", re.compile("(?!)"))
        as_the_others = doi_in(written)
    assert doi_in(written) == as_the_others


@given(
    st.lists(
        st.sampled_from(
            [r"\%", r"\&", r"\_", r"{\%}", "{BMJ}", "a", " ", "-", "'", "\n", "%", r"\\"]
        )
    ).map("".join)
)
def test_a_text_with_escaped_signs_alone_is_read_as_the_parser_of_latex_reads_it(text):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bibtex, "IN_LATEX", re.compile(""))
        as_parsed = bibtex.plain(text)
    assert bibtex.plain(text) == as_parsed
