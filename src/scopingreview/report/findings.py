"""What the checks found, in the forms that people and build servers read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum

from scopingreview import JSON_SCHEMA
from scopingreview.model import Finding
from scopingreview.xml_text import as_attribute, in_element

SHOWN_RECORDS = 5


class FindingsForm(StrEnum):
    """How findings are written: for people, for programs, for GitHub, for any build server."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    JUNIT = "junit"


def write_findings(findings: Sequence[Finding], form: FindingsForm) -> str:
    """The findings in that form; for text and GitHub one line each and "" when there are none."""
    return WRITERS[form](findings)


def _text(findings: Sequence[Finding]) -> str:
    lines = []
    for finding in findings:
        lines.append(f"{finding.code} {_kind(finding)}: {finding.message}")
        if finding.records:
            lines.append(f"    {_some(finding.records)}")
        if finding.hint:
            lines.append(f"    {finding.hint}")
    return "\n".join(lines)


def _some(records: Sequence[str]) -> str:
    """The first few ids, and how many more there are."""
    shown = ", ".join(records[:SHOWN_RECORDS])
    more = len(records) - SHOWN_RECORDS
    return f"{shown} and {more:,} more" if more > 0 else shown


def _kind(finding: Finding) -> str:
    return "error" if finding.error else "note"


def _json(findings: Sequence[Finding]) -> str:
    listed = [
        {
            "code": finding.code,
            "error": finding.error,
            "message": finding.message,
            "records": list(finding.records),
            "hint": finding.hint,
        }
        for finding in findings
    ]
    document = {"schema": JSON_SCHEMA, "findings": listed}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _github(findings: Sequence[Finding]) -> str:
    """Workflow commands: GitHub shows each beside the commit it checks."""
    return "\n".join(
        f"::{'error' if finding.error else 'notice'} title={finding.code}::"
        + _one_line(" ".join(filter(None, (finding.message, finding.hint))))
        for finding in findings
    )


def _one_line(text: str) -> str:
    """The text as a workflow command takes it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _junit(findings: Sequence[Finding]) -> str:
    """A test case per finding; errors are failures, notes are skipped tests."""
    errors = sum(finding.error for finding in findings)
    cases = "".join(_case(finding) for finding in findings) or (
        '  <testcase classname="scopingreview" name="check"/>\n'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuite name="scopingreview check" tests="{max(1, len(findings))}"'
        f' failures="{errors}" skipped="{len(findings) - errors}">\n{cases}</testsuite>'
    )


def _case(finding: Finding) -> str:
    tag = "failure" if finding.error else "skipped"
    name = as_attribute(f"{finding.code} {finding.message}")
    body = in_element("\n".join(filter(None, (_some(finding.records), finding.hint))))
    return (
        f'  <testcase classname="scopingreview.{finding.code}" name={name}>'
        f"<{tag} message={as_attribute(finding.message)}>{body}</{tag}></testcase>\n"
    )


WRITERS = {
    FindingsForm.TEXT: _text,
    FindingsForm.JSON: _json,
    FindingsForm.GITHUB: _github,
    FindingsForm.JUNIT: _junit,
}
