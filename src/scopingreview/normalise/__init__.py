"""Keys for comparison: what is left of a field when every habit of a database is taken off.

Each function takes a field as an export spells it and returns a key that is equal for equal
things; "" (or None) means there is nothing to compare, and nothing never equals nothing. Not
here: how alike two keys are (`dedupe`), how an export is cut into fields (`formats`).
"""

from scopingreview.normalise.author_name import surname
from scopingreview.normalise.identifier_spelling import doi, issns
from scopingreview.normalise.printed_place import PageKind, Pages, number, pages, year
from scopingreview.normalise.spelling import fold, list_of_words, plain, title, words

__all__ = [
    "PageKind",
    "Pages",
    "doi",
    "fold",
    "issns",
    "list_of_words",
    "number",
    "pages",
    "plain",
    "surname",
    "title",
    "words",
    "year",
]
