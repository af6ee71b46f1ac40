"""Which study a report belongs to, as people linked it."""

from scopingreview.model import StudyLink
from scopingreview.screening.outcomes import current_studies
from tests.reviews import tick

CANONICAL = {"pubmed:1": "pubmed:1", "scopus:1": "pubmed:1", "pubmed:2": "pubmed:2"}


def studies(*links: tuple[str, str]) -> dict[str, str]:
    return current_studies([StudyLink(tick(), *link) for link in links], CANONICAL)


def test_the_last_link_of_a_report_stands():
    assert studies(("pubmed:1", "Oslo"), ("pubmed:1", "Bergen")) == {"pubmed:1": "Bergen"}


def test_an_empty_study_takes_the_link_back():
    assert studies(("pubmed:1", "Oslo"), ("pubmed:2", "Oslo"), ("pubmed:1", "")) == {
        "pubmed:2": "Oslo"
    }


def test_a_link_of_a_duplicate_counts_for_its_group_and_one_of_a_stranger_nowhere():
    assert studies(("scopus:1", "Oslo"), ("elsewhere:9", "Oslo")) == {"pubmed:1": "Oslo"}
