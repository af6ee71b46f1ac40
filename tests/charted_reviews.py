"""A small review with a form and three included studies, to chart."""

from __future__ import annotations

from pathlib import Path

from scopingreview import store
from scopingreview.paths import CHARTED, PROTOCOL, Review
from tests.reviews import FULL_TEXT, decide, found_with, record, retrieved

FORM = """
[charting]
charters = 2

[[charting.fields]]
key = "level"
label = "Level"
type = "multi"
help = "Whom it addresses."
options = { individual = "Individual", team = "Team", whole = "Organisation, whole" }

[[charting.fields]]
key = "design"
label = "Design"
type = "choice"
options = { rct = "Randomised trial", case = "Case report" }

[[charting.fields]]
key = "n"
label = "Sample"
type = "number"
unit = "people"
min = 1

[[charting.fields]]
key = "year"
label = "Year"
type = "year"

[[charting.fields]]
key = "country"
label = "Country"
type = "country"
several = true

[[charting.fields]]
key = "arms"
label = "Arms"
type = "group"
required = false

[[charting.fields.fields]]
key = "name"
label = "Name"

[[charting.fields.fields]]
key = "n"
label = "Size"
type = "number"
required = false

[[charting.fields]]
key = "comment"
label = "Comment"
required = false
"""
INCLUDED = ("pubmed:1", "pubmed:2", "pubmed:5")


def charted_review(folder: Path, form: str = FORM) -> Review:
    """pubmed:1, 2 and 5 are included, scopus:1 is a duplicate of the first, 3 is excluded by its
    full text, 4 by title, 6 waits to be read in full.
    """
    records = [
        record(
            f"pubmed:{n}",
            title=f"Study {n} of naps",
            abstract="We asked 40 nurses of two wards. Burnout fell.",
            authors=("Doe, Jane",),
            year=2010 + n,
        )
        for n in range(1, 7)
    ]
    review = found_with(folder, [*records, record("scopus:1")], duplicates={"scopus:1": "pubmed:1"})
    for name in ("ab", "cd"):
        for n in range(1, 7):
            verdict = "exclude" if n == 4 else "include"
            store.append_decision(review, decide(f"pubmed:{n}", verdict, name))
        for key in (*INCLUDED, "pubmed:3"):
            out = key == "pubmed:3"
            reason, verdict = ("population", "exclude") if out else ("", "include")
            store.append_decision(review, decide(key, verdict, name, FULL_TEXT, reason))
    store.append_retrievals(review, [retrieved(f"pubmed:{n}") for n in (1, 2, 3, 5, 6)])
    path = review.path(PROTOCOL)
    path.write_text(path.read_text(encoding="utf-8") + form, encoding="utf-8")
    return review


def lines(review: Review, person: str = "ab") -> list[str]:
    """What the person's file says, row by row: study, field, row, value, quote, page."""
    path = review.path(f"{CHARTED}/{person}.csv")
    rows = path.read_text(encoding="utf-8").splitlines()[1:] if path.is_file() else []
    return [" ".join(filter(None, row.split(",")[1:7])) for row in rows]
