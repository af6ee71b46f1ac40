"""What a public copy of a review says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """A review without what is not to be published.

    `data` and `protocol` are the versions of the review that it is a copy of, as that one's results
    say them. `files` has the sha256 of each of its files by name, in order, but those that may
    stand beside them and can be made again.
    """

    program: str
    protocol: str
    data: str
    files: Mapping[str, str] = field(default_factory=dict)
