"""People at work: what a reviewer, an adjudicator or the team does, and the line that it appends.

Nothing here knows a terminal: the workbench and the line mode drive it.
"""
