"""Which column means which field, and how databases name theirs.

Names are compared in lower case without outer blanks. The generic layout knows every usual name
in order of trust; a dialect says what one database does differently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scopingreview.errors import ReviewError, nearest
from scopingreview.formats import ovid, wos
from scopingreview.formats.layout import FIELDS, Layout, Tags, changed


def _names(text: str) -> Tags:
    return tuple(" ".join(name.split()) for name in text.split("|"))


GENERIC = Layout(
    name="table",
    title=_names(
        """title | article title | document title | item title | primary_title | title primary |
        article_title | paper title | record title | titles | display_name | ti | t1 | título |
        titre | titel | original title | study title | public title"""
    ),
    authors=_names(
        """author full names | authors | author names | author | author(s) | author/s |
        authors, primary | first_authors | authorships.author.display_name | au | a1 |
        author_list | book authors | group authors | creators | creator | auteurs | autoren |
        first author | editors | editor"""
    ),
    year=_names(
        """year | publication year | published year | pub year | publication_year | pubyear | py |
        year of publication | publicationyear | pub_year | publication date | date published |
        date | pubdate | published | publication_date | issue date | early access date | année |
        jahr"""
    ),
    journal=_names(
        """source title | journal title | publication title | full journal | journal |
        source_title | journal/book | periodical full | primary_location.source.display_name |
        secondary title |
        secondary_title | container-title | journal name | full journal name | journal_name |
        source name | pubtitle | publication | publication name | host_venue | so | jf | source |
        book title | conference title | conference name | book series title |
        journal abbreviation | abbreviated source title | periodical abbrev | venue"""
    ),
    volume=_names("volume | journal volume | volume number | vol | vl | biblio.volume | vol."),
    issue=_names("issue | journal issue | issue number | number | is | biblio.issue | no."),
    pages=_names("pages | pagination | page range | article pages | page"),
    first_page=_names(
        "page start | start page | first page | biblio.first_page | beginning page | sp | bp"
    ),
    last_page=_names(
        "page end | end page | last page | biblio.last_page | ending page | ep | other pages"
    ),
    article_number=_names("art. no. | article number | article no. | elocation id | c7"),
    doi=_names("doi | item doi | doi link | doi url | do | dois | di | digitalobjectidentifier"),
    doi_in_address=_names("link | url | urls | external url | links"),
    doi_if_alone=_names("accession number | identifier | id | extra"),
    pmid=_names("pmid | pubmed id | medline pmid | pubmed_id | pubmedid | pubmed | pm"),
    pmid_if_labelled=_names("extra | identifiers | ids.pmid | notes"),
    accession=_names(
        """eid | ut (unique wos id) | ut (unique id) | lens id | embase accession id | pui |
        central id | publication id | accession number | accession_number | an | eric number |
        covidence # | epistemonikos id | openalex id | storeid"""
    ),
    accession_in_address=_names("link | url | plink"),
    issn=_names("issn | issns | issn/isbn | eissn | issn (print) | sn | isbn | isbns"),
    abstract=_names(
        """abstract | abstract note | abstracts | ab | abstract text | n2 | description |
        summary | résumé | zusammenfassung"""
    ),
    keywords=_names(
        """author keywords | keywords | kw | keyword | index keywords | subjects | mesh terms |
        mesh | manual tags | automatic tags | emtree drug index terms | identifierkeywords |
        subjectterms | de"""
    ),
    language=_names("language | language of original document | article language | la"),
    url=_names(
        "url | link | external url | pdf link | plink | urls | links | article link | documenturl"
    ),
    type=_names(
        """document type | documenttype | publication type | item type | doctype | reference type |
        type | content type | category | publication_type | dt | source type"""
    ),
)

WEB_OF_SCIENCE = changed(
    wos.LAYOUT,
    "Web of Science tab-delimited",
    {field: tuple(tag.lower() for tag in wos.LAYOUT.tags(field)) for field in FIELDS},
)
OVID = changed(
    ovid.LAYOUT,
    "Ovid Excel",
    {field: tuple(tag.lower() for tag in ovid.LAYOUT.tags(field)) for field in FIELDS},
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database's table: the columns it is known by, and what they mean there."""

    columns: frozenset[str]
    layout: Layout


def _dialect(
    name: str, columns: str, *, given_first: bool = False, run_together: bool = False, **own: str
) -> Dialect:
    tags = {field: _names(text) if text else () for field, text in own.items()}
    layout = replace(
        changed(GENERIC, name, tags), given_first=given_first, run_together=run_together
    )
    return Dialect(frozenset(_names(columns)), layout)


# The first whose columns are all there counts.
DIALECTS: tuple[Dialect, ...] = (
    Dialect(frozenset({"orn", "ti", "so"}), OVID),
    Dialect(frozenset({"vn", "db", "ti", "so"}), OVID),
    Dialect(frozenset({"pt", "au", "ti", "so"}), WEB_OF_SCIENCE),
    _dialect(
        "PubMed CSV (before 2020)",
        "entrezuid | shortdetails",
        authors="description",
        abstract="",
        pmid="entrezuid",
        accession="entrezuid",
        journal="journal",
        type="",
    ),
    _dialect("PubMed CSV", "journal/book | citation", accession="pmid", journal="journal/book"),
    _dialect("Scopus CSV", "eid | source title", journal="source title"),
    _dialect(
        "Embase.com CSV",
        "author names | source",
        journal="source title | journal | source",
    ),
    _dialect("Web of Science Excel", "ut (unique wos id)"),
    _dialect("EBSCOhost CSV", "plink | doctype", keywords="subjects | keywords"),
    _dialect(
        "EBSCOhost CSV (since 2024)",
        "longdbname | shortdbname",
        authors="contributors",
        year="publicationdate | coverdate",
        first_page="pagestart",
        last_page="pageend",
        accession="an",
        issn="issns | isbns",
        type="doctypes | pubtypes",
    ),
    _dialect(
        "ClinicalTrials.gov CSV",
        "nct number",
        title="study title | title",
        year="first posted | start date",
        abstract="brief summary",
        keywords="conditions",
        accession="nct number",
        url="study url | url",
        type="nct number",
    ),
    _dialect(
        "WHO ICTRP table",
        "trialid | public title",
        title="public title | scientific title",
        year="date registration3 | date registration",
        keywords="condition",
        accession="trialid",
        url="web address",
        type="trialid",
    ),
    _dialect(
        "Publish or Perish CSV",
        "gsrank | querydate",
        given_first=True,
        first_page="startpage",
        last_page="endpage",
        doi_in_address="articleurl | fulltexturl",
        accession="",
        url="articleurl | fulltexturl",
    ),
    _dialect(
        "Europe PMC CSV",
        "external_id | journal_title",
        journal="journal_title",
        pages="page_info",
        accession="external_id",
        issn="journal_issn",
    ),
    _dialect(
        "BVS CSV",
        "descriptor(s) | fulltext url",
        journal="journal",
        issue="issue number",
        pmid="pmid number",
        accession="id",
        keywords="descriptor(s)",
        url="fulltext url",
    ),
    _dialect("Elicit CSV", "doi link | venue", given_first=True, abstract="abstract"),
    _dialect("The Lens CSV", "lens id", given_first=True),
    _dialect("IEEE Xplore CSV", "document title | pdf link", given_first=True),
    _dialect(
        "IEEE Computer Society CSV",
        "affiliations | publication | category",
        given_first=True,
        type="",
    ),
    _dialect(
        "SpringerLink CSV",
        "item title | item doi",
        title="item title",
        given_first=True,
        run_together=True,
    ),
    _dialect("Cochrane CSV", "central id", journal="source"),
    _dialect("Zotero CSV", "item type | abstract note", accession="accession number"),
    _dialect("Covidence CSV", "covidence #"),
    _dialect("Rayyan CSV", "key | pmc_id", accession="key"),
    _dialect("Abstrackr CSV", "(internal) id | (source) id", accession="(internal) id"),
    _dialect("RefWorks table", "title primary | periodical full"),
    _dialect("Dimensions CSV", "publication id | pubyear", url="source linkout | dimensions url"),
    _dialect("ASReview table", "asreview_prior"),
    _dialect("ASReview table", "asreview_label"),
    _dialect(
        "OpenAlex CSV",
        "authorships.author.display_name",
        given_first=True,
        accession="id",
        issn="primary_location.source.issn | primary_location.source.issn_l",
        keywords="keywords.display_name | mesh.descriptor_name",
    ),
)

TITLES = frozenset(GENERIC.title)
KNOWN = frozenset(
    name
    for layout in (GENERIC, *(dialect.layout for dialect in DIALECTS))
    for field in FIELDS
    for name in layout.tags(field)
)


def header_name(cell: str) -> str:
    """The name of a column as layouts spell it."""
    return " ".join(cell.strip().strip('"').split()).casefold()


def check_columns(columns: Mapping[str, str]) -> None:
    """Raise ReviewError for a column mapped to a field that no record has."""
    for field in columns:
        if field not in FIELDS:
            raise ReviewError(
                f'"{field}" in `columns` is no field of a record', hint=nearest(field, FIELDS)
            )


def layout_of(header: Sequence[str], columns: Mapping[str, str]) -> Layout:
    """The layout of a table with those column names.

    `columns` is the reviewer's own mapping of fields to columns and goes before the guess.
    """
    names = set(header)
    for column in columns.values():
        if header_name(column) not in names:
            raise ReviewError(f'no column "{column}" here', hint=nearest(column, header))
    known = (dialect.layout for dialect in DIALECTS if dialect.columns <= names)
    layout = next(known, GENERIC)
    if not columns:
        return layout
    own = {field: (header_name(column), *layout.tags(field)) for field, column in columns.items()}
    return changed(layout, layout.name, own)
