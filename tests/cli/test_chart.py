"""`chart` as people run it: scripts, the prompt, sheets, and what other commands tell of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scopingreview import store
from scopingreview.paths import CHARTED, Review
from tests.charted_reviews import FORM, charted_review, lines
from tests.conftest import Answer, Run
from tests.reviews import FULL_TEXT, change_protocol, decide, snapshot

WHOLE = ("level=Team", "design=rct", "n=40", "year=2019", "country=Sweden")


@pytest.fixture
def review(tmp_path: Path) -> Review:
    return charted_review(tmp_path / "r")


def chart(run: Run, review: Review, *words: object, typed: str = "", by: str = "ab") -> Answer:
    return run("chart", "--as", by, *words, "-C", review.root, typed=typed)


def chart_all(run: Run, review: Review, study: str, by: str, *other: str) -> None:
    fields = [word for value in (*WHOLE, *other) for word in ("--field", value)]
    answer = chart(run, review, "--study", study, *fields, by=by)
    assert answer.status == 0, answer.err


def test_a_script_charts_and_says_what_it_wrote(run: Run, review: Review):
    answer = chart(
        run, review, "--study", "pubmed:1", "--field", "level=team", "--page", "4", "--quote", "a b"
    )
    assert answer.status == 0, answer.err
    assert answer.out == "1 written, 0 stood already\n"
    assert answer.err == "Next: scopingreview chart --as ab (3 left)\n"
    assert lines(review) == ["pubmed:1 level team a b 4"]


def test_a_wrong_value_is_told_with_the_nearest_and_nothing_is_written(run: Run, review: Review):
    answer = chart(
        run, review, "--study", "pubmed:1", "--field", "level=Teem", "--field", "desing=rct"
    )
    assert answer.status == 1
    assert 'the form has no field "desing"' in answer.err
    assert 'Did you mean "design"?' in answer.err
    assert not review.path(CHARTED).exists()


def test_a_row_of_a_group_is_charted_by_its_number(run: Run, review: Review):
    answer = chart(run, review, "--study", "pubmed:1", "--field", "arms.name=Naps", "--row", "2")
    assert answer.status == 0, answer.err
    assert lines(review) == ["pubmed:1 arms.name 2 Naps"]
    assert chart(run, review, "--study", "pubmed:1", "--field", "arms.name=Naps").status == 1


def test_a_dry_run_writes_nothing_and_says_what_it_would(run: Run, review: Review):
    before = snapshot(review.root)
    answer = chart(run, review, "--study", "pubmed:1", "--field", "n=40", "--dry-run")
    assert answer.status == 0
    assert "ab.csv: 1 more line" in answer.out
    assert snapshot(review.root) == before


def test_the_prompt_offers_a_row_only_where_the_form_has_a_group(
    run: Run, review: Review, tmp_path: Path
):
    answer = chart(run, review, typed=":h\n:+\n:q\n")
    assert ":+       Begin a row of the group." in answer.out
    assert "go to Arms first" in answer.out
    fields = FORM.partition('[[charting.fields]]\nkey = "arms"')[0]
    answer = chart(run, charted_review(tmp_path / "plain", form=fields), typed=":h\n:+\n:q\n")
    assert ":+ " not in answer.out
    assert "this form has no group" in answer.out


def test_the_prompt_asks_field_by_field_and_every_answer_is_kept(run: Run, review: Review):
    typed = "1 3\n2\n40\n:?\nEngland\n:+\nNaps\n12\n\n:q\n"
    answer = chart(run, review, typed=typed)
    assert answer.status == 0, answer.err
    assert lines(review) == [
        "pubmed:1 level individual;whole",
        "pubmed:1 design case",
        "pubmed:1 n 40",
        "pubmed:1 year unclear",
        "pubmed:1 country GBR",
        "pubmed:1 arms.name 1 Naps",
        "pubmed:1 arms.n 1 12",
    ]
    assert "Study 1 of naps" in answer.out


def test_the_prompt_takes_commands_after_a_colon(run: Run, review: Review):
    typed = ":nr\n:p 4\n:c in words\n:u\n:u\n:u\n:n\n:g pubmed:5\n:a\n2\n:nonsense\n"
    answer = chart(run, review, typed=typed)
    assert lines(review) == [
        "pubmed:1 level not reported",
        "pubmed:1 level not reported 4",
        "pubmed:1 level not reported in words 4",
        "pubmed:1 level not reported 4",
        "pubmed:1 level not reported",
        "pubmed:1 level",
        "pubmed:5 level team",
    ]
    assert '":nonsense" does nothing here' in answer.out
    assert "We asked 40 nurses" in answer.out


def test_the_prompt_goes_on_where_it_was_left(run: Run, review: Review):
    chart(run, review, typed="1\n2\n")
    answer = chart(run, review, typed="17\n")
    assert lines(review)[-1] == "pubmed:1 n 17"
    assert "Level\n" not in answer.out


def test_what_the_prompt_cannot_take_is_asked_again(run: Run, review: Review):
    answer = chart(run, review, typed="Teem\nTeam\n")
    assert 'Did you mean "Team"?' in answer.err
    assert lines(review) == ["pubmed:1 level team"]


def test_an_adjudicator_sees_values_without_names_and_settles_them(run: Run, review: Review):
    chart_all(run, review, "pubmed:1", "ab")
    chart_all(run, review, "pubmed:1", "cd", "level=Individual")
    waiting = chart(run, review, "--consensus", "--json", by="ef")
    assert json.loads(waiting.out)["waiting"][0]["study"] == "pubmed:1"
    answer = chart(run, review, "--consensus", by="ef", typed="2\n")
    assert "1 Individual" in answer.out
    assert "2 Team" in answer.out
    assert "ab" not in answer.out.replace("Table", "").split()
    assert lines(review, "consensus") == ["pubmed:1 level team"]
    traced = run("trace", "scopus:1", "-C", review.root)
    assert "Charting: charted, by 2 of 2, 5 values, 1 settled by consensus" in traced.out


def test_nothing_charted_is_shown_before_everyone_has(run: Run, review: Review):
    chart_all(run, review, "pubmed:1", "ab")
    traced = run("trace", "pubmed:1", "-C", review.root)
    assert "Charting: awaiting, by 1 of 2" in traced.out
    assert "Charting" not in run("trace", "pubmed:3", "-C", review.root).out
    waiting = chart(run, review, "--consensus", "--json", by="ef")
    assert json.loads(waiting.out)["waiting"] == []


def test_status_says_who_owes_what_and_what_is_next(run: Run, review: Review):
    for key in ("pubmed:1", "pubmed:2", "pubmed:5"):
        chart_all(run, review, key, "ab")
    store.append_decision(review, decide("pubmed:6", "exclude", "ab", FULL_TEXT, "population"))
    store.append_decision(review, decide("pubmed:6", "exclude", "cd", FULL_TEXT, "population"))
    told = run("status", "-C", review.root)
    assert "charting: 0 of 3 studies charted, 0 in conflict, 3 awaiting" in told.out
    assert "charter  charted  left\nab             3     0\ncd             0     3\n" in told.out
    for key in ("pubmed:1", "pubmed:2", "pubmed:5"):
        chart_all(run, review, key, "cd", "n=41")
    told = run("status", "-C", review.root)
    assert "3 in conflict (3 cells)" in told.out
    document = json.loads(run("status", "--json", "-C", review.root).out)
    assert document["charting"]["to_settle"] == 3


def test_a_protocol_without_a_form_is_as_it_was(run: Run, tmp_path: Path):
    review = charted_review(tmp_path / "plain", form="")
    assert "charting" not in run("status", "-C", review.root).out
    assert run("check", "-C", review.root).err.startswith("0 errors")
    refused = chart(run, review, "--study", "pubmed:1", "--field", "level=team")
    assert refused.status == 1
    assert "there is no [charting]" in refused.err
    assert 'preset = "jbi"' in refused.err


def test_where_one_person_charts_there_is_no_agreement_to_tell(run: Run, review: Review):
    chart_all(run, review, "pubmed:1", "ab")
    told = run("agreement", "charting", "-C", review.root)
    assert told.out == "Nothing was charted by two people: there is nothing to compare.\n"


def test_agreement_on_charting_is_told_by_field(run: Run, review: Review):
    for key in ("pubmed:1", "pubmed:2", "pubmed:5"):
        chart_all(run, review, key, "ab")
        chart_all(run, review, key, "cd")
    change = ("--study", "pubmed:5", "--field", "level=Individual; Team")
    assert chart(run, review, *change, by="cd").status == 0
    told = run("agreement", "charting", "-C", review.root)
    assert "level             3      2  67%             0.83" in told.out
    document = json.loads(run("agreement", "charting", "--json", "-C", review.root).out)
    level = document["fields"][0]
    assert (level["compared"], level["alike"], round(level["jaccard"], 3)) == (3, 2, 0.833)


# ── what check says ──────────────────────────────────────────────────────────────────────────


def check(run: Run, review: Review) -> str:
    answer = run("check", "-C", review.root)
    return answer.out + answer.err


def test_an_option_in_use_cannot_vanish(run: Run, review: Review):
    chart_all(run, review, "pubmed:1", "ab")
    assert "C03" not in check(run, review)
    change_protocol(review, 'team = "Team", ', "")
    told = check(run, review)
    assert 'C03 error: data/charted/ab.csv: level has no option "team", but 1 cell holds it' in told
    assert "pubmed:1" in told


def test_a_field_in_use_cannot_vanish_nor_the_form(run: Run, review: Review):
    chart_all(run, review, "pubmed:1", "ab")
    change_protocol(review, 'key = "design"', 'key = "method"')
    assert 'the form has no field "design"' in check(run, review)
    text = review.path("config/review.toml").read_text(encoding="utf-8")
    review.path("config/review.toml").write_text(text[: text.index("[charting]")])
    assert "C03 error: 5 cells are charted, but no form stands" in check(run, review)


def test_what_was_charted_under_another_form_is_a_note(run: Run, review: Review):
    chart_all(run, review, "pubmed:1", "ab")
    change_protocol(review, 'team = "Team"', 'team = "Team or ward"')
    assert "C04 note: 5 cells were charted under another form" in check(run, review)
    assert "5 cells were charted under another form" in run("status", "-C", review.root).out


def test_strangers_among_files_and_studies_are_found(run: Run, review: Review):
    chart_all(run, review, "pubmed:1", "ab")
    path = review.path(f"{CHARTED}/ab.csv")
    line = path.read_text(encoding="utf-8").splitlines()[-1]
    header = path.read_text(encoding="utf-8").splitlines()[0]
    review.path(f"{CHARTED}/xy.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    with path.open("a", encoding="utf-8") as file:
        file.write(line.replace("pubmed:1", "pubmed:9") + "\n")
        file.write(line.replace("pubmed:1", "pubmed:3") + "\n")
    told = check(run, review)
    assert 'C01 error: data/charted: "xy" is no reviewer of this review' in told
    assert "D11 error: data/charted/ab.csv: 1 cell of pubmed:9, which is no study" in told
    assert "D11 note: data/charted/ab.csv: 1 cell of pubmed:3, which is not included" in told


def test_consensus_that_settles_nothing_any_more_is_a_note(run: Run, review: Review):
    chart_all(run, review, "pubmed:1", "ab")
    chart_all(run, review, "pubmed:1", "cd", "n=41")
    chart(run, review, "--consensus", by="ef", typed="1\n")
    assert "C02" not in check(run, review)
    chart(run, review, "--study", "pubmed:1", "--field", "n=40", by="cd")
    assert "C02 note" in check(run, review)


def test_more_charters_than_there_are_is_an_error(run: Run, review: Review):
    change_protocol(review, "charters = 2", "charters = 3")
    assert "C05 error: 3 chart each study, but only 2 can: ab, cd" in check(run, review)


def test_a_cut_off_line_is_set_aside_as_in_screening(run: Run, review: Review):
    chart_all(run, review, "pubmed:1", "ab")
    with review.path(f"{CHARTED}/ab.csv").open("ab") as file:
        file.write(b"2026-01-01T00:00:00Z,pubmed:2,level,,te")
    assert "V08" in check(run, review)
    answer = run("repair", f"{CHARTED}/ab.csv", "-C", review.root)
    assert answer.status == 0
    assert "V08 note" in check(run, review)
