"""Records out to other tools, their decisions back in. Values in, values out.

Here: the sheet and the RIS that others screen in, what Rayyan, Covidence and ASReview say of a
record, and which record of the review that is. Not here: files and the rules of a review
(`stages.exchange`).
"""

from scopingreview.exchange.foreign_decision import Said
from scopingreview.exchange.matching import Finder
from scopingreview.exchange.sheet import is_sheet, read_sheet
from scopingreview.exchange.tools import said_of
from scopingreview.exchange.writers import OutFormat, as_csv, as_ris, as_xlsx

__all__ = [
    "Finder",
    "OutFormat",
    "Said",
    "as_csv",
    "as_ris",
    "as_xlsx",
    "is_sheet",
    "read_sheet",
    "said_of",
]
