"""Text that was encoded twice on its way (`MÃ¼ller` for Müller), found and put right as a word.

It is never changed in silence: `check` tells of it and `correct` offers it as a correction. What
it should say is ftfy's word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scopingreview.model import Finding, Record, RecordTable
from scopingreview.report.markdown import things
from scopingreview.screening.corrected import CorrectedRecords, text_of
from scopingreview.screening.review_state import ReviewState

FIELDS = ("title", "authors", "journal", "abstract", "keywords")
# A byte that begins a character in UTF-8 and one that goes on with it, each read as a character
# of its own (Windows-1252): a look at it costs less than ftfy's, and nearly no text has one.
TWO_OF_ONE = re.compile(r"[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸŽ]")
# The same in UTF-8, as rows of records are kept: any such pair, and a few that are none.
ROW_WITH_TWO_OF_ONE = re.compile(rb"\xc3[\x82-\xb4][\xc2\xc5\xc6\xcb\xe2]")
LOST = "\ufffd"
AROUND = 20  # characters shown on either side of the first one that differs


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a field says, encoded twice, and what it should say; both as a correction spells it."""

    record_id: str
    field: str
    text: str
    value: str

    def in_words(self) -> str:
        """The words in which the two begin to differ."""
        pairs = enumerate(zip(self.text, self.value, strict=False))
        start = max(0, next(at for at, (one, other) in pairs if one != other) - AROUND)
        shown = slice(start, start + 2 * AROUND)
        return f"“{self.text[shown]}” → “{self.value[shown]}”"


def suggested_corrections(records: Mapping[str, Record]) -> Iterator[Suggestion]:
    """What to correct in the records, in their order; nothing that would lose a character."""
    for record in _to_look_at(records):
        for field in FIELDS:
            text = text_of(record, field)
            if text.isascii() or not TWO_OF_ONE.search(text):
                continue
            import ftfy  # nearly every review does without

            value = " ".join(ftfy.fix_encoding(text).split())
            if value != text and value.count(LOST) <= text.count(LOST):
                yield Suggestion(record.record_id, field, text, value)


def _to_look_at(records: Mapping[str, Record]) -> Iterator[Record]:
    """The records that may hold such a text: of a file those whose row does, and all corrected."""
    corrected = records.corrections if isinstance(records, CorrectedRecords) else {}
    originals = records.originals if isinstance(records, CorrectedRecords) else records
    if not isinstance(originals, RecordTable):
        yield from records.values()
        return
    wanted = {*originals.whose_rows_hold(ROW_WITH_TWO_OF_ONE), *corrected}
    yield from (records[record_id] for record_id in originals if record_id in wanted)


def check_encoding(state: ReviewState) -> Iterator[Finding]:
    """V21: no text of a record is encoded twice. A note: people read over it, but lose matches."""
    found = list(suggested_corrections(state.records))
    if found:
        records = tuple(dict.fromkeys(each.record_id for each in found))
        yield Finding(
            "V21",
            f"{things(len(found), 'text')} of {things(len(records), 'record')} "
            f"{'is' if len(found) == 1 else 'are'} encoded twice: "
            f"{found[0].in_words()}",
            records,
            hint="scopingreview correct --suggest lists them, and takes what you accept.",
            error=False,
        )
