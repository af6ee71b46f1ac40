"""The protocol and the searches: nothing in them is ignored or guessed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scopingreview import config
from scopingreview.errors import CombinedError, ReviewError
from scopingreview.model import Export, MaybeRule, Phase, Search, SourceKind
from tests.reviews import change_protocol, found, protocol


def test_a_new_review_has_a_protocol_that_reads(tmp_path: Path):
    read = protocol(found(tmp_path, sources=["PubMed", "Web of Science", "ICTRP", "Grey Lit 2"]))
    assert [(source.name, source.label, source.kind) for source in read.sources] == [
        ("pubmed", "PubMed", SourceKind.DATABASE),
        ("wos", "Web of Science", SourceKind.DATABASE),
        ("ictrp", "WHO ICTRP", SourceKind.REGISTER),
        ("grey-lit-2", "Grey Lit 2", SourceKind.DATABASE),
    ]
    assert read.phases[Phase.TITLE_ABSTRACT].maybe is MaybeRule.INCLUDE
    assert read.phases[Phase.FULL_TEXT].maybe is MaybeRule.DISCUSS
    assert list(read.phases[Phase.FULL_TEXT].exclusion_reasons)[:2] == ["population", "concept"]


@pytest.mark.parametrize(
    ("old", "new", "complaint", "advice"),
    [
        (
            "[full_text.exclusion_reasons]",
            "[full_text.exclusion_reason]",
            'unknown key "exclusion_reason" in [full_text]',
            'Did you mean "exclusion_reasons"?',
        ),
        ("[highlight]", "[hilight]", 'unknown key "hilight"', 'Did you mean "highlight"?'),
        (
            'kind = "database"',
            'kind = "databse"',
            'unknown kind "databse" in [sources]',
            'Did you mean "database"?',
        ),
        (
            "reviewers_needed = 2 ",
            'reviewers_needed = "2" ',
            '"reviewers_needed" must be a whole number',
            "",
        ),
        ("reviewers_needed = 2 ", "reviewers_needed = 0 ", "must be at least 1, not 0", ""),
        ('name = "ab"', 'name = "A B"', 'the name "A B" must be lower-case', "full_name"),
        ('name = "cd"', 'name = "ab"', '"ab" stands 2 times among the reviewers', ""),
        ('name = "ab"', 'name = "consensus"', '"consensus" is the name of the adjudicators', ""),
        ("title = ", "title : ", "not valid TOML", "line"),
    ],
)
def test_what_is_wrong_in_the_protocol_is_named(
    tmp_path: Path, old: str, new: str, complaint: str, advice: str
):
    review = found(tmp_path)
    change_protocol(review, old, new)
    with pytest.raises(ReviewError) as caught:
        protocol(review)
    assert complaint in str(caught.value)
    assert advice in str(caught.value)
    assert "config/review.toml" in str(caught.value)


def test_everything_wrong_in_the_protocol_is_told_at_once(tmp_path: Path):
    review = found(tmp_path)
    change_protocol(review, "[highlight]", "[hilight]")
    change_protocol(review, 'name = "ab"', 'name = "A B"')
    with pytest.raises(CombinedError) as caught:
        protocol(review)
    assert len(caught.value.errors) == 2


SEARCH = Search(
    name="pubmed-2023-05-01",
    source="pubmed",
    exports=(Export("data/raw/pubmed/a.nbib", "0" * 64),),
    platform="PubMed",
    run_on=date(2023, 5, 1),
    hits=12,
)


def test_a_saved_search_reads_back_the_same(tmp_path: Path):
    review = found(tmp_path)
    other = replace(SEARCH, name="scopus-2023-05-02", source="scopus", exports=())
    config.save_search(review, SEARCH)
    config.save_search(review, other)
    assert config.load_searches(review, protocol(review)) == [SEARCH, other]


def test_saving_a_search_keeps_the_comments_and_the_other_searches(tmp_path: Path):
    review = found(tmp_path)
    path = review.path("config/searches.toml")
    config.save_search(review, SEARCH)
    path.write_text(path.read_text() + "\n# Ask the librarian about Scopus.\n", encoding="utf-8")
    longer = replace(SEARCH, exports=(*SEARCH.exports, Export("data/raw/pubmed/b.nbib", "1" * 64)))
    config.save_search(review, longer)
    assert config.load_searches(review, protocol(review)) == [longer]
    assert "# Ask the librarian" in path.read_text(encoding="utf-8")
    assert "# The searches, a table each" in path.read_text(encoding="utf-8")


def test_a_search_of_a_source_that_the_protocol_does_not_name_is_refused(tmp_path: Path):
    review = found(tmp_path)
    config.save_search(review, replace(SEARCH, source="pubmd"))
    with pytest.raises(ReviewError, match=r'unknown source "pubmd".*\n.*Did you mean "pubmed"'):
        config.load_searches(review, protocol(review))


def test_an_export_belongs_to_one_search(tmp_path: Path):
    review = found(tmp_path)
    config.save_search(review, SEARCH)
    config.save_search(review, replace(SEARCH, name="again"))
    with pytest.raises(ReviewError, match="registered 2 times"):
        config.load_searches(review, protocol(review))


@pytest.mark.parametrize(
    "file",
    ["/etc/passwd", "../outside.ris", "data/raw/../../outside.ris", "config/review.toml",
     "data/raw", "data/raw/link.ris", "data/raw/loop.ris", "data/raw/\0", "data/raw/" + "x" * 5000],
)  # fmt: skip
def test_no_export_stands_outside_of_data_raw(tmp_path: Path, file: str):
    review = found(tmp_path)
    review.path("data/raw/link.ris").symlink_to("/etc/passwd")
    review.path("data/raw/loop.ris").symlink_to("loop.ris")
    config.save_search(review, replace(SEARCH, exports=(Export(file, "0" * 64),)))
    with pytest.raises(ReviewError, match="leads out of data/raw"):
        config.load_searches(review, protocol(review))


@pytest.mark.parametrize("file", ["/etc/passwd", "../strategy.txt"])
def test_no_strategy_stands_outside_of_the_review(tmp_path: Path, file: str):
    review = found(tmp_path)
    config.save_search(review, replace(SEARCH, strategy=file))
    with pytest.raises(ReviewError, match="leads out of the review"):
        config.load_searches(review, protocol(review))


@pytest.mark.parametrize("text", ["a = " + "[" * 5000 + "]" * 5000, "a = " + "1" * 5000])
def test_what_no_reader_of_toml_can_hold_is_refused_with_its_file(tmp_path: Path, text: str):
    review = found(tmp_path)
    review.path("config/searches.toml").write_text(text)
    with pytest.raises(ReviewError, match=r"^config/searches\.toml: this "):
        config.load_searches(review, protocol(review))


def test_the_question_is_a_text_or_its_parts(tmp_path: Path):
    review = found(tmp_path)
    change_protocol(review, 'question = ""', 'question = "What helps nurses rest?"')
    assert protocol(review).question == "What helps nurses rest?"
    assert protocol(review).question_parts == {}
    parts = '{text = "What helps?", context = "wards", population = "nurses", concept = ""}'
    change_protocol(review, 'question = "What helps nurses rest?"', f"question = {parts}")
    assert protocol(review).question == "What helps?"
    assert list(protocol(review).question_parts.items()) == [
        ("population", "nurses"),
        ("context", "wards"),
    ]
    change_protocol(review, "context =", "contexts =")
    with pytest.raises(ReviewError, match='unknown key "contexts"'):
        protocol(review)


@pytest.mark.parametrize("name", ["con", "nul", "com1", "lpt9"])
def test_nobody_is_called_what_no_file_can_be_called_on_windows(name: str, tmp_path: Path):
    review = found(tmp_path)
    change_protocol(review, 'name = "ab"', f'name = "{name}"')
    with pytest.raises(ReviewError, match=f'no file can be called "{name}" on Windows') as caught:
        config.load_protocol(review)
    assert f'Write "{name}_"' in caught.value.hint


def test_a_name_that_only_begins_like_a_device_stands(tmp_path: Path):
    review = found(tmp_path)
    change_protocol(review, 'name = "ab"', 'name = "conrad"')
    assert config.load_protocol(review).reviewers[0].name == "conrad"
