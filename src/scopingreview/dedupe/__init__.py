"""Which records are one report: links that a person can question and undo.

The door is `link_duplicates`: records in, links out. The steps are modules of their own:
`columns` normalises, `candidates` pairs, `evidence` compares, `rules` decides, `groups` joins.
"""

from scopingreview.dedupe.link import Links, link_duplicates

__all__ = ["Links", "link_duplicates"]
