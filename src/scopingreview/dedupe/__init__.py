"""Which records are one report: links that a person can question and undo.

`link` is the door: records in, links out; `explain` says why two records are linked or are not.
The steps are modules of their own: `features` normalises, `blocking` pairs, `evidence` compares,
`vetoes`, `rules` and `doubts` decide, `matches` is what came of that, `grouping` joins, `links`
says what is kept.
"""

from scopingreview.dedupe.explanation import Explanation, explain
from scopingreview.dedupe.links import Links, link

__all__ = ["Explanation", "Links", "explain", "link"]
