"""PubMed XML: `<PubmedArticle>` and `<PubmedBookArticle>`."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from scopingreview.formats.fragments import Fields, Fragments, gathered, text_of, texts_at
from scopingreview.formats.layout import Layout

# The first of these that is there is the article itself.
ARTICLES = ("MedlineCitation/Article", "BookDocument")
PATHS = {
    "ArticleTitle": "ArticleTitle",
    "VernacularTitle": "VernacularTitle",
    "BookTitle": "Book/BookTitle",
    "Journal": "Journal/Title",
    "ISOAbbreviation": "Journal/ISOAbbreviation",
    "Volume": "Journal/JournalIssue/Volume",
    "Issue": "Journal/JournalIssue/Issue",
    "Year": "Journal/JournalIssue/PubDate/Year",
    "MedlineDate": "Journal/JournalIssue/PubDate/MedlineDate",
    "BookYear": "Book/PubDate/Year",
    "ArticleDate": "ArticleDate/Year",
    "MedlinePgn": "Pagination/MedlinePgn",
    "StartPage": "Pagination/StartPage",
    "EndPage": "Pagination/EndPage",
    "ELocationID[doi]": "ELocationID[@EIdType='doi']",
    "ELocationID[pii]": "ELocationID[@EIdType='pii']",
    "ISSN": "Journal/ISSN",
    "ISBN": "Book/Isbn",
    "Language": "Language",
    "PublicationType": "PublicationTypeList/PublicationType",
    "BookPublicationType": "PublicationType",
    "BookId[doi]": "ArticleIdList/ArticleId[@IdType='doi']",
    "BookPMID": "PMID",
    "BookKeyword": "KeywordList/Keyword",
}
OUTER_PATHS = {
    "PMID": "MedlineCitation/PMID",
    "ArticleId[doi]": "PubmedData/ArticleIdList/ArticleId[@IdType='doi']",
    "BookData[doi]": "PubmedBookData/ArticleIdList/ArticleId[@IdType='doi']",
    "Keyword": "MedlineCitation/KeywordList/Keyword",
    "MeSH": "MedlineCitation/MeshHeadingList/MeshHeading/DescriptorName",
    "OtherAbstract": "MedlineCitation/OtherAbstract/AbstractText",
}
LAYOUT = Layout(
    name="PubMed XML",
    title=("ArticleTitle", "BookTitle", "VernacularTitle"),
    authors=("Author",),
    year=("Year", "MedlineDate", "BookYear", "ArticleDate"),
    journal=("Journal", "ISOAbbreviation"),
    volume=("Volume",),
    issue=("Issue",),
    pages=("MedlinePgn",),
    first_page=("StartPage",),
    last_page=("EndPage",),
    doi=("ArticleId[doi]", "ELocationID[doi]", "BookData[doi]", "BookId[doi]"),
    pmid=("PMID", "BookPMID"),
    accession=("PMID", "BookPMID"),
    issn=("ISSN", "ISBN"),
    abstract=("Abstract", "OtherAbstract"),
    keywords=("Keyword", "BookKeyword", "MeSH"),
    language=("Language",),
    type=("PublicationType", "BookPublicationType"),
)


def _fields(record: Element) -> Fields:
    found = (record.find(path) for path in ARTICLES)
    article = next((element for element in found if element is not None), record)
    fields = gathered(article, PATHS) | gathered(record, OUTER_PATHS)
    fields["Author"] = _authors(article)
    fields["Abstract"] = [" ".join(_abstract(article))]
    return fields


def _authors(article: Element) -> list[str]:
    lists = article.findall("AuthorList") or article.findall("Book/AuthorList")
    return [_author(author) for each in lists for author in each.findall("Author")]


def _author(author: Element) -> str:
    family = text_of(author.find("LastName"))
    given = text_of(author.find("ForeName")) or text_of(author.find("Initials"))
    if not family:
        return text_of(author.find("CollectiveName"))
    return f"{family}, {given}" if given else family


def _abstract(article: Element) -> list[str]:
    """The paragraphs of the abstract, each with its heading."""
    paragraphs = []
    for part in article.findall("Abstract/AbstractText"):
        label = part.get("Label", "")
        paragraphs.append(f"{label}: {text_of(part)}" if label else text_of(part))
    return paragraphs or texts_at(article, "Abstract")


FRAGMENTS = Fragments("PubmedArticle|PubmedBookArticle", LAYOUT, _fields, "ArticleTitle")
