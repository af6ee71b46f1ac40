"""What is read out of single fields before records are compared."""

import pytest

from scopingreview.dedupe.compare.authors import family_names, shared_names
from scopingreview.dedupe.compare.differences import Difference, compare_titles
from scopingreview.dedupe.compare.dois import canonical_doi, is_preprint
from scopingreview.dedupe.compare.journals import same_journal
from scopingreview.dedupe.compare.titles import Notice, read_title
from scopingreview.normalise import PageKind, pages


@pytest.mark.parametrize(
    "authors",
    [
        ("Kovač, Ana M.", "van den Berg, Jo", "Li, X"),
        ("Kovač AM", "van den Berg J", "Li X"),
        ("Kovac A.M.van den Berg J.Li X. Y.",),
        ("Kovac AM, van den Berg J, Li X",),
        ("Kovač, Ana and van den Berg, Jo and Li, X",),
    ],
)
def test_a_list_of_authors_is_the_same_however_it_is_spelt(authors: tuple[str, ...]):
    assert family_names(authors) == "kovac vandenberg li"


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("kovac berg", "kovac berg li", (2, 2)),
        ("vishnovskii adaman", "vishnovski adaman", (2, 2)),
        ("kovac", "li", (0, 1)),
        ("li", "lin", (0, 1)),
    ],
)
def test_names_a_slip_apart_are_shared(one: str, other: str, shared: tuple[int, int]):
    assert shared_names(one, other) == shared


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("J Invent Nurs", "Journal of Invented Nursing", True),
        ("Dtsch-Wundpfl-Wochenschr", "Deutsche Wundpflege Wochenschrift", True),
        ("Annales fran?aises de somnologie", "Ann Fr Somnol", True),
        ("Open Sound [Electronic Resource]", "Open Sound", True),
        ("JIN", "Journal of Invented Nursing", True),
        ("Light. Conference: 12th Congress of Lamps", "Light", True),
        ("S. Afr. Ferry J.", "South African Ferry Journal", True),
        (
            "Proc. Moss Soc. U.S.A.",
            "Proceedings of the Moss Society of the United States of America",
            True,
        ),
        ("An. Esp. Musgo", "Anales españoles de musgo", True),
        ("Boll. Soc. Ital. Muschi", "Bollettino della Società italiana di muschi", True),
        ("Acta Otorhinolaryngol", "Acta oto-rhino-laryngologica", True),
        ("J Moss Surg Am", "The Journal of moss surgery. American volume", True),
        ("Moss Blatt A", "Moss-Blatt. Reihe A", True),
        ("Koke Zasshi", "Koke zasshi. The Japanese journal of moss", True),
        ("J Ferry Med Assoc", "JFMA. The Journal of the Ferry Medical Association", True),
        ("Jt Comm Moss", "Joint Commission on Moss", True),
        ("Journal of Invented …", "Journal of Invented Nursing", True),
        ("… of Invented Nurs…", "The Journal of Invented Nursing", True),
        ("J Inv … Nurs", "Journal of Invented Ferry Nursing", True),
        ("Journal of Moss …", "Journal of Invented Nursing", False),
        ("Journal of ...", "Journal of Invented Nursing", True),
        ("Moss Res…", "Moss research : official journal of the Society ... [et al.]", True),
        ("… of Moss", "Journal of Invented Nursing", False),
        ("Nippon Koke", "Nihon koke", True),
        ("2014 IEEE Ferry Conference", "2015 IEEE Ferry Conference", False),
        ("Zoology", "Journal of Moss. Part A", False),
        ("Radiology", "Clin. Radiology", False),
        ("European Journal of Moss", "Moss", False),
        ("Journal of Rust", "Journal of Moss", False),
        ("", "Moss", None),
    ],
)
def test_journals_are_recognised_by_their_abbreviations(one: str, other: str, same: bool | None):
    assert same_journal(one, other) is same
    assert same_journal(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ("the ageing of behaviour", "aging of behavior", Difference.TRIVIAL),
        ("night shift workers", "nightshift worker", Difference.TRIVIAL),
        ("rest of bakers on the coast", "rest of bakers on the coast a cohort", Difference.PART),
        ("rest of bakers on coasts", "rest of bakers on coasts part ii", Difference.TELLING),
        ("rest of bakers on coasts 1", "rest of bakers on coasts 2", Difference.TELLING),
        ("typical ovens of bakers", "atypical ovens of bakers", Difference.TELLING),
        ("factors ssociated with moss", "factors associated with moss", Difference.TRIVIAL),
        ("bread of men in towns", "bread of women in towns", Difference.TELLING),
        ("vitamin c for bakers", "vitamin d for bakers", Difference.TELLING),
        ("rye for old bakers", "oats for old bakers", Difference.WORDS),
    ],
)
def test_a_difference_must_be_trivial_and_not_small(one: str, other: str, difference: Difference):
    assert compare_titles(one, other) is difference
    assert compare_titles(other, one) is difference


@pytest.mark.parametrize(
    ("title", "words", "notice"),
    [
        ("[Moss on roofs]. [Norwegian]", "moss on roofs", Notice.NONE),
        ("Moss on roofs [Review] [33 refs]", "moss on roofs", Notice.NONE),
        ("Moss on roofs [Abstract no: 134]", "moss on roofs", Notice.ABSTRACT),
        ("Erratum to: Moss on roofs", "moss on roofs", Notice.ERRATUM),
        ("Moss on roofs (vol 3, pg 12, 2010)", "moss on roofs", Notice.ERRATUM),
        ("Moss on roofs. [Erratum appears in Moss. 2003;1(2):3", "moss on roofs", Notice.NONE),
        ("Comment on: Moss on roofs", "comment on moss on roofs", Notice.COMMENT),
        ("Correction of posture by moss", "correction of posture by moss", Notice.NONE),
    ],
)
def test_notes_come_off_and_notices_are_told(title: str, words: str, notice: Notice):
    assert read_title(title) == (words, notice)


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("101-9", PageKind.RANGE, 101, 109),
        ("pp. 101–109", PageKind.RANGE, 101, 109),
        ("617-20; discussion 620-1", PageKind.RANGE, 617, 620),
        ("e113-e120", PageKind.ARTICLE, 113, 120),
        ("art. no. 4912", PageKind.ARTICLE, 4912, 4912),
        ("A4912", PageKind.PAGE, 4912, 4912),
        ("2205-2205", PageKind.PAGE, 2205, 2205),
        ("No Pagination Specified", PageKind.UNKNOWN, 0, 0),
        ("June 2010", PageKind.UNKNOWN, 0, 0),
    ],
)
def test_a_page_field_is_not_a_number(text: str, kind: PageKind, first: int, last: int):
    read = pages(text)
    assert (read.kind, read.first, read.last) == (kind, first, last)


def test_versions_and_aliases_of_a_doi_are_one():
    assert canonical_doi("10.12688/f1000research.5555.2") == "10.12688/f1000research.5555"
    assert canonical_doi("10.1046/j.5.x") == canonical_doi("10.1111/j.5.x")
    assert canonical_doi("10.5555/a.pub2") == "10.5555/a.pub2"


def test_a_preprint_is_known_by_its_server():
    assert is_preprint("10.1101/2020.01.01.1", "")
    assert is_preprint("", "bioRxiv : the preprint server")
    assert not is_preprint("10.5555/x", "Journal of Preprints")
