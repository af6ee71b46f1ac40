"""The dedupe stage: records and people's judgements in, links out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from scopingreview import config, store
from scopingreview.paths import Review


@dataclass(frozen=True, slots=True)
class DedupeReport:
    """What deduplication did, in numbers.

    `removed` counts the duplicates by the source they came from, `pairs` by that source, then by
    the source of the record kept, `rules` by the rule that linked them.
    """

    records: int
    unique: int
    groups: int
    possible: int
    removed: Mapping[str, int]
    pairs: Mapping[str, Mapping[str, int]]
    rules: Mapping[str, int]
    contradictions: tuple[str, ...]


def run_dedupe(review: Review) -> DedupeReport:
    """data/derived says which records are one report, and which pairs people should look at.

    Raises MissingInputError before `import` has run.
    """
    from scopingreview.dedupe import link_duplicates  # numpy and rapidfuzz wait until now

    protocol = config.load_protocol(review)
    records = list(store.read_records(review))
    links = link_duplicates(
        records,
        judgements=store.read_judgements(review),
        trust=[source.name for source in protocol.sources],
    )
    store.write_duplicates(review, links.duplicates, links.possible)
    source = {record.record_id: record.source for record in records}
    linked = [(source[link.record_id], source[link.duplicate_of]) for link in links.duplicates]
    return DedupeReport(
        records=len(records),
        unique=len(records) - len(linked),
        groups=len({link.duplicate_of for link in links.duplicates}),
        possible=len(links.possible),
        removed=dict(Counter(of for of, _ in linked).most_common()),
        pairs={
            source: dict(Counter(kept for of, kept in linked if of == source).most_common())
            for source in sorted({of for of, _ in linked})
        },
        rules=links.by_rule,
        contradictions=links.contradictions,
    )
