"""The schemas of the JSON documents are those of what the commands print."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest

from reference.documents import DOCUMENTS, fields_of, schema_of
from scopingreview import store
from scopingreview.cli.commands import COMMANDS
from scopingreview.paths import Review
from tests.cli.test_documents import DOCUMENTS as PAGE
from tests.cli.test_documents import RUNS, answer_of, begun, review  # noqa: F401  # fixtures
from tests.conftest import Run

OTHER_RUNS: dict[str, Sequence[str]] = {
    "dedupe --explain": ("dedupe", "--explain", "ID", "NEW"),
    "screen, without a decision": ("screen", "ta", "--as", "ab"),
    "retrieve, without a record": ("retrieve",),
    "correct, without a field": ("correct",),
    "correct --suggest": ("correct", "--suggest"),
    "count --check": ("count", "--check"),
    "checklists NAME": ("checklists", "prisma-scr"),
    "agreement charting": ("agreement", "charting"),
    "reviewer, without a word": ("reviewer",),
}


def test_every_document_has_a_schema_and_every_command_a_document():
    plain = {name for name in DOCUMENTS if name in COMMANDS}
    assert plain == set(COMMANDS)
    assert DOCUMENTS.keys() - plain == OTHER_RUNS.keys()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_command_prints_fits_its_schema_and_no_key_more(
    run: Run,
    review: Review,  # noqa: F811
    name: str,
    monkeypatch: pytest.MonkeyPatch,
):
    if name in OTHER_RUNS:
        monkeypatch.setitem(RUNS, name, OTHER_RUNS[name])
    answer = answer_of(run, review, name, "--json")
    assert answer.out, answer.err
    schema = schema_of(name, closed=True)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(answer.out), schema, jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name in COMMANDS])
def test_the_page_on_json_names_the_keys_of_the_schema(name: str):
    keys = ", ".join(f"`{key}`" for key in fields_of(DOCUMENTS[name]))
    assert f"| `{name}` | {keys} |" in PAGE


def test_a_reader_may_meet_keys_that_come_later():
    assert "additionalProperties" not in schema_of("import-decisions")


def test_rows_that_matched_nothing_are_told_as_json(
    run: Run,
    review: Review,  # noqa: F811
    tmp_path: Path,
):
    known = [each.record_id for each in store.read_records(review)][-1]
    sheet = tmp_path / "s.csv"
    sheet.write_text(f"record_id,verdict,title\n{known},include,\n,include,Unheard of\n", "utf-8")
    answer = run("import-decisions", "ta", sheet, "--as", "ab", "--leave-unmatched", "--json",
                 "-C", review.root)  # fmt: skip
    document = json.loads(answer.out)
    (left_out,) = document["found"]["unmatched"]
    assert (left_out["line"], left_out["where"]) == (3, str(sheet))
    assert left_out["message"] == '"Unheard of" is no record of this review'
    jsonschema.validate(document, schema_of("import-decisions", closed=True))
