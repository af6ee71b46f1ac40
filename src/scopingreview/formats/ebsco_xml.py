"""EBSCOhost XML: `<records><rec resultID="1">`, without an XML declaration."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from scopingreview.formats.fragments import Fields, Fragments, gathered
from scopingreview.formats.layout import Layout

INFO = "header/controlInfo"
PATHS = {
    "atl": f"{INFO}/artinfo/tig/atl",
    "btl": f"{INFO}/bkinfo/btl",
    "au": f"{INFO}/artinfo/aug/au",
    "book au": f"{INFO}/bkinfo/aug/au",
    "jtl": f"{INFO}/jinfo/jtl",
    "dt": f"{INFO}/pubinfo/dt",
    "vid": f"{INFO}/pubinfo/vid",
    "iid": f"{INFO}/pubinfo/iid",
    "pages": f"{INFO}/artinfo/pages",
    "ppf": f"{INFO}/artinfo/ppf",
    "ui[doi]": f"{INFO}/artinfo/ui[@type='doi']",
    "ui[pmid]": f"{INFO}/artinfo/ui[@type='pmid']",
    "issn": f"{INFO}/jinfo/issn",
    "isbn": f"{INFO}/bkinfo/isbn",
    "ab": f"{INFO}/artinfo/ab",
    "subj": f"{INFO}/artinfo/sug/subj",
    "keyword": f"{INFO}/artinfo/keyword",
    "pubtype": f"{INFO}/artinfo/pubtype",
    "doctype": f"{INFO}/artinfo/doctype",
    "language": f"{INFO}/language",
    "plink": "pLink/url",
    "header plink": "header/pLink/url",
}
LAYOUT = Layout(
    name="EBSCOhost XML",
    title=("atl", "btl"),
    authors=("au", "book au"),
    year=("dt[year]", "dt"),
    journal=("jtl", "btl"),
    volume=("vid",),
    issue=("iid",),
    pages=("pages",),
    first_page=("ppf",),
    doi=("ui[doi]",),
    pmid=("ui[pmid]",),
    accession=("uiTerm",),
    issn=("issn", "isbn"),
    abstract=("ab",),
    keywords=("subj", "keyword"),
    language=("language",),
    url=("plink", "header plink"),
    type=("doctype", "pubtype"),
)


def _fields(record: Element) -> Fields:
    fields = gathered(record, PATHS)
    for header in record.findall("header"):
        fields["uiTerm"] = [header.get("uiTerm", "")]
    for date in record.findall(f"{INFO}/pubinfo/dt"):
        fields["dt[year]"] = [date.get("year", "")]
    if fields.get("jtl") == fields.get("btl"):
        fields.pop("btl", None)
    if fields.get("btl") == fields.get("atl"):
        fields.pop("btl", None)
    return fields


FRAGMENTS = Fragments("rec", LAYOUT, _fields)
