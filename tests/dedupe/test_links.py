"""What is linked, what is left to people, and what never is."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations

import pytest

from scopingreview.dedupe import link
from scopingreview.model import DuplicateJudgement, Record
from tests.dedupe.pairs import Pair, read_pairs

ARTICLE = Record(
    record_id="pubmed:1",
    source="pubmed",
    title="Peer supervision and secondary stress in hospital chaplains: a cohort study",
    authors=("Kovač, Ana", "Lindqvist, Per", "Oyelaran, Tunde"),
    year=2015,
    journal="Journal of Invented Nursing",
    volume="12",
    issue="3",
    pages="201-209",
)


def word(one: Record, other: Record, *, same: bool, by: str = "ab") -> DuplicateJudgement:
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    return DuplicateJudgement(moment, one.record_id, other.record_id, same, by)


@pytest.mark.parametrize("pair", read_pairs(), ids=lambda pair: pair.kind)
def test_the_pairs_that_are_hard_to_tell(pair: Pair):
    assert pair.outcome() == pair.answer, pair.because


def test_the_record_of_the_most_trusted_source_is_kept():
    scopus = replace(ARTICLE, record_id="scopus:1", source="scopus", abstract="Long. " * 40)
    links = link([scopus, ARTICLE], trust=["pubmed", "scopus"])
    assert [(link.record_id, link.duplicate_of) for link in links.duplicates] == [
        ("scopus:1", "pubmed:1")
    ]


def test_of_one_source_the_most_complete_record_is_kept():
    bare = replace(ARTICLE, record_id="pubmed:0", pages="", volume="")
    links = link([bare, ARTICLE])
    assert [link.duplicate_of for link in links.duplicates] == ["pubmed:1"]


def test_a_long_abstract_says_more_than_three_numbers():
    """Who screens reads the abstract; a volume nobody misses."""
    short = replace(ARTICLE, abstract="In short.")
    long = replace(ARTICLE, record_id="pubmed:9", abstract="Long. " * 40, volume="", pages="")
    assert [link.duplicate_of for link in link([short, long]).duplicates] == ["pubmed:9"]


def test_a_persons_word_joins_what_no_rule_would():
    other = Record(record_id="scopus:7", title="Something else altogether", year=1990)
    links = link([ARTICLE, other], judgements=[word(ARTICLE, other, same=True)])
    assert [(link.rule, link.decided_by) for link in links.duplicates] == [
        ("a person's word", "ab")
    ]


def test_a_pair_that_a_person_called_different_is_not_offered_again():
    other = replace(ARTICLE, record_id="scopus:1", volume="13", issue="", pages="")
    assert len(link([ARTICLE, other]).possible) == 1
    links = link([ARTICLE, other], judgements=[word(ARTICLE, other, same=False)])
    assert links.possible == ()


def test_a_persons_word_parts_what_a_rule_links():
    copy = replace(ARTICLE, record_id="scopus:1")
    links = link([ARTICLE, copy], judgements=[word(ARTICLE, copy, same=False)])
    assert links.duplicates == ()
    assert links.possible == ()


def test_two_people_who_disagree_are_reported_and_nothing_is_linked():
    copy = replace(ARTICLE, record_id="scopus:1")
    links = link(
        [ARTICLE, copy],
        judgements=[word(ARTICLE, copy, same=True), word(ARTICLE, copy, same=False, by="cd")],
    )
    assert links.duplicates == ()
    assert len(links.contradictions) == 1
    assert "ab" in links.contradictions[0]
    assert "cd" in links.contradictions[0]


def test_no_records_have_no_links():
    assert link() == link([]) == link([], [])
    assert link().records == 0


def test_the_order_of_the_records_changes_nothing():
    copies = [
        ARTICLE,
        replace(ARTICLE, record_id="scopus:1", volume="", issue="", pages=""),
        replace(ARTICLE, record_id="embase:1", title=ARTICLE.title.upper() + "."),
    ]
    results = {link(order).duplicates for order in permutations(copies)}
    assert len(results) == 1
    assert len(results.pop()) == 2


def test_a_word_on_unique_records_joins_their_whole_groups():
    copy = replace(ARTICLE, record_id="scopus:1")
    rival = replace(
        ARTICLE, record_id="embase:1", title="Chaplains: a cohort", pages="1-9", year=1999
    )
    links = link([ARTICLE, copy, rival], judgements=[word(ARTICLE, rival, same=True)])
    assert len({link.duplicate_of for link in links.duplicates}) == 1
    assert len(links.duplicates) == 2


def test_words_that_cannot_all_be_true_are_reported():
    copy = replace(ARTICLE, record_id="scopus:1")
    rival = Record("embase:1", title="Something else")
    links = link(
        [ARTICLE, copy, rival],
        judgements=[word(ARTICLE, rival, same=True), word(copy, rival, same=False)],
    )
    assert [link.record_id for link in links.duplicates] == ["scopus:1"]
    (contradiction,) = links.contradictions
    assert "scopus:1" in contradiction
