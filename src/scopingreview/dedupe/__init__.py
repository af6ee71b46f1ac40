"""Which records are one report: links that a person can question and undo.

The door is `link_duplicates`: records in, links out; `explain` says why, `merged` gives the best
of a group. The steps are modules of their own: `columns` normalises, `candidates` pairs,
`evidence` compares, `vetoes`, `rules` and `doubts` decide, `groups` joins.
"""

from scopingreview.dedupe.explanation import Explanation, explain
from scopingreview.dedupe.links import Links, link_duplicates, link_parts
from scopingreview.dedupe.merge import Merged, merged

__all__ = [
    "Explanation",
    "Links",
    "Merged",
    "explain",
    "link_duplicates",
    "link_parts",
    "merged",
]
