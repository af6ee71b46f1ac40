"""Which column means which field, and how databases name theirs.

Names are compared by their letters and digits: `Publication_Year`, `Publication.Year` and
`publicationYear` are `publication year`, `titulo` is `título`. The generic layout knows every
usual name in order of trust, and after them the tags of RIS, Web of Science and PubMed, since
tables are made of tagged text; a dialect says what one database does differently. Whether a
column holds what its name says is the business of `column_beliefs`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scopingreview.errors import ReviewError, nearest
from scopingreview.formats import nbib, ovid, wos
from scopingreview.formats.layout import FIELDS, Layout, Tags, changed

LONGEST_NAME = 100  # characters of a cell that may be a known name
# How layouts spell each name, by its letters: the first spelling below.
SPELT: dict[str, str] = {}


def _letters(name: str) -> str:
    """What of a name is compared. A question stays one: `Abstract?` holds no abstracts."""
    text = name.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in text if sign.isalnum() or sign == "?")


def _names(text: str) -> Tags:
    names = (" ".join(name.split()) for name in text.split("|"))
    return tuple(dict.fromkeys(SPELT.setdefault(_letters(name), name) for name in names))


GENERIC = Layout(
    name="table",
    title=_names(
        """title | article title | document title | item title | primary title | title primary |
        paper title | record title | titles | display_name | ti | t1 | original title |
        study title | public title | title of article | title of paper | reference title |
        título | título do artigo | título del artículo | titre |
        titel | titolo | tytuł | başlık | название | заглавие | 题名 | 标题 | 篇名 | 論文名 |
        タイトル | 標題 | 題名 | 제목 | 논문명 | tt | ct | bt"""
    ),
    authors=_names(
        """author full names | author full | authors | author names | author | authors, primary |
        author/s | first_authors | authorships.author.display_name | af | fau | au | a1 |
        author list | list of authors | book authors | group authors | creators | creator |
        auteurs | auteur | autoren | autor | autores | autori | autore | autorzy | yazarlar |
        авторы | автор | 作者 | 著者 | 저자 | first author | lead author | editors | editor"""
    ),
    year=_names(
        """year | publication year | published year | pub year | py | year of publication |
        year published | pubyear | publication date | date published | date of publication |
        date | pubdate | published | issue date | early access date | año |
        año de publicación | ano | ano de publicação | année | année de publication | jahr |
        erscheinungsjahr | anno | jaar | rok | yıl | год | 年 | 年份 | 出版年 | 发表时间 |
        发表年份 | 연도 | 발행연도 | y1 | da | dp | date published elec"""
    ),
    journal=_names(
        """source title | journal title | publication title | full journal | journal |
        journal/book | periodical full | primary_location.source.display_name |
        secondary title | container-title | journal name | full journal name | name of journal |
        source name | pubtitle | publication | publication name | publication source |
        host_venue | so | jf | jt | source | book title | conference title | conference name |
        book series title | journal abbreviation | abbreviated source title | periodical abbrev |
        venue | revista | periódico | revue | zeitschrift | rivista | tijdschrift | czasopismo |
        dergi | журнал | 期刊 | 刊名 | 来源 | 文献来源 | 雑誌名 | 誌名 | 학술지 | 학술지명 |
        t2 | jo | ja | ji | j9 | j2 | ta"""
    ),
    volume=_names(
        """volume | journal volume | volume number | vol | vl | biblio.volume | volumen | band |
        jahrgang | tome | cilt | том | 卷 | 巻 | 권 | vo | vi"""
    ),
    issue=_names(
        """issue | journal issue | issue number | is | biblio.issue | número | numéro | numero |
        heft | ausgabe | fascicolo | sayı | номер | 期 | 号 | 호 | nu | ip | number | no."""
    ),
    pages=_names(
        """pages | pagination | page range | article pages | page | page numbers | páginas |
        seiten | pagine | paginas | strony | страницы | 页码 | 页 | ページ | 페이지 | pp | pg"""
    ),
    first_page=_names(
        "page start | start page | first page | biblio.first_page | beginning page | sp | bp"
    ),
    last_page=_names(
        "page end | end page | last page | biblio.last_page | ending page | ep | other pages"
    ),
    article_number=_names(
        "art. no. | article number | article no. | elocation id | e-location | c7 | ar"
    ),
    doi=_names(
        """doi | item doi | doi link | doi url | do | dois | di | digitalobjectidentifier |
        doi number | article doi | l3 | lid | location id | article id"""
    ),
    doi_in_address=_names("link | url | urls | external url | links | ur | lk | l2 | l1"),
    doi_if_alone=_names("accession number | identifier | id | extra"),
    pmid=_names("pmid | pubmed id | medline pmid | pubmed | pm"),
    pmid_if_labelled=_names("extra | identifiers | ids.pmid | notes"),
    accession=_names(
        """eid | ut (unique wos id) | ut (unique id) | lens id | embase accession id | pui |
        central id | publication id | accession number | an | ut | eric number |
        covidence # | epistemonikos id | openalex id | storeid"""
    ),
    accession_in_address=_names("link | url | plink | ur"),
    issn=_names("issn | issns | issn/isbn | eissn | issn (print) | sn | isbn | isbns"),
    abstract=_names(
        """abstract | abstract note | abstracts | ab | abstract text | n2 | description |
        summary | resumen | resumo | résumé | zusammenfassung | riassunto | samenvatting |
        streszczenie | özet | аннотация | 摘要 | 抄録 | 要旨 | 초록"""
    ),
    keywords=_names(
        """author keywords | keywords | kw | keyword | index keywords | subjects | mesh terms |
        mesh | manual tags | automatic tags | emtree drug index terms | identifierkeywords |
        subjectterms | palabras clave | palavras-chave | mots-clés | schlagwörter |
        schlüsselwörter | parole chiave | 关键词 | キーワード | 키워드 | de | ot"""
    ),
    language=_names(
        """language | language of original document | article language | la | idioma | langue |
        sprache | lingua | 语种"""
    ),
    url=_names(
        """url | link | external url | pdf link | plink | urls | links | article link |
        documenturl | ur | lk | l2"""
    ),
    type=_names(
        """document type | publication type | item type | doctype | reference type |
        type | content type | category | dt | source type | type of reference | ty | pt | m3"""
    ),
)


def _as_columns(layout: Layout, name: str, **own: str) -> Layout:
    """The layout of a tagged text for a table whose columns are its tags."""
    tags = {field: "|".join(layout.tags(field)).lower() for field in FIELDS}
    return changed(
        layout, name, {field: _names(text) for field, text in (tags | own).items() if text}
    )


# The R package bibliometrix calls volume, issue and pages VO, NU and PP.
WEB_OF_SCIENCE = _as_columns(
    wos.LAYOUT,
    "Web of Science tab-delimited",
    volume="vl | vo",
    issue="is | nu",
    pages="ps | pp",
)
OVID = _as_columns(ovid.LAYOUT, "Ovid Excel")
PUBMED = _as_columns(nbib.LAYOUT, "PubMed tags as columns", doi="lid | aid", accession="pmid")


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
    Dialect(frozenset({"jt", "ti", "dp"}), PUBMED),
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
    """The name of a column as layouts spell it; one that none knows in lower case."""
    known = SPELT.get(_letters(cell)) if len(cell) <= LONGEST_NAME else None
    return known or name_written(cell)


def name_written(cell: str) -> str:
    """The name of a column as the file spells it, in lower case."""
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
