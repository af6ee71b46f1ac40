"""`agreement`: how well the reviewers of a phase agree, round by round."""

from __future__ import annotations

from typing import Annotated

import typer

from scopingreview.charting import FieldAgreement, agreement_by_field
from scopingreview.cli.console import USUAL, Console, Setting
from scopingreview.cli.options import phase_named
from scopingreview.errors import UsageError, nearest
from scopingreview.model import Phase
from scopingreview.paths import Review
from scopingreview.report.markdown import things
from scopingreview.review.agreement_by_round import RoundAgreement, agreement_by_round
from scopingreview.review.charting import charting_of
from scopingreview.review.state import load_state
from scopingreview.screening.agreement import Agreement
from scopingreview.screening.coefficients import Estimate

CHARTING = "charting"
AgreedOn = Annotated[
    str,
    typer.Argument(
        metavar="PHASE", help=f"title-abstract (ta), full-text (ft), or {CHARTING}: by field."
    ),
]


def agreement(
    phase: AgreedOn,
    which: Annotated[
        str, typer.Option("--round", metavar="NAME", help='One round only: "pilot 1", "screening".')
    ] = "",
    setting: Setting = USUAL,
) -> None:
    """Show how well the reviewers agree.

    Each pair, and all together when there are more. Reads data/screened, writes nothing. A decision
    counts as it stood before its record was adjudicated, unblinded or discussed. Every
    coefficient comes with its 95 % interval. Of charting, each field: how often charters say the
    same before anyone settled anything, kappa where one option is chosen, and where several are
    the mean share of those that both chose (Jaccard).

    Example: scopingreview agreement title-abstract
    """
    console = setting.console()
    if phase.casefold() == CHARTING:
        _show_charting(setting.review(), console)
        return
    state = load_state(setting.review())
    name = phase_named(phase)
    rounds = agreement_by_round(state, name)
    if which:
        known = [each.round for each in rounds]
        if which not in known:
            raise UsageError(f'no round "{which}" in {name}', hint=nearest(which, known))
        rounds = [each for each in rounds if each.round == which]
    console.document({"rounds": rounds})
    for each in rounds:
        _show_round(each, console)
    console.next_step("scopingreview status")


def _show_charting(review: Review, console: Console) -> None:
    fields = agreement_by_field(charting_of(review))
    console.document({"fields": fields})
    if any(each.compared for each in fields):
        console.table(
            ("field", "compared", "alike", "percent", "kappa", "shared"),
            [(each.field, each.compared, each.alike, *_coefficients(each)) for each in fields],
        )
    else:
        console.say("Nothing was charted by two people: there is nothing to compare.")
    console.next_step("scopingreview status")


def _coefficients(each: FieldAgreement) -> tuple[str, str, str]:
    percent = f"{each.percent.value:.0%}" if each.percent else ""
    kappa = each.kappa
    told = f"{kappa.value:.2f} ({kappa.low:.2f} to {kappa.high:.2f})" if kappa else ""
    return percent, told, "" if each.jaccard is None else f"{each.jaccard:.2f}"


def _show_round(each: RoundAgreement, console: Console) -> None:
    twice = things(each.decided_twice, "record")
    console.say(f"{each.phase}, {each.round}: {twice} decided twice or more")
    if each.decided_once:
        console.say(f"{each.decided_once:,} decided once say nothing about agreement")
    for found in each.agreements:
        console.say()
        _show_agreement(found, each.phase, console)
    console.say()


def _show_agreement(found: Agreement, phase: Phase, console: Console) -> None:
    *others, last = found.reviewers
    console.say(f"{', '.join(others)} and {last}: {things(found.records, 'record')}")
    if found.table:
        first, second = found.reviewers
        header = ("", *(f"{second}: {verdict}" for verdict in found.verdicts))
        rows = zip(found.verdicts, found.table, strict=True)
        console.table(header, [(f"{first}: {verdict}", *row) for verdict, row in rows])
    kappa = "Cohen's kappa" if found.table else "Fleiss' kappa"
    pabak = "PABAK" if len(found.verdicts) == 2 else "Brennan-Prediger"
    console.table(
        ("", "value", "95 % interval"),
        [
            _percent_row("agree", found.percent),
            _row(kappa, found.kappa),
            _row(pabak, found.pabak),
            _row("Gwet's AC1", found.ac1),
            _row("Krippendorff's alpha", found.alpha),
        ],
    )
    if phase is Phase.FULL_TEXT and found.both_excluded:
        console.say(
            f"excluded by all who decided: {found.both_excluded:,}, "
            f"for one reason: {found.same_reason:,}"
        )
    if found.skewed:
        console.say(
            f"Beware: {found.commonest_share:.0%} of the verdicts are {found.commonest}. Kappa and "
            "alpha are low then however well people agree; read AC1 and the table beside them."
        )


def _row(name: str, estimate: Estimate | None) -> tuple[str, str, str]:
    if estimate is None:
        return name, "–", "one verdict only"
    if not estimate.varies:
        return name, f"{estimate.value:.2f}", "none: it cannot vary here"
    return name, f"{estimate.value:.2f}", f"{estimate.low:.2f} to {estimate.high:.2f}"


def _percent_row(name: str, estimate: Estimate | None) -> tuple[str, str, str]:
    if estimate is None:
        return name, "–", ""
    return name, f"{estimate.value:.1%}", f"{estimate.low:.1%} to {estimate.high:.1%}"
