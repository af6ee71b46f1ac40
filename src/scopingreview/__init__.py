"""A scoping review from raw exports to the PRISMA diagram, in plain files that live in git."""

__version__ = "0.2.0"

JSON_SCHEMA = 1
"""The number in every JSON document; another one when a key goes or means something else."""
