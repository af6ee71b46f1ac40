"""What checks found, in every form; what each code means."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from scopingreview.errors import UsageError
from scopingreview.model import Finding
from scopingreview.report.codes import explain, explanations
from scopingreview.report.findings import FindingsForm, write_findings

SOURCE = Path(__file__).parents[2] / "src" / "scopingreview"
SUM = Finding("P03", "identified 5, but screened 4 <all>", hint="Off by 100%.\nLook again.")
NOTE = Finding("D01", "8 wait", tuple(f"pubmed:{n}" for n in range(8)), error=False)


def test_text_names_the_first_records_and_counts_the_rest():
    assert write_findings([SUM, NOTE], FindingsForm.TEXT).splitlines() == [
        "P03 error: identified 5, but screened 4 <all>",
        "    Off by 100%.",
        "Look again.",
        "D01 note: 8 wait",
        "    pubmed:0, pubmed:1, pubmed:2, pubmed:3, pubmed:4 and 3 more",
    ]


def test_json_holds_everything():
    document = json.loads(write_findings([SUM, NOTE], FindingsForm.JSON))
    assert document["schema"] == 1
    first, second = document["findings"]
    assert (first["code"], first["error"]) == ("P03", True)
    assert len(second["records"]) == 8


def test_github_gets_one_escaped_line_each():
    assert write_findings([SUM, NOTE], FindingsForm.GITHUB).splitlines() == [
        "::error title=P03::identified 5, but screened 4 <all> Off by 100%25.%0ALook again.",
        "::notice title=D01::8 wait",
    ]


def test_junit_counts_errors_as_failures_and_is_never_empty():
    suite = ElementTree.fromstring(write_findings([SUM, NOTE], FindingsForm.JUNIT))
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("2", "1", "1")
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == SUM.message
    fine = ElementTree.fromstring(write_findings([], FindingsForm.JUNIT))
    assert (fine.get("tests"), fine.get("failures")) == ("1", "0")


def test_every_code_the_checks_use_is_explained_and_no_other():
    used = set()
    for path in SOURCE.rglob("*.py"):
        used |= set(re.findall(r'"([RVGPDCX]\d\d)"', path.read_text(encoding="utf-8")))
    assert used
    assert used == set(explanations())


def test_every_explanation_has_a_rule_a_cause_and_a_remedy():
    for each in explanations().values():
        assert each.rule
        assert each.cause
        assert each.remedy


def test_an_unknown_code_is_refused_with_the_nearest():
    assert explain("p05").code == "P05"
    with pytest.raises(UsageError, match="unknown code"):
        explain("P99")
