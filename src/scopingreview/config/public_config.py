"""The files of config/ as a public copy has them: their values, and none of their comments.

Comments are for the team, and may name anybody. `text` is called on every text, and `person` on
every name of a file of decisions.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from scopingreview.paths import OWN_ANSWERS, PROTOCOL, SEARCHES, WORDING, Review
from scopingreview.store.files import read_text

Rewrite = Callable[[str], str]
PEOPLE = ("reviewers", "adjudicators")
PHASES = ("title_abstract", "full_text")
NOT_SAID = "left out of the public copy"
HEAD = "# The {what} of a public copy: its values, without names of people and comments.\n\n"


def public_protocol_text(review: Review, *, person: Rewrite, text: Rewrite) -> str:
    """config/review.toml with `person` for each name and without full names.

    How the report names people goes, too: there is nothing to choose any more.
    """
    values = _rewritten(_values(review, PROTOCOL), text)
    for key in PEOPLE:
        values[key] = [_nameless(each, person) for each in values.get(key, [])]
    for phase in PHASES:
        if allocation := values.get(phase, {}).get("allocation"):
            if "effort" in allocation:
                allocation["effort"] = {person(k): v for k, v in allocation["effort"].items()}
            if "seniors" in allocation:
                allocation["seniors"] = [person(name) for name in allocation["seniors"]]
    values.get("report", {}).pop("people", None)
    return _written("protocol", values)


def _nameless(values: Mapping[str, Any], person: Rewrite) -> dict[str, Any]:
    kept = {key: value for key, value in values.items() if key != "full_name"}
    return kept | {"name": person(str(values["name"]).strip())}


def public_searches_text(review: Review, digests: Mapping[str, str], *, text: Rewrite) -> str:
    """config/searches.toml, with the sha256 of the strategies as the copy has them, by file."""
    values = _rewritten(_values(review, SEARCHES), text)
    for search in values.values():
        if search.get("strategy") in digests and "strategy_sha256" in search:
            search["strategy_sha256"] = digests[search["strategy"]]
        if "withdrawn" in search:
            search["withdrawn"] = NOT_SAID
        if "accepted_loss" in search:
            search["accepted_loss"]["note"] = NOT_SAID
    return _written("searches", values)


def public_words_texts(review: Review, *, text: Rewrite) -> dict[str, str]:
    """What is written to be read, by file: own answers to checklists, own words of the diagram.

    Those of the diagram stand in the figure, which is published, and stay as they are.
    """
    found = {}
    if review.path(OWN_ANSWERS).is_file():
        found[OWN_ANSWERS] = _written("own answers", _rewritten(_values(review, OWN_ANSWERS), text))
    if review.path(WORDING).is_file():
        found[WORDING] = _written("own words", _values(review, WORDING))
    return found


def _values(review: Review, name: str) -> dict[str, Any]:
    path = review.path(name)
    return tomllib.loads(read_text(path, where=name)) if path.is_file() else {}


def _rewritten(value: Any, text: Rewrite) -> Any:
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return [_rewritten(each, text) for each in value]
    if isinstance(value, dict):
        return {key: _rewritten(each, text) for key, each in value.items()}
    return value


def _written(what: str, values: Mapping[str, Any]) -> str:
    import tomlkit

    return HEAD.format(what=what) + tomlkit.dumps(values)
