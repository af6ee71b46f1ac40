"""Every format, one row each. The first that recognises the beginning of a file reads it."""

from __future__ import annotations

from scopingreview.formats import columns, delimited, nbib, ris, ris_tags, wos
from scopingreview.formats.format import Format, counts, shows

FORMATS: tuple[Format, ...] = (
    Format(
        name="Web of Science tagged text",
        recognise=shows(r"FN (?:Clarivate|Thomson|ISI)|PT [JBSCPM]$"),
        begun=counts(wos.BEGINS),
        read=wos.entries,
        layouts=(wos.LAYOUT,),
        ends=wos.ENDS,
    ),
    Format(
        name="PubMed (.nbib)",
        recognise=shows(r"PMID- ?\d|PMC - PMC|OWN - ERIC"),
        begun=counts(nbib.BEGINS),
        read=nbib.entries,
        layouts=(nbib.LAYOUT,),
        ends=nbib.ENDS,
    ),
    Format(
        name="RIS",
        recognise=shows(r"[ \t]?TY(?: {2}-| - )"),
        begun=counts(ris.BEGINS),
        read=ris.entries,
        layouts=(ris_tags.STANDARD, *(dialect.layout for dialect in ris_tags.DIALECTS)),
        ends=ris.ENDS,
    ),
    Format(
        name="delimited table",
        recognise=delimited.recognise,
        begun=delimited.begun,
        read=delimited.entries,
        layouts=(columns.GENERIC, *(dialect.layout for dialect in columns.DIALECTS)),
    ),
)
