"""What a result was made from and by what, as every result says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scopingreview.model.phase_rules import Phase


@dataclass(frozen=True, slots=True)
class Provenance:
    """The version of the program, of the protocol and of each phase's criteria, and the data.

    `protocol` and `data` are the beginnings of sha256 digests: of the protocol's values, and of
    all that databases and people own (the registered exports, data/screened). `seed` begins
    every drawing of lots. Of what was charted, `form` is the version of the form and `charted` the
    beginning of the digest of data/charted, "" where the result has nothing of it. `copy_of` is the
    data of the review that this one is a public copy of, "" for a review of its own.
    """

    program: str = ""
    protocol: str = ""
    criteria: Mapping[Phase, str] = field(default_factory=dict)
    seed: str = ""
    data: str = ""
    form: str = ""
    charted: str = ""
    copy_of: str = ""

    def __str__(self) -> str:
        """In one line, as figures and tables say it; "" for nothing known."""
        if not self.program:
            return ""
        criteria = ", ".join(f"{phase} {version}" for phase, version in self.criteria.items())
        charted = f"; form {self.form}; charted {self.charted}" if self.form else ""
        copied = f"; public copy of data {self.copy_of}" if self.copy_of else ""
        return (
            f"scopingreview {self.program}; protocol {self.protocol}; criteria {criteria}; "
            f"seed {self.seed}; data {self.data}{charted}{copied}"
        )
