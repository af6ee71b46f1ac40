"""Small exports of screening programs, invented, in the form and with the quirks of real ones."""

RAYYAN_BIB = r"""@article{rayyan-900000001,
  title={Stress in nurses},
  year={2019},
  doi={10.1000/1},
  note={Export Date: 15 December 2022 | RAYYAN-INCLUSION: {"Ada"=>"Included", "Bo C."=>"Included"}
 | RAYYAN-LABELS: methods},
}
@article{rayyan-900000002,
  title={Rest in nurses},
  year={2019},
  doi={10.1000/2},
  note={RAYYAN-INCLUSION: {"Ada"=>"Excluded", "Bo C."=>"Excluded"} | RAYYAN-LABELS: read me,ours | RAYYAN-EXCLUSION-REASONS: too old,wrong population | USER-NOTES: {"Ada"=>["see p. 3 | and [4]", "ask Bo"], "Bo C."=>["mine"]}},
}
@article{rayyan-900000003,
  title={Work of midwives},
  year={2018},
  note={RAYYAN-INCLUSION: {"Ada"=>"Maybe", "Bo C."=>"Excluded"} | RAYYAN-EXCLUSION-REASONS: too old},
}
@article{rayyan-900000004,
  title={Shifts at night},
  year={2020},
  note={RAYYAN-INCLUSION: {"Ada"=>"Excluded"}},
}
@article{rayyan-900000005,
  title={Days off},
  year={2021},
}
"""  # noqa: E501  # a note of Rayyan's is one line

RAYYAN_LOG = '''created_at,user_id,user_email,article_id,key,value
2022-12-15T19:56:44.781Z,1,ada@example.org,900000001,included,0
2022-12-15T19:56:45.703Z,1,ada@example.org,900000001,included,1
2022-12-15T19:56:59.406Z,1,ada@example.org,900000002,"""__EXR__too old""",1
2022-12-15T19:56:59.453Z,1,ada@example.org,900000002,included,-1
2022-12-15T19:57:00.000Z,1,ada@example.org,900000002,"""read me""",1
2022-12-15T19:57:01.000Z,1,ada@example.org,900000002,"""gone""",1
2022-12-15T19:57:02.000Z,1,ada@example.org,900000002,"""gone""",deleted
2022-12-15T19:58:44.781Z,1,ada@example.org,900000003,included,0
2022-12-15T19:59:44.781Z,1,ada@example.org,900000004,included,-1
2022-12-16T09:00:00.000Z,2,bo@example.org,900000001,included,1
2022-12-16T09:00:00.500Z,2,bo@example.org,900000001,"""methods""",1
2022-12-16T09:01:00.000Z,2,bo@example.org,900000002,"""__EXR__wrong population""",1
2022-12-16T09:01:00.500Z,2,bo@example.org,900000002,included,-1
2022-12-16T09:01:00.700Z,2,bo@example.org,900000002,"""ours""",1
2022-12-16T09:02:00.000Z,2,bo@example.org,900000003,"""__EXR__too old""",1
2022-12-16T09:02:00.500Z,2,bo@example.org,900000003,included,-1
'''

COVIDENCE = {
    "review_7_irrelevant_csv_20240101.csv": (
        "Title,Authors,Published Year,DOI,Covidence #,Study,Notes,Tags\n"
        'Rest in nurses,"Doe, J.",2019,10.1000/2,#2,Doe 2019,,"later; methods"\n'
    ),
    "review_7_excluded_csv_20240101.csv": (
        "Title,Authors,Published Year,DOI,Covidence #,Study,Notes,Tags\n"
        'Work of midwives,"Roe, K.",2018,,#3,Roe 2018,'
        '"Exclusion reason: Wrong population; Ada (2024-01-01 10:00:00)(Select): see p. 3",\n'
    ),
    "review_7_included_csv_20240101.csv": (
        "Title,Authors,Published Year,DOI,Covidence #,Study,Notes,Tags\n"
        'Stress in nurses,"Poe, E.",2019,10.1000/1,#1,Poe 2019,,\n'
    ),
}

COLREV = """@article{Poe2019,
   colrev_origin                 = {pubmed.bib/0001;embase.bib/0007;},
   colrev_status                 = {rev_synthesized},
   colrev_masterdata_provenance  = {author:pubmed.bib/0001;;
                                    title:pubmed.bib/0001;;},
   screening_criteria            = {population=in;age=in},
   author                        = {Poe, Edgar},
   title                         = {Stress in nurses},
   year                          = {2019},
   doi                           = {10.1000/1},
}

@article{Doe2019,
   colrev_status                 = {rev_prescreen_excluded},
   author                        = {Doe, Jane},
   title                         = {Rest in nurses},
   year                          = {2019},
   doi                           = {10.1000/2},
}

@article{Roe2018,
   colrev_status                 = {rev_excluded},
   screening_criteria            = {population=out;age=in},
   author                        = {Roe, Kim},
   title                         = {Work of midwives},
   year                          = {2018},
}

@article{Loe2020,
   colrev_status                 = {pdf_not_available},
   screening_criteria            = {NA},
   title                         = {Shifts at night},
   year                          = {2020},
}

@article{Moe2021,
   colrev_status                 = {md_processed},
   title                         = {Days off},
   year                          = {2021},
}
"""

ASREVIEW = """title,doi,year,asreview_label,asreview_time,asreview_note,asreview_user_name,\
asreview_tag_use_discussion
Stress in nurses,10.1000/1,2019,1,2025-01-01 10:00:00,good one,Ada,1
Rest in nurses,10.1000/2,2019,0,2025-01-01 10:01:00,,Ada,0
Work of midwives,,2018,,,,,
"""

ENDNOTE_GROUP = """<?xml version="1.0" encoding="UTF-8"?><xml><records><record>
<ref-type name="Journal Article">17</ref-type><titles><title>
<style face="normal">Rest in nurses</style></title></titles>
<dates><year><style>2019</style></year></dates>
<electronic-resource-num><style>10.1000/2</style></electronic-resource-num>
<notes><style>PMID of the database</style></notes>
<research-notes><style>not our setting</style></research-notes>
</record></records></xml>
"""

# What the databases gave: five reports in six records.
PUBMED_RIS = "".join(
    f"TY  - JOUR\nID  - {number}\nTI  - {title}\nPY  - {year}\n{doi}ER  - \n\n"
    for number, title, year, doi in (
        (1, "Stress in nurses", 2019, "DO  - 10.1000/1\n"),
        (2, "Rest in nurses", 2019, "DO  - 10.1000/2\n"),
        (3, "Work of midwives", 2018, ""),
        (4, "Shifts at night", 2020, ""),
        (5, "Days off", 2021, ""),
        (6, "Stress in nurses", 2019, "DO  - 10.1000/1\n"),
    )
)
FILES = {
    "pubmed.ris": PUBMED_RIS,
    "articles.bib": RAYYAN_BIB,
    "customizations_log.csv": RAYYAN_LOG,
    **COVIDENCE,
    "records.bib": COLREV,
    "asreview.csv": ASREVIEW,
    "excluded.xml": ENDNOTE_GROUP,
}
