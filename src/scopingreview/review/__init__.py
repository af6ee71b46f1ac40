"""A review read as it stands: its state, its counted flow, what is wrong and what is next.

Nothing here writes a file.
"""
