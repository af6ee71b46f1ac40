"""A public copy counts what the review counts, and holds nothing that is not to be published."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scopingreview import config, store
from scopingreview.chain import FROM_EXPORTS, STAGES
from scopingreview.errors import MissingPackageError, ReviewError
from scopingreview.flow.members import box_members
from scopingreview.model import (
    AcceptedLoss,
    Cell,
    Correction,
    DiscussionNote,
    Duplicate,
    DuplicateJudgement,
    Event,
    EventKind,
    LabelChange,
    Look,
    OwnTerm,
    Rank,
    Retrieval,
    RetrievalStatus,
    Search,
    ShownBy,
    Slot,
    StoppingBasis,
    StudyLink,
)
from scopingreview.paths import (
    KNOWN_ITEMS,
    OWN_ANSWERS,
    PROTOCOL,
    PUBLIC_COPY,
    REPORT_DOCX,
    SEARCHES,
    STRATEGIES,
    WORDING,
    Review,
)
from scopingreview.report.document.own_mark import is_as_written
from scopingreview.review.charting import charting_of
from scopingreview.review.checks import check_review
from scopingreview.review.counted_flow import load_data
from scopingreview.screening.pseudonyms import pseudonyms
from scopingreview.stages import publishing
from scopingreview.stages.publishing import publish_report, publish_review
from scopingreview.stages.running import run_chain
from tests.charted_reviews import FORM, INCLUDED
from tests.reviews import (
    FULL_TEXT,
    TITLE_ABSTRACT,
    decide,
    found,
    record,
    retrieved,
    snapshot,
    tick,
)

docx = pytest.importorskip("docx", reason="the extra scopingreview[docx] is not installed")

# Every one of these stands somewhere in the review below, and nowhere in what is public.
PEOPLE = ("zelda", "quentin", "ottokar", "wanda")
FULL_NAMES = (
    "Zelda Quist",
    "Quist, Zelda",
    "Quentin van Ree",
    "Ottokar  Prohaska",
    "ottokar prohaska",
)
ADDRESSES = ("zelda@quist.example", "wanda.w@library.example")
PRIVATE = (
    *("Nurses slept more after secret intervention.", "controlled vocabulary of a database"),
    *("https://proxy.example/login?account=s4711", "fulltexts/hidden-paper.pdf"),
    *("note of a decision", "note of a consensus", "note of a judgement", "why it was corrected"),
    *("abstract from the PDF", "note on retrieval", "note of a link", "note of an event"),
    *("what was said in a thread", "label of my own", "note on a known item", "why records lack"),
    *("a remark for the team", "words of the report itself", "a comment on the study"),
    *("term of mine", "note while learning", "because the criteria leaked"),
)
FORMATS = '\n[report]\nformats = ["docx", "markdown"]\n'
KEPT = (
    "A study of naps 1",
    "10.1000/n1",
    "reason that stands below the diagram",
    "naps-2019",
    "Records looked at",
)


def private_review(folder: Path) -> Review:
    """A review in which people wrote something private wherever they can."""
    review = found(folder, reviewers=("zelda", "quentin"))
    path = review.path(PROTOCOL)
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        'name = "zelda"\nfull_name = ""', 'name = "zelda"\nfull_name = "Zelda Quist"'
    )
    text = text.replace(
        'name = "quentin"\nfull_name = ""', 'name = "quentin"\nfull_name = "Quentin van Ree"'
    )
    text = text.replace(
        'name = "ef"\nfull_name = ""', 'name = "ottokar"\nfull_name = "Ottokar Prohaska"'
    )
    text = text.replace(
        'question = ""', 'question = "Asked by Quist, Zelda (zelda@quist.example)?"'
    )
    path.write_text(f"{text}{FORM}{FORMATS}\n# a remark for the team\n", encoding="utf-8")
    _with_records(review)
    _with_decisions(review)
    _with_steps(review)
    _with_config(review)
    return review


def _with_records(review: Review) -> None:
    records = [
        record(
            f"pubmed:{n}",
            title=f"A study of naps {n}" if n != 6 else "",
            abstract="Nurses slept more after secret intervention." if n != 5 else "",
            keywords=("controlled vocabulary of a database",),
            url="https://proxy.example/login?account=s4711",
            authors=("Doe, Jane (wanda.w@library.example)",),
            year=2010 + n,
            doi=f"10.1000/n{n}",
        )
        for n in range(1, 9)
    ]
    store.write_records(review, [*records, record("scopus:1")])
    store.write_duplicates(review, [_judged_link(review)], [])


def _judged_link(review: Review) -> Duplicate:
    store.append_judgement(
        review,
        DuplicateJudgement(tick(), "scopus:1", "pubmed:1", True, "zelda", "note of a judgement"),
    )
    return Duplicate("scopus:1", "pubmed:1", "a person's word", "title same", "zelda")


def _with_decisions(review: Review) -> None:
    private = {"note": "note of a decision", "labels": ("label of my own", "also:type")}
    for name in ("zelda", "quentin"):
        for n in range(1, 9):
            verdict = "exclude" if n in (4, 6) else "include"
            made = decide(f"pubmed:{n}", verdict, name, TITLE_ABSTRACT, "topic" if n == 4 else "")
            store.append_decision(review, replace(made, **private))  # type: ignore[arg-type]
        for key in (*INCLUDED, "pubmed:3"):
            out = key == "pubmed:3" or (key == "pubmed:5" and name == "zelda")
            reason, verdict = ("population", "exclude") if out else ("", "include")
            made = decide(key, verdict, name, FULL_TEXT, reason)
            store.append_decision(review, replace(made, note="note of a decision"))
        store.append_training(
            review, [replace(decide("pubmed:1", "include", name), note="note while learning")]
        )
    settled = decide("pubmed:5", "include", "ottokar", FULL_TEXT)
    store.append_consensus(review, [replace(settled, note="note of a consensus")])


def _with_steps(review: Review) -> None:
    steps = [retrieved(f"pubmed:{n}") for n in (1, 2, 3, 5)]
    where = {"where": "fulltexts/hidden-paper.pdf", "note": "note on retrieval"}
    lost = Retrieval(tick(), "pubmed:7", RetrievalStatus.NOT_RETRIEVED, "", "note on retrieval")
    store.append_retrievals(review, [*(replace(each, **where) for each in steps), lost])  # type: ignore[arg-type]
    store.append_corrections(
        review,
        [
            Correction(
                tick(),
                "pubmed:5",
                "abstract",
                "abstract from the PDF",
                "wanda",
                "why it was corrected",
            ),
            Correction(
                tick(), "pubmed:5", "url", "https://proxy.example/login?account=s4711", "wanda"
            ),
            Correction(tick(), "pubmed:5", "year", "2001", "wanda", "why it was corrected"),
        ],
    )
    store.append_study_links(
        review, [StudyLink(tick(), "pubmed:1", "naps-2019", "note of a link", "quentin")]
    )
    store.append_event(
        review,
        Event(
            tick(),
            TITLE_ABSTRACT,
            EventKind.REVIEWER_LEFT,
            "ottokar",
            people=("quentin",),
            note="note of an event",
        ),
    )
    amended = "12ab34cd: because the criteria leaked"
    store.append_event(
        review, Event(tick(), FULL_TEXT, EventKind.CRITERIA_AMENDED, "ottokar", note=amended)
    )
    store.append_look(
        review,
        Look(tick(), TITLE_ABSTRACT, "wanda", StoppingBasis.SCREENING, 8, 6, 0, 0, 0.95, 0.5),
    )
    store.append_rank(
        review,
        Rank(
            tick(), TITLE_ABSTRACT, "pubmed:1", "zelda", 1, 8, ShownBy.RANK, "two-views-1", 0, "s"
        ),
    )
    store.append_discussion_note(
        review, DiscussionNote(tick(), FULL_TEXT, "pubmed:5", "what was said in a thread", "zelda")
    )
    store.append_label_change(review, LabelChange(tick(), "label of my own", "other", "zelda"))
    store.append_own_term(review, OwnTerm(tick(), "term of mine", "", True, "zelda"))
    for name in ("zelda", "quentin"):
        store.append_cells(
            review,
            [
                Cell(tick(), "pubmed:2", Slot("design"), "rct", name, "words of the report itself"),
                Cell(tick(), "pubmed:2", Slot("comment"), "a comment on the study", name),
            ],
        )
    review.path("data/screened/adjustments.csv").write_text(
        "kind,records,n,outcome,reason,why\n"
        "extra-report,pubmed:2,1,included,,reason that stands below the diagram (Zelda Quist)\n"
    )


def _with_config(review: Review) -> None:
    strategy = review.path("config/searches/pubmed.txt")
    strategy.write_text("naps AND nurses\nsaved by ottokar prohaska <wanda.w@library.example>\n")
    config.save_search(
        review,
        Search(
            "pubmed-2023",
            "pubmed",
            (),
            strategy="config/searches/pubmed.txt",
            strategy_sha256=store.sha256(strategy),
            accepted_loss=AcceptedLoss(0, "why records lack"),
        ),
    )
    searches = review.path("config/searches.toml")
    searches.write_text(f"# a remark for the team\n{searches.read_text()}")
    review.path(KNOWN_ITEMS).write_text("doi,pmid,title,note\n10.1000/n1,,,note on a known item\n")
    review.path(WORDING).write_text(
        '# a remark for the team\n[words]\nscreened = "Records looked at"\n'
    )
    review.path(OWN_ANSWERS).write_text('[jbi.I]\nwords = "See Ottokar  Prohaska."\n')
    review.path("notes.md").write_text("a remark for the team")
    review.path("data/fulltexts").mkdir()
    review.path("data/fulltexts/hidden-paper.pdf").write_bytes(b"%PDF words of the report itself")


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return private_review(tmp_path_factory.mktemp("private") / "review")


@pytest.fixture(scope="module")
def copy(review: Review, tmp_path_factory: pytest.TempPathFactory) -> Review:
    folder = tmp_path_factory.mktemp("public") / "copy"
    publish_review(review, folder)
    return Review(folder)


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file of the folder as text, those of Word and Excel as what is packed in them."""
    for name, content in snapshot(folder).items():
        yield name, name
        if name.endswith((".xlsx", ".docx")):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for part in archive.namelist():
                    yield f"{name}/{part}", archive.read(part).decode(errors="replace")
        elif not name.endswith((".pdf", ".png")):
            yield name, content.decode()


# ── what it holds ────────────────────────────────────────────────────────────────────────────


def test_what_is_to_stay_private_stands_in_the_review(review: Review):
    """Else the test below would look for nothing."""
    everything = "\n".join(
        f"{name} {text}" for name, text in texts(review.root) if "pdf" not in name
    )
    for secret in (*PEOPLE, "Zelda Quist", *ADDRESSES, *PRIVATE):
        assert secret in everything, secret


@pytest.mark.parametrize("secret", [*PEOPLE, *FULL_NAMES, *ADDRESSES, *PRIVATE])
def test_nothing_private_stands_in_any_file_of_the_copy(copy: Review, secret: str):
    pattern = re.compile(re.escape(secret), re.IGNORECASE)
    assert [name for name, text in texts(copy.root) if pattern.search(text)] == []


@pytest.mark.parametrize("fact", KEPT)
def test_facts_of_publication_and_what_the_diagram_says_stay(copy: Review, fact: str):
    assert any(fact in text for _, text in texts(copy.root))


def test_only_files_that_somebody_thought_of_are_in_it(copy: Review):
    names = {name for name in snapshot(copy.root) if not name.startswith("results/")}
    assert names == {
        *(".gitattributes", ".gitignore", "README.md", "public-copy.json"),
        *("config/review.toml", "config/searches.toml", "config/searches/pubmed.txt"),
        *("config/known-items.csv", "config/checklists.toml", "config/wording.toml"),
        *(f"data/charted/reviewer-{n}.csv" for n in (1, 2)),
        *(f"data/derived/{name}.csv" for name in ("records", "duplicates", "possible_duplicates")),
        *(f"data/screened/title-abstract/reviewer-{n}.csv" for n in (1, 2)),
        *(f"data/screened/full-text/reviewer-{n}.csv" for n in (1, 2)),
        "data/screened/full-text/consensus.csv",
        *("data/screened/duplicates/reviewer-1.csv", "data/screened/corrections/person-1.csv"),
        *("data/screened/discussion/reviewer-1.csv", "data/screened/ranks/reviewer-1.csv"),
        *(f"data/screened/{name}.csv" for name in ("adjustments", "events", "looks", "retrieval")),
        "data/screened/studies.csv",
    }


def test_where_something_was_left_out_it_says_so(copy: Review):
    said = copy.path("data/screened/title-abstract/reviewer-1.csv").read_text()
    assert ",also:type,left out of the public copy," in said
    assert "left out of the public copy" in copy.path("data/derived/records.csv").read_text()
    charted = copy.path("data/charted/reviewer-1.csv").read_text()
    assert re.search(r"comment,,left out of the public copy \([0-9a-f]{8}\)", charted)


def test_every_file_of_config_that_a_stage_reads_goes_along():
    """A new one has to be let through, or the copy would be made from something else."""
    read = {name for stage in STAGES for name in stage.reads if name.startswith("config/")}
    assert read <= {f"{STRATEGIES}/*", KNOWN_ITEMS, OWN_ANSWERS, WORDING, PROTOCOL, SEARCHES}


# ── what it counts ───────────────────────────────────────────────────────────────────────────


def test_every_box_holds_the_same_records(review: Review, copy: Review):
    before, after = box_members(load_data(review)), box_members(load_data(copy))
    assert before.of_box == after.of_box
    assert before.of_item == after.of_item


def test_the_same_studies_are_charted_and_in_conflict(review: Review, copy: Review):
    before, after = charting_of(review), charting_of(copy)
    assert before.studies == after.studies
    assert {key: before.standing(key) for key in before.studies} == {
        key: after.standing(key) for key in after.studies
    }


def test_a_clone_has_everything_up_to_date_and_finds_nothing_wrong(copy: Review):
    assert [
        (ran.stage, ran.why) for ran in run_chain(copy) if ran.stage in ("import", "dedupe")
    ] == [
        ("import", ""),
        ("dedupe", ""),
    ]
    told = check_review(copy)
    assert {finding.code for finding in told if finding.error} <= {"V02", "V07"}
    [note] = [finding for finding in told if finding.code == "R08"]
    assert not note.error
    assert "this is a public copy of a review" in note.message


def test_a_decision_that_somebody_changed_in_the_copy_is_found(review: Review, tmp_path: Path):
    folder = tmp_path / "copy"
    publish_review(review, folder)
    path = folder / "data/screened/title-abstract/reviewer-1.csv"
    path.write_text(path.read_text().replace("pubmed:4,exclude", "pubmed:4,include"))
    found_there = {finding.code for finding in check_review(Review(folder)) if finding.error}
    assert {"R08", "D12"} <= found_there


@pytest.mark.parametrize("stage", ["import", "dedupe"])
def test_what_needs_the_exports_is_refused_in_a_copy(copy: Review, stage: str):
    before = snapshot(copy.root)
    with pytest.raises(ReviewError, match="a public copy has no exports"):
        list(run_chain(copy, force=True, until=stage))
    assert snapshot(copy.root) == before


def test_all_the_rest_is_made_again_there_when_all_is_asked_for(copy: Review):
    ran = {each.stage: bool(each.why) for each in run_chain(copy, force=True)}
    assert ran == {stage.name: stage.name not in FROM_EXPORTS for stage in STAGES}


def test_the_document_for_word_of_a_copy_is_as_it_was_written_and_names_nobody(copy: Review):
    document = docx.Document(str(copy.path(REPORT_DOCX)))
    assert is_as_written(copy.path(REPORT_DOCX).read_bytes())
    assert document.core_properties.author == ""
    assert "public copy of data" in document.core_properties.comments
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "reviewer-1" in told


def test_the_page_for_the_public_needs_nothing_of_the_document_for_word(
    review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "docx", None)
    publish_report(review, tmp_path / "page")
    assert (tmp_path / "page/report.html").is_file()
    with pytest.raises(MissingPackageError):
        publish_review(review, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


# ── where it goes ────────────────────────────────────────────────────────────────────────────


def test_a_second_copy_has_the_same_bytes_and_keeps_what_stands_beside(
    review: Review, copy: Review
):
    beside = copy.path("LICENSE")
    beside.write_text("CC BY")
    before = snapshot(copy.root)
    placed = publish_review(review, copy.root)
    assert placed.changed == ()
    after = snapshot(copy.root)
    assert {name: after[name] for name in before} == before
    beside.unlink()


def test_what_a_later_copy_has_no_more_is_gone(review: Review, tmp_path: Path):
    folder = tmp_path / "copy"
    publish_review(review, folder)
    path = review.path(OWN_ANSWERS)
    text = path.read_text()
    path.unlink()
    publish_review(review, folder)
    path.write_text(text)
    assert not (folder / OWN_ANSWERS).exists()


def test_a_folder_with_something_else_in_it_is_left_as_it_is(review: Review, tmp_path: Path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("Chapter 1")
    with pytest.raises(ReviewError, match="something else than a public copy"):
        publish_review(review, folder)
    assert snapshot(folder) == {"thesis.txt": b"Chapter 1"}


def test_a_file_that_somebody_wrote_in_a_copy_is_never_written_over(review: Review, copy: Review):
    readme = copy.path("README.md")
    before = readme.read_bytes()
    readme.write_text("My own words.")
    with pytest.raises(ReviewError, match="somebody changed this file") as refused:
        publish_review(review, copy.root)
    assert "README.md" in str(refused.value)
    assert readme.read_text() == "My own words."
    readme.write_bytes(before)


def test_an_empty_repository_is_a_place_for_it(review: Review, tmp_path: Path):
    (tmp_path / "copy/.git").mkdir(parents=True)
    assert publish_report(review, tmp_path / "copy").files == ("report.html", PUBLIC_COPY)


@pytest.mark.parametrize("place", [".", "public", ".."])
def test_it_lies_neither_in_the_review_nor_around_it(review: Review, place: str):
    with pytest.raises(ReviewError, match="does not lie in the review"):
        publish_review(review, review.root / place)


def test_a_copy_of_a_copy_is_refused(copy: Review, tmp_path: Path):
    with pytest.raises(ReviewError, match="a public copy already"):
        publish_review(copy, tmp_path / "second")


def test_a_copy_that_would_count_otherwise_is_not_written(
    review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(publishing, "_write_steps", lambda _: None)
    with pytest.raises(ReviewError, match="would not count what the review counts"):
        publish_review(review, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_a_review_is_not_changed_by_its_copy(review: Review, tmp_path: Path):
    before = snapshot(review.root)
    publish_report(review, tmp_path / "page")
    assert snapshot(review.root) == before


def test_the_page_for_the_public_is_that_of_the_copy(review: Review, copy: Review, tmp_path: Path):
    publish_report(review, tmp_path / "page")
    page = (tmp_path / "page/report.html").read_bytes()
    assert page == copy.path("results/report.html").read_bytes()
    assert b"Public copy of" in page


def test_nobody_has_anothers_pseudonym_when_somebody_joins(review: Review):
    protocol = load_data(review).state.protocol
    joined = replace(
        protocol, reviewers=(*protocol.reviewers, replace(protocol.reviewers[0], name="aa"))
    )
    known = pseudonyms(protocol)
    assert {name: pseudonyms(joined)[name] for name in known} == known
    assert len({*pseudonyms(joined, ["x", "y"]).values()}) == 6
