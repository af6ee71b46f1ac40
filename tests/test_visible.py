"""Outside text as a terminal may see it: nothing acts, nothing hides, all else is the same."""

import json

import pytest

from scopingreview.visible import UNSEEN, escaped, visible, without_unseen

HOSTILE = {
    "a colour": "\x1b[31mred",
    "a window title": "\x1b]0;owned\x07",
    "a clipboard": "\x1b]52;c;ZWNobw==\x07",
    "a link": "\x1b]8;;http://evil\x1b\\click",
    "C1": "\x9b31m",
    "DCS": "\x1bP$q\x1b\\",
    "back over what stands": "safe\x08\x08\x08\x08evil",
    "a carriage return": "safe\revil",
    "letters turned round": "\u202egnp.exe",
    "an isolate": "\u2066iso\u2069",
    "no width": "pay\u200bpal",
    "half a surrogate pair": "\ud800",
    "NUL": "a\0b",
}
hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


@hostile
def test_what_would_act_or_hide_is_seen(text: str):
    shown = visible(text)
    assert not UNSEEN.search(shown)
    assert len(shown) == len(text)
    shown.encode()


@hostile
def test_a_document_says_the_same_without_what_would_act(text: str):
    document = escaped(json.dumps(text, ensure_ascii=False))
    assert not UNSEEN.search(document)
    assert json.loads(document) == text


@hostile
def test_a_sheet_carries_none_of_it(text: str):
    assert not UNSEEN.search(without_unseen(text))


@pytest.mark.parametrize(
    "text", ["two\nlines\tand a tab", "naïve – 漢字 🜁", "می\u200cخواهم", "👩\u200d🔬", "e\u0301"]
)
def test_what_people_write_stays_as_it_is(text: str):
    assert visible(text) == text
