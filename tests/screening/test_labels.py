"""Labels under the names their owners gave them last."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from scopingreview.model import Decision, LabelChange
from scopingreview.screening.labels import as_labelled_now
from tests.reviews import START, decide


def bearing(*labels: str, hours: int = 0, by: str = "ab") -> Decision:
    """A decision that many hours after the start."""
    moment = START + timedelta(hours=hours)
    return replace(decide("pubmed:1", "include", by), labels=labels, decided_at=moment)


def change(label: str, becomes: str, hours: int, by: str = "ab") -> LabelChange:
    return LabelChange(START + timedelta(hours=hours), label, becomes, by)


def labels(decision: Decision, *changes: LabelChange) -> tuple[str, ...]:
    (now,) = as_labelled_now([decision], changes)
    return now.labels


def test_a_label_that_was_renamed_and_renamed_again_has_the_newest_name():
    assert labels(bearing("later"), change("later", "soon", 1), change("soon", "now", 2)) == (
        "now",
    )


def test_a_change_reaches_what_bore_the_label_by_then_and_nothing_later():
    assert labels(bearing("later", hours=2), change("later", "soon", 1)) == ("later",)


def test_of_several_words_on_one_label_the_last_stands():
    renamed, back = change("later", "soon", 1), change("later", "later", 2)
    assert labels(bearing("later"), renamed, back) == ("later",)


def test_a_dropped_label_leaves_the_others_and_the_further_reasons():
    assert labels(bearing("later", "trial", "also:topic"), change("later", "", 1)) == (
        "trial",
        "also:topic",
    )


def test_a_person_renames_their_own_labels_only():
    assert labels(bearing("later", by="cd"), change("later", "soon", 1)) == ("later",)


def test_two_labels_that_come_to_be_one_are_one():
    assert labels(bearing("later", "soon"), change("later", "soon", 1)) == ("soon",)


def test_two_labels_that_take_each_other_s_name_end_nowhere_in_a_circle():
    swapped = change("later", "soon", 1), change("soon", "later", 2)
    assert labels(bearing("later"), *swapped) == ("later",)
