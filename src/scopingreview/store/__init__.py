"""Every data file of a review, read into values and written from them.

Two kinds of writing, and no third: a file that the chain owns is written whole to a temporary
file and renamed into place; a file that people own is only ever appended to, one line a
decision. Either is on disk before the call returns (`files`, the only module that writes). What
the rows mean is worked out elsewhere.

Files from outside a review have modules that are loaded when one comes: `archives`, `unpacking`,
`pdf_text`, `labelled_review`, `filled_sheet`. So has what a ranking keeps: `ranking_features`.
"""

from scopingreview.store.charted import (
    append_cells,
    append_settled_cells,
    read_cells,
    read_settled_cells,
)
from scopingreview.store.corrections import append_corrections, read_corrections
from scopingreview.store.derived import (
    RECORD_COLUMNS,
    EncodedContents,
    WrittenRecords,
    counts_text,
    encode_contents,
    encode_lines,
    encode_origin,
    read_counts,
    read_duplicates,
    read_possible_duplicates,
    read_records,
    record_of_row,
    write_duplicates,
    write_encoded_records,
    write_records,
)
from scopingreview.store.digests import Digests
from scopingreview.store.file_names import files_below, files_in
from scopingreview.store.files import (
    close_open_line,
    copy_whole,
    read_text,
    read_text_as_it_is,
    take_away,
    write_bytes,
    write_pieces,
    write_text,
)
from scopingreview.store.lock import hold_file, hold_lock
from scopingreview.store.log import Log, open_line_told, read_log
from scopingreview.store.made import Made, read_made, write_made
from scopingreview.store.personal import (
    append_discussion_note,
    append_label_change,
    append_own_term,
    append_training,
    read_discussion,
    read_label_changes,
    read_own_terms,
    read_training,
)
from scopingreview.store.provenance import provenance_text, read_provenance
from scopingreview.store.public_copy import read_public_copy, write_public_copy
from scopingreview.store.ranks import (
    append_look,
    append_rank,
    append_ranks,
    read_looks,
    read_ranks,
)
from scopingreview.store.raw import raw_files, sha256
from scopingreview.store.record_chunks import RecordsChunk, records_in_chunks
from scopingreview.store.record_file import RecordFile, keep_index
from scopingreview.store.record_index import IndexedLines
from scopingreview.store.refused import not_read
from scopingreview.store.rehearsal import Rehearsal, no_rehearsal, rehearsal, rehearsed
from scopingreview.store.screened import (
    append_consensus,
    append_decision,
    append_decisions,
    append_event,
    append_events,
    append_judgement,
    append_judgements,
    append_reading_time,
    append_retrievals,
    append_study_links,
    log_files,
    read_adjustments,
    read_consensus,
    read_decisions,
    read_events,
    read_judgements,
    read_reading_times,
    read_retrievals,
    read_study_links,
    write_adjustments,
)

__all__ = [
    "RECORD_COLUMNS",
    "Digests",
    "EncodedContents",
    "IndexedLines",
    "Log",
    "Made",
    "RecordFile",
    "RecordsChunk",
    "Rehearsal",
    "WrittenRecords",
    "append_cells",
    "append_consensus",
    "append_corrections",
    "append_decision",
    "append_decisions",
    "append_discussion_note",
    "append_event",
    "append_events",
    "append_judgement",
    "append_judgements",
    "append_label_change",
    "append_look",
    "append_own_term",
    "append_rank",
    "append_ranks",
    "append_reading_time",
    "append_retrievals",
    "append_settled_cells",
    "append_study_links",
    "append_training",
    "close_open_line",
    "copy_whole",
    "counts_text",
    "encode_contents",
    "encode_lines",
    "encode_origin",
    "files_below",
    "files_in",
    "hold_file",
    "hold_lock",
    "keep_index",
    "log_files",
    "no_rehearsal",
    "not_read",
    "open_line_told",
    "provenance_text",
    "raw_files",
    "read_adjustments",
    "read_cells",
    "read_consensus",
    "read_corrections",
    "read_counts",
    "read_decisions",
    "read_discussion",
    "read_duplicates",
    "read_events",
    "read_judgements",
    "read_label_changes",
    "read_log",
    "read_looks",
    "read_made",
    "read_own_terms",
    "read_possible_duplicates",
    "read_provenance",
    "read_public_copy",
    "read_ranks",
    "read_reading_times",
    "read_records",
    "read_retrievals",
    "read_settled_cells",
    "read_study_links",
    "read_text",
    "read_text_as_it_is",
    "read_training",
    "record_of_row",
    "records_in_chunks",
    "rehearsal",
    "rehearsed",
    "sha256",
    "take_away",
    "write_adjustments",
    "write_bytes",
    "write_duplicates",
    "write_encoded_records",
    "write_made",
    "write_pieces",
    "write_public_copy",
    "write_records",
    "write_text",
]
