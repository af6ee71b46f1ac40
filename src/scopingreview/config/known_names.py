"""How databases, and the platforms that carry them, spell themselves, by the short names of both.

A name in capitals, and a label of config/review.toml, are people's own spelling: nobody changes it.
"""

from __future__ import annotations

from collections.abc import Mapping

# Where several short names have one spelling, the spelling itself means the first of them.
PROPER_NAMES: Mapping[str, str] = {
    "pubmed": "PubMed",
    "medline": "MEDLINE",
    "embase": "Embase",
    "psycinfo": "PsycINFO",
    "cinahl": "CINAHL",
    "wos": "Web of Science",
    "scopus": "Scopus",
    "cochrane": "Cochrane Library",
    "central": "CENTRAL",
    "eric": "ERIC",
    "lens": "The Lens",
    "ieee": "IEEE Xplore",
    "acm": "ACM Digital Library",
    "proquest": "ProQuest",
    "ebscohost": "EBSCOhost",
    "ebsco": "EBSCOhost",
    "ovid": "Ovid",
    "dimensions": "Dimensions",
    "openalex": "OpenAlex",
    "google-scholar": "Google Scholar",
    "googlescholar": "Google Scholar",
    "europe-pmc": "Europe PMC",
    "europepmc": "Europe PMC",
    "springerlink": "SpringerLink",
    "springer": "SpringerLink",
    "sciencedirect": "ScienceDirect",
    "jstor": "JSTOR",
    "lilacs": "LILACS",
    "scielo": "SciELO",
    "pedro": "PEDro",
    "medrxiv": "medRxiv",
    "biorxiv": "bioRxiv",
    "arxiv": "arXiv",
    "clinicaltrials": "ClinicalTrials.gov",
    "ictrp": "WHO ICTRP",
}
