"""Subject classes behind a title: "… a cohort 11 Medical and Health Sciences 1117 Public Health".

In 2018 a publisher sent the classes of its articles to databases with their titles. Source: the
divisions of the Australian and New Zealand Standard Research Classification, 2008 (ABS 1297.0).
"""

from __future__ import annotations

import re

_DIVISIONS = (
    "01 mathematical sciences", "02 physical sciences", "03 chemical sciences",
    "04 earth sciences", "05 environmental sciences", "06 biological sciences",
    "07 agricultural and veterinary sciences", "08 information and computing sciences",
    "09 engineering", "10 technology", "11 medical and health sciences",
    "12 built environment and design", "13 education", "14 economics",
    "15 commerce management tourism and services", "16 studies in human society",
    "17 psychology and cognitive sciences", "18 law and legal studies",
    "19 studies in creative arts and writing", "20 language communication and culture",
    "21 history and archaeology", "22 philosophy and religious studies",
)  # fmt: skip
# The groups of a division have four digits, the first two its own. A division of one word needs
# one: "Grade 10 technology" is a title.
_GROUP = r"(?: \d{4} [a-z][a-z ]*[a-z])"
_CLASSES = "|".join(
    f"{division}{_GROUP}{'*' if division.count(' ') > 1 else '+'}" for division in _DIVISIONS
)
_BEHIND = re.compile(rf"(?: (?:{_CLASSES}))+$")
# A title with classes has one of these words; "education" and "services" stand in too many.
_COMMON = ("education", "services", "studies")
CLASS_WORDS = frozenset(
    division[:2] if division.endswith(_COMMON) else division.split()[-1] for division in _DIVISIONS
)


def without_subject_classes(words: str) -> str:
    """The words of a title without the classes behind it.

    >>> without_subject_classes("rest on ferries 17 psychology and cognitive sciences")
    'rest on ferries'
    """
    return words if CLASS_WORDS.isdisjoint(words.split()) else _BEHIND.sub("", words)
