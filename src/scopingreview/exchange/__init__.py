"""Records out to other tools, their decisions back in. Values in, values out.

Here: the sheets that others screen in, what reference managers read, what Rayyan, Covidence,
ASReview and CoLRev say of a record, and which record of the review that is. Not here: files and
the rules of a review (`work.import_decisions`).
"""

from scopingreview.exchange.foreign_decision import Said
from scopingreview.exchange.full_text_evidence import match_full_texts
from scopingreview.exchange.library_list import Ordered, library_csv, library_xlsx
from scopingreview.exchange.matching import Finder, NoRecordError
from scopingreview.exchange.rayyan_log import RayyanLog, address_of, in_own_words, read_rayyan_log
from scopingreview.exchange.row import Row
from scopingreview.exchange.sheet import is_sheet, read_sheet
from scopingreview.exchange.tools import said_of
from scopingreview.exchange.workbook import LAST_ROW, LONGEST_CELL, TellCut
from scopingreview.exchange.writers import OutFormat, as_csv, as_xlsx
from scopingreview.exchange.written_bibtex import as_bibtex, bibtex_keys
from scopingreview.exchange.written_csl import as_csl_json
from scopingreview.exchange.written_ris import as_ris

__all__ = [
    "LAST_ROW",
    "LONGEST_CELL",
    "Finder",
    "NoRecordError",
    "Ordered",
    "OutFormat",
    "RayyanLog",
    "Row",
    "Said",
    "TellCut",
    "address_of",
    "as_bibtex",
    "as_csl_json",
    "as_csv",
    "as_ris",
    "as_xlsx",
    "bibtex_keys",
    "in_own_words",
    "is_sheet",
    "library_csv",
    "library_xlsx",
    "match_full_texts",
    "read_rayyan_log",
    "read_sheet",
    "said_of",
]
