"""A scoping review from raw exports to the PRISMA diagram, in plain files that live in git."""

__version__ = "0.1.0"
