"""Whether the boxes add up: the identities P01 to P16 of the PRISMA 2020 diagram.

Each identity is a row: what comes in equals what goes out, counting what is still open. Two
units change on the way (records, reports, studies); there the declared exceptions stand. P15 and
P16 break no sum: they are about how the lines of a box read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from scopingreview.flow.box_rules import RETRIEVAL
from scopingreview.flow.diagram.wording import grouped
from scopingreview.model import Box, Finding, FlowCounts, Line, Phase, SourceKind


@dataclass(frozen=True, slots=True)
class Term:
    """A number of the flow: a box, or some of its items."""

    box: Box
    items: tuple[str, ...] = ()
    sign: int = 1

    def value(self, flow: FlowCounts) -> int:
        """The signed number."""
        if not self.items:
            return self.sign * flow.n(self.box)
        return self.sign * sum(
            line.n for line in flow.lines_of(self.box) if line.item in self.items
        )

    def __str__(self) -> str:
        """The term in words."""
        return self.box.replace("_", " ") + (f" ({' and '.join(self.items)})" if self.items else "")


def minus(box: Box) -> Term:
    """The box, taken away."""
    return Term(box, sign=-1)


@dataclass(frozen=True, slots=True)
class Identity:
    """`whole` adds up to the same number as `parts`.

    Asked only when `needs` are all given and `unless` is not.
    """

    code: str
    whole: tuple[Term, ...]
    parts: tuple[Term, ...]
    needs: tuple[Box, ...]
    unless: Box | None = None


def _open(lane: str, *steps: str) -> tuple[Term, ...]:
    prefix = f"{lane}_" if lane else ""
    phases = tuple(step for step in steps if step != RETRIEVAL)
    return Term(Box(f"{prefix}awaiting"), steps), Term(Box(f"{prefix}conflicts"), phases)


IDENTITIES = (
    Identity(
        "P02",
        (Term(Box.DATABASES), Term(Box.REGISTERS)),
        (Term(Box.IDENTIFIED),),
        (Box.IDENTIFIED, Box.DATABASES),
    ),
    Identity(
        "P03",
        (
            Term(Box.IDENTIFIED),
            minus(Box.DUPLICATES),
            minus(Box.INELIGIBLE),
            minus(Box.REMOVED_OTHER),
            minus(Box.NOT_SCREENED),
        ),
        (Term(Box.SCREENED), *_open("", Phase.TITLE_ABSTRACT)),
        (Box.IDENTIFIED, Box.SCREENED),
    ),
    Identity(
        "P05",
        (Term(Box.SCREENED), minus(Box.EXCLUDED), Term(Box.EXTRA_REPORTS)),
        (Term(Box.SOUGHT),),
        (Box.SCREENED, Box.SOUGHT),
    ),
    # Many published diagrams leave the boxes about retrieval out.
    Identity(
        "P05",
        (Term(Box.SCREENED), minus(Box.EXCLUDED), Term(Box.EXTRA_REPORTS)),
        (Term(Box.ASSESSED), Term(Box.NOT_RETRIEVED)),
        (Box.SCREENED, Box.EXCLUDED, Box.ASSESSED),
        unless=Box.SOUGHT,
    ),
    Identity(
        "P06",
        (Term(Box.SOUGHT), minus(Box.NOT_RETRIEVED)),
        (Term(Box.ASSESSED), *_open("", RETRIEVAL, Phase.FULL_TEXT)),
        (Box.SOUGHT, Box.ASSESSED),
    ),
    Identity(
        "P09",
        (
            Term(Box.OTHER_IDENTIFIED),
            minus(Box.OTHER_DUPLICATES),
            minus(Box.OTHER_REMOVED),
            minus(Box.OTHER_EXCLUDED),
            Term(Box.OTHER_EXTRA_REPORTS),
        ),
        (Term(Box.OTHER_SOUGHT), *_open("other", Phase.TITLE_ABSTRACT)),
        (Box.OTHER_IDENTIFIED, Box.OTHER_SOUGHT),
    ),
    Identity(
        "P10",
        (Term(Box.OTHER_SOUGHT), minus(Box.OTHER_NOT_RETRIEVED)),
        (Term(Box.OTHER_ASSESSED), *_open("other", RETRIEVAL, Phase.FULL_TEXT)),
        (Box.OTHER_SOUGHT, Box.OTHER_ASSESSED),
    ),
    Identity(
        "P13",
        (
            Term(Box.PREVIOUS_STUDIES),
            minus(Box.PREVIOUS_STUDIES_DROPPED),
            Term(Box.INCLUDED_STUDIES),
        ),
        (Term(Box.TOTAL_STUDIES),),
        (Box.PREVIOUS_STUDIES, Box.INCLUDED_STUDIES, Box.TOTAL_STUDIES),
    ),
    Identity(
        "P13",
        (
            Term(Box.PREVIOUS_REPORTS),
            minus(Box.PREVIOUS_REPORTS_DROPPED),
            Term(Box.INCLUDED_REPORTS),
            Term(Box.NEW_REPORTS_OF_PREVIOUS),
        ),
        (Term(Box.TOTAL_REPORTS),),
        (Box.PREVIOUS_REPORTS, Box.INCLUDED_REPORTS, Box.TOTAL_REPORTS),
    ),
)


def _included(lanes: tuple[str, ...], code: str) -> Identity:
    """Reports assessed and not excluded are the included ones, and companions join them."""
    assessed = [Box(f"{lane}assessed") for lane in lanes]
    excluded = [Box(f"{lane}reports_excluded") for lane in lanes]
    return Identity(
        code,
        (*map(Term, assessed), *map(minus, excluded), Term(Box.COMPANION_REPORTS)),
        (Term(Box.INCLUDED_REPORTS), Term(Box.NEW_REPORTS_OF_PREVIOUS)),
        (*assessed, Box.INCLUDED_REPORTS),
    )


ONE_LANE = _included(("",), "P08")
BOTH_LANES = _included(("", "other_"), "P11")

REASONS = (Box.EXCLUDED, Box.REPORTS_EXCLUDED, Box.OTHER_REPORTS_EXCLUDED)
SOURCES = (Box.IDENTIFIED, Box.OTHER_IDENTIFIED)


def check_sums(flow: FlowCounts) -> list[Finding]:
    """Every identity of the boxes that does not hold, in the order of their codes.

    An identity whose boxes were not all given is not asked. Source: PRISMA 2020
    (doi:10.1136/bmj.n71), whose templates leave these sums to the reader.
    """
    ends = BOTH_LANES if Box.OTHER_ASSESSED in flow.totals else ONE_LANE
    findings = [
        *_negative(flow),
        *_broken(flow, (*IDENTITIES, ends)),
        *_lines_apart(flow),
        *_out_of_order(flow),
    ]
    return sorted(findings, key=lambda finding: finding.code)


def _broken(flow: FlowCounts, identities: tuple[Identity, ...]) -> Iterator[Finding]:
    for identity in identities:
        if identity.unless in flow.totals or any(n not in flow.totals for n in identity.needs):
            continue
        whole = sum(term.value(flow) for term in identity.whole)
        parts = sum(term.value(flow) for term in identity.parts)
        if whole != parts:
            yield Finding(
                identity.code,
                f"{_written(identity.whole, flow)}, but {_written(identity.parts, flow)}",
                hint=f"The difference is {grouped(parts - whole, signed=True)}.",
            )


def _written(terms: tuple[Term, ...], flow: FlowCounts) -> str:
    """The terms in words with their sum; those of 0 that merely may occur are left out."""
    shown = [term for position, term in enumerate(terms) if not position or term.value(flow)]
    text = f"{shown[0]} {grouped(shown[0].value(flow))}"
    for term in shown[1:]:
        sign = "−" if term.sign < 0 else "+"
        text += f" {sign} {term} {grouped(abs(term.value(flow)))}"
    return f"{text} = {grouped(sum(term.value(flow) for term in terms))}" if shown[1:] else text


def _negative(flow: FlowCounts) -> Iterator[Finding]:
    for box, total in flow.totals.items():
        for name, n in [("", total), *((line.label, line.n) for line in flow.lines_of(box))]:
            if n < 0:
                what = f"{Term(box)}, {name}" if name else str(Term(box))
                yield Finding("P01", f"{what}: {n} is no count")


def _lines_apart(flow: FlowCounts) -> Iterator[Finding]:
    """Boxes whose lines do not add up to their total."""
    checks = [
        ("P02", Box.DATABASES, _of_kinds(flow, Box.IDENTIFIED, register=False)),
        ("P02", Box.REGISTERS, _of_kinds(flow, Box.IDENTIFIED, register=True)),
        ("P02", Box.OTHER_IDENTIFIED, flow.lines_of(Box.OTHER_IDENTIFIED)),
        ("P07", Box.REPORTS_EXCLUDED, flow.lines_of(Box.REPORTS_EXCLUDED)),
        ("P07", Box.OTHER_REPORTS_EXCLUDED, flow.lines_of(Box.OTHER_REPORTS_EXCLUDED)),
    ]
    for code, box, lines in checks:
        total, summed = flow.n(box), sum(line.n for line in lines)
        given = box in flow.totals and (lines or (total and code == "P07"))
        if given and total != summed:
            what = "sources" if code == "P02" else "reasons"
            yield Finding(
                code,
                f"the {what} of {Term(box)} add up to {grouped(summed)}, "
                f"but the box says {grouped(total)}",
                hint=f"The difference is {grouped(total - summed, signed=True)}.",
            )


def _of_kinds(flow: FlowCounts, box: Box, *, register: bool) -> tuple[Line, ...]:
    lines = flow.lines_of(box)
    return tuple(line for line in lines if (line.kind is SourceKind.REGISTER) is register)


def _out_of_order(flow: FlowCounts) -> Iterator[Finding]:
    """Numbers that cannot be larger than others."""
    for code, smaller, larger in (
        ("P04", Box.EXCLUDED, Box.SCREENED),
        ("P04", Box.EXCLUDED_BY_TOOL, Box.EXCLUDED),
        ("P12", Box.INCLUDED_STUDIES, Box.INCLUDED_REPORTS),
    ):
        given = smaller in flow.totals and larger in flow.totals
        if given and flow.n(smaller) > flow.n(larger):
            yield Finding(
                code,
                f"{Term(smaller)} {grouped(flow.n(smaller))} is more than "
                f"{Term(larger)} {grouped(flow.n(larger))}",
            )
    reports, studies = flow.n(Box.INCLUDED_REPORTS), flow.totals.get(Box.INCLUDED_STUDIES)
    if reports > 0 and studies == 0:
        yield Finding("P12", f"{grouped(reports)} included reports belong to no study")
    yield from _from_nothing(flow)


def _from_nothing(flow: FlowCounts) -> Iterator[Finding]:
    """Records screened where none were identified, reports included that were not assessed."""
    if flow.n(Box.SCREENED) and flow.totals.get(Box.IDENTIFIED) == 0:
        screened = grouped(flow.n(Box.SCREENED))
        yield Finding("P14", f"{screened} records were screened, but none were identified")
    declared = flow.n(Box.COMPANION_REPORTS)
    assessed = flow.n(Box.ASSESSED) + flow.n(Box.OTHER_ASSESSED)
    included = flow.n(Box.INCLUDED_REPORTS)
    if Box.ASSESSED in flow.totals and included > assessed + declared:
        yield Finding(
            "P14",
            f"{grouped(included)} reports are included, but only {grouped(assessed)} were assessed",
        )


def check_style(flow: FlowCounts, *, planned: bool) -> list[Finding]:
    """What a reader would stumble over; notes, not errors.

    `planned` lines come from a protocol: their order and their zeros are meant.
    """
    return [
        *(finding for box in REASONS for finding in _misordered(flow, box, planned)),
        *(finding for box in (*REASONS, *SOURCES) for finding in _zeros(flow, box, planned)),
    ]


def _misordered(flow: FlowCounts, box: Box, planned: bool) -> Iterator[Finding]:
    """P15: reasons in the protocol's order, else in descending count; "other" last."""
    lines = [line for line in flow.lines_of(box) if line.n]
    named = [line for line in lines if not _is_other(line)]
    if lines[: len(named)] != named:
        yield Finding("P15", f"{Term(box)}: the line for other reasons stands last", error=False)
    elif not planned and any(first.n < second.n for first, second in pairwise(named)):
        yield Finding("P15", f"{Term(box)}: the reasons are not in descending order", error=False)


def _is_other(line: Line) -> bool:
    return (line.label or line.item).casefold().startswith("other")


def _zeros(flow: FlowCounts, box: Box, planned: bool) -> Iterator[Finding]:
    """P16: a line of 0 stands only for what was planned."""
    for line in flow.lines_of(box):
        if line.n == 0 and not planned and not _is_other(line):
            yield Finding("P16", f'{Term(box)}: "{line.label or line.item}" has 0', error=False)
