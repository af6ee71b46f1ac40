"""Where records stood when they were decided on, and looks at what is left: appended, read back."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from scopingreview.errors import ReviewError
from scopingreview.model import Look, Phase, Rank, ShownBy, StoppingBasis
from scopingreview.paths import LOOKS, RANKS, Review
from scopingreview.store.file_names import files_in
from scopingreview.store.log import read_log_values, read_logs_of_people
from scopingreview.store.table import Row, append_rows, moment, stamp, word

RANK_COLUMNS = (
    *("decided_at", "phase", "record_id", "rank", "among", "shown_by", "model", "learnt_from"),
    "seed",
)
LOOK_COLUMNS = (
    *("looked_at", "phase", "by", "basis", "screened", "relevant", "unread", "since_last"),
    *("confidence", "least_recall", "target"),
)


def append_rank(review: Review, rank: Rank) -> None:
    """The rank is the last line of its reviewer's file, and on disk."""
    append_ranks(review, [rank])


def append_ranks(review: Review, ranks: Sequence[Rank]) -> None:
    """The ranks (of one reviewer) end that file: all of them or none, and on disk."""
    rows = (
        [
            *(stamp(rank.decided_at), rank.phase, rank.record_id, str(rank.rank), str(rank.among)),
            *(rank.shown_by, rank.model, str(rank.learnt_from), rank.seed),
        ]
        for rank in ranks
    )
    append_rows(review.ranks(ranks[0].reviewer), RANK_COLUMNS, rows)


def read_ranks(review: Review) -> list[Rank]:
    """Where every record stood of which it was kept, by reviewer and in order of time."""
    paths = files_in(review.path(RANKS), ".csv")
    return read_logs_of_people(review, paths, RANK_COLUMNS, _rank)


def _rank(row: Row, *, by: str) -> Rank:
    return Rank(
        decided_at=moment(row[0]),
        phase=word(Phase, "phase", row[1]),
        record_id=row[2],
        reviewer=by,
        rank=_whole("rank", row[3]),
        among=_whole("among", row[4]),
        shown_by=word(ShownBy, "shown_by", row[5]),
        model=row[6],
        learnt_from=_whole("learnt_from", row[7]),
        seed=row[8],
    )


def append_look(review: Review, look: Look) -> None:
    """The look is the last line of data/screened/looks.csv, and on disk."""
    row = [
        *(stamp(look.looked_at), look.phase, look.by, look.basis, str(look.screened)),
        *(str(look.relevant), str(look.unread), str(look.since_last), str(look.confidence)),
        *(f"{look.least_recall:.4f}", "" if look.target is None else str(look.target)),
    ]
    append_rows(review.path(LOOKS), LOOK_COLUMNS, [row])


def read_looks(review: Review) -> list[Look]:
    """Every look at how much is found, in order of time."""
    looks = read_log_values(review, LOOKS, LOOK_COLUMNS, _look)
    return sorted(looks, key=attrgetter("looked_at"))


def _look(row: Row) -> Look:
    screened, relevant, unread, since_last = map(_whole, LOOK_COLUMNS[4:8], row[4:8])
    return Look(
        looked_at=moment(row[0]),
        phase=word(Phase, "phase", row[1]),
        by=row[2],
        basis=word(StoppingBasis, "basis", row[3]),
        screened=screened,
        relevant=relevant,
        unread=unread,
        since_last=since_last,
        confidence=_share("confidence", row[8]),
        least_recall=_share("least_recall", row[9]),
        target=_share("target", row[10]) if row[10] else None,
    )


def _whole(name: str, cell: str) -> int:
    if not cell.isdecimal():
        raise ReviewError(f'"{name}" is a whole number, not "{cell}"')
    return int(cell)


def _share(name: str, cell: str) -> float:
    try:
        share = float(cell)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ReviewError(f'"{name}" is a number from 0 to 1, not "{cell}"')
    return share
