"""The full-screen terminal workbench, and what it shares with the line mode.

Only `app`, `desk_screen`, `dialogs` and `drawing` load textual; import them when a screen is
wanted. The rest (keys, terms, abstracts, filters, addresses) is plain functions on values.
"""
