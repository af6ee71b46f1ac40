"""What the team counts as one report."""

from dataclasses import replace
from pathlib import Path

from scopingreview.dedupe import link
from scopingreview.model import DedupePolicy, LinkUnit, Record, Versions

REVIEW = Record(
    "a:1",
    title="Warm socks for cold feet in adults",
    authors=("Sock, An", "Wool, Bo"),
    year=2008,
    journal="Cochrane Database of Systematic Reviews",
    doi="10.1002/14651858.CD990001",
)
UPDATE = replace(REVIEW, record_id="a:2", year=2014, doi="10.1002/14651858.CD990001.pub2")
ARTICLE = Record(
    "b:1",
    title="Queueing behaviour at village bakeries",
    authors=("Baker, Jo", "Miller, Su"),
    year=2022,
    journal="Bakery Studies",
    doi="10.5555/bs.7",
)
PREPRINT = replace(
    ARTICLE, record_id="b:2", year=2021, journal="medRxiv", doi="10.1101/2021.01.01.21249001"
)
TALK = replace(
    ARTICLE, record_id="b:3", year=2021, journal="Congress of Bakers", doi="", pages="S12"
)


def linked(one: Record, other: Record, policy: DedupePolicy) -> bool:
    return bool(link([one, other], policy=policy).duplicates)


def test_versions_of_a_cochrane_review_are_together_when_the_protocol_says_so():
    assert not linked(REVIEW, UPDATE, DedupePolicy())
    assert linked(REVIEW, UPDATE, DedupePolicy(cochrane_versions=Versions.TOGETHER))


def test_a_preprint_and_its_article_are_together_when_the_protocol_says_so():
    assert not linked(PREPRINT, ARTICLE, DedupePolicy())
    assert linked(PREPRINT, ARTICLE, DedupePolicy(preprints=Versions.TOGETHER))


def test_the_reports_of_a_study_are_together_when_studies_are_counted():
    studies = DedupePolicy(unit=LinkUnit.STUDY)
    assert not linked(TALK, ARTICLE, DedupePolicy())
    assert linked(TALK, ARTICLE, studies)
    assert linked(PREPRINT, ARTICLE, studies)
    assert linked(REVIEW, UPDATE, studies)


def test_an_erratum_is_apart_even_when_studies_are_counted():
    erratum = replace(ARTICLE, record_id="b:4", title=f"Erratum: {ARTICLE.title}", doi="")
    assert not linked(erratum, ARTICLE, DedupePolicy(unit=LinkUnit.STUDY))


def test_the_example_in_the_documentation_does_what_it_says(capsys):
    page = (Path(__file__).parents[2] / "docs" / "deduplication.md").read_text("utf-8")
    example = page.split("```python\n", 1)[1].split("```", 1)[0]
    promised = page.split("It prints:\n\n```\n", 1)[1].split("```", 1)[0]
    exec(compile(example, "docs/deduplication.md", "exec"), {})
    assert capsys.readouterr().out == promised
