"""What a person types for a field of a record, put into the spelling of records.csv or refused."""

from __future__ import annotations

from scopingreview.errors import ReviewError, nearest
from scopingreview.formats.values.identifiers import doi_in, pmid_alone
from scopingreview.model import CORRECTABLE, LIST_MARK

LISTS = ("authors", "keywords")
YEARS = range(1450, 2200)  # from the first printed books on


def spelled(field: str, text: str) -> str:
    """The text as records.csv spells it in this field; "" empties it.

    Authors and keywords come with semicolons between them. Raises ReviewError for a field that
    nobody may write, and for a text that cannot stand in it.
    """
    text = " ".join(text.split())
    if field not in CORRECTABLE:
        raise ReviewError(
            f'"{field}" is no field that can be written', hint=nearest(field, CORRECTABLE)
        )
    if not text:
        return ""
    if field in LISTS:
        return LIST_MARK.join(filter(None, map(str.strip, text.split(";"))))
    if field == "year" and not (text.isdecimal() and int(text) in YEARS):
        raise ReviewError(f'"{text}" is no year', hint="Four digits, such as 1999.")
    if field == "doi":
        return _identifier(doi_in(text), text, "DOI", "One such as 10.1000/182.")
    if field == "pmid":
        return _identifier(pmid_alone(text), text, "PMID", "Digits, such as 29768149.")
    return text


def _identifier(found: str, text: str, what: str, hint: str) -> str:
    if not found:
        raise ReviewError(f'"{text}" holds no {what}', hint=hint)
    return found
