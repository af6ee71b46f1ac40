"""The page of the codes that `check` reports: what `scopingreview explain CODE` says of each."""

from __future__ import annotations

from scopingreview.report.codes import explanations

INTRODUCTION = """# Codes of check

Made from the table that `scopingreview explain` reads, when this page was built. A code stays what
it is; where it was found, `check` says.
"""
KINDS = {
    "R": "Records and searches",
    "V": "Decisions and files of people",
    "P": "Sums of the flow diagram",
    "D": "Data behind the diagram, and results",
    "C": "Charting",
    "G": "What git knows",
    "X": "Exchange with other programs",
}


def codes_page() -> str:
    """Every code by its letter: the rule, how it comes to be broken, what to do."""
    parts = [INTRODUCTION]
    letter = ""
    for each in explanations().values():
        if each.code[0] != letter:
            letter = each.code[0]
            parts.append(f"## {KINDS[letter]}\n")
        parts.append(f"### {each.code}\n\n**{each.rule}**\n")
        parts.append(f"{each.cause} {each.remedy}\n")
    return "\n".join(parts)
