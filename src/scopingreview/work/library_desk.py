"""The reports that are still to be got hold of, as a library desk takes an order."""

from __future__ import annotations

from collections.abc import Iterable

from scopingreview import exchange
from scopingreview.exchange import Ordered, OutFormat, Row, TellCut
from scopingreview.model import RetrievalStatus
from scopingreview.screening.review_state import ReviewState


def library_list(
    state: ReviewState, record_ids: Iterable[str], kind: OutFormat, tell_cut: TellCut
) -> bytes:
    """The reports with every field by which one is ordered, as they read: CSV, workbook or RIS.

    `tell_cut` is told of each cell that a workbook cannot hold whole.
    """
    orders = [_ordered(state, record_id) for record_id in record_ids]
    if kind is OutFormat.RIS:
        return b"".join(exchange.as_ris(Row(each.record) for each in orders))
    if kind is OutFormat.XLSX:
        return exchange.library_xlsx(orders, tell_cut)
    return exchange.library_csv(orders)


def _ordered(state: ReviewState, unique_id: str) -> Ordered:
    of_ids = state.protocol.sources_of_ids()
    found_in = {key.partition(":")[0] for key in state.best_copies.copies(unique_id)}
    step = state.retrievals.get(unique_id)
    sought = step if step and step.status is RetrievalStatus.SOUGHT else None
    return Ordered(
        state.as_read(unique_id),
        tuple(source.label for prefix, source in of_ids.items() if prefix in found_in),
        f"{sought.recorded_at:%Y-%m-%d}" if sought else "",
        sought.note if sought else "",
    )
