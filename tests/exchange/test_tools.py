"""What Rayyan, Covidence and ASReview write of a decision; invented rows in their real form."""

from collections.abc import Mapping

import pytest

from scopingreview.exchange import Said, said_of
from scopingreview.model import Record, Verdict

INCLUDE, EXCLUDE, MAYBE = Verdict.INCLUDE, Verdict.EXCLUDE, Verdict.MAYBE


def said(**fields: str) -> Said:
    return said_of(2, {name: [value] for name, value in fields.items()}, Record("", title="T"))


@pytest.mark.parametrize(
    ("notes", "verdicts"),
    [
        ('RAYYAN-INCLUSION: {"Ada"=>"Included"}', {"Ada": INCLUDE}),
        (
            'RAYYAN-INCLUSION: {"Ada" => "Excluded", "Bo C."=>"Maybe"}',
            {"Ada": EXCLUDE, "Bo C.": MAYBE},
        ),
        ('L47 2007-10-01 | RAYYAN-INCLUSION: {"Ada"=>"Maybe"} | RAYYAN-LABELS: a', {"Ada": MAYBE}),
        ('RAYYAN-INCLUSION: "Ada"=>"Excluded"', {"Ada": EXCLUDE}),  # BibTeX lost the braces
        ("a comment of the database", {}),
    ],
)
def test_rayyan_keeps_everybodys_verdict_in_the_notes(notes: str, verdicts: Mapping[str, Verdict]):
    assert said(notes=notes).verdicts == verdicts
    assert said(N1=notes).verdicts == verdicts


def test_rayyans_labels_and_reasons_are_read_and_end_at_the_bar():
    found = said(
        notes='RAYYAN-INCLUSION: {"Ada"=>"Excluded"} | RAYYAN-LABELS: methods,to read '
        "| RAYYAN-EXCLUSION-REASONS: wrong population,foreign language | USER-NOTES: {}"
    )
    assert found.labels == ("methods", "to read")
    assert found.reasons == ("wrong population", "foreign language")


def test_a_word_of_rayyan_that_is_no_verdict_is_told():
    found = said(notes='RAYYAN-INCLUSION: {"Ada"=>"Postponed"}')
    assert (dict(found.verdicts), found.unclear) == ({}, "postponed")


@pytest.mark.parametrize(
    ("column", "label", "verdict"),
    [
        ("included", "1", INCLUDE),
        ("included", "0", EXCLUDE),
        ("asreview_label", "1.0", INCLUDE),
        ("final_included", "0.0", EXCLUDE),
    ],
)
def test_asreview_keeps_a_label_in_a_column(column: str, label: str, verdict: Verdict):
    assert said(**{column: label}).verdicts == {"": verdict}


@pytest.mark.parametrize(
    ("note", "verdicts"),
    [
        ("ASReview_relevant", {"": INCLUDE}),
        ("Notes before. ASReview_irrelevant. Notes after.", {"": EXCLUDE}),
        ("ASReview_not_seen", {}),
    ],
)
def test_asreview_keeps_a_label_in_a_note_of_ris(note: str, verdicts: Mapping[str, Verdict]):
    assert said(N1=note).verdicts == verdicts


def test_covidence_holds_no_verdict_but_the_reason_and_the_tags():
    found = said(
        **{"covidence #": "#4", "notes": "Exclusion reason: Wrong setting; ", "tags": "a; b"}
    )
    assert found.verdicts == {}
    assert (found.reasons, found.labels) == (("Wrong setting",), ("a", "b"))


def test_our_id_is_found_in_a_note_and_in_a_field():
    found = said(N1="scopingreview: pubmed:1 | RAYYAN-LABELS: x", ID="rayyan-77")
    assert found.record_ids == ("pubmed:1", "rayyan-77")


@pytest.mark.parametrize("name", ["key", "AN", "entrykey"])  # of CSV, RIS and BibTeX
def test_rayyans_own_id_of_a_record_is_kept_for_its_log(name: str):
    assert said(**{name: "rayyan-913079810"}).key == "913079810"
    assert said(**{name: "smith2019"}).key == ""


def test_notes_of_rayyan_are_by_person_whatever_they_hold():
    notes = r'RAYYAN-INCLUSION: {"Ada"=>"Excluded"} | USER-NOTES: {"Ada"=>["a \"b\", c]", "d"], '
    assert said(notes=notes + '"Bo"=>["e|f"]}').notes == {"Ada": 'a "b", c]; d', "Bo": "e|f"}
    assert said(notes=notes.replace("{", "").replace("}", "")).notes["Ada"] == 'a "b", c]; d'


def test_what_covidence_notes_besides_the_reason_is_a_note_and_databases_notes_are_none():
    row = {"covidence #": "#1", "notes": "Exclusion reason: Wrong design;  Ada: see p. 3"}
    assert said(**row).note == "Ada: see p. 3"
    assert said(notes="Cited By :7").note == ""


def test_asreviews_tags_are_labels_where_they_were_given():
    row = said(asreview_label="1", asreview_tag_topic_burnout="1.0", asreview_tag_topic_other="0")
    assert row.labels == ("topic_burnout",)


def test_what_asreview_puts_into_columns_stands_in_the_notes_of_ris():
    notes = [
        "ASReview_irrelevant",
        'asreview_note: "not ours: a \\"review\\""',
        'asreview_user_name: "Ada L."',
        "asreview_tag_topic_burnout: 1",
        "asreview_tag_topic_other: 0",
        "asreview_thoughts: no JSON",
    ]
    row = said_of(1, {"N1": notes}, Record("", title="T"))
    assert dict(row.verdicts) == {"Ada L.": EXCLUDE}
    assert (row.note, row.labels) == ('not ours: a "review"', ("topic_burnout",))
