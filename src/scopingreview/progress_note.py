"""How far long work is, told to whoever started it; those who do the work never print."""

from collections.abc import Callable

Tell = Callable[[str], None]  # "": nothing is being done any more


def to_nobody(_text: str) -> None:
    """The work of those who do not ask."""
