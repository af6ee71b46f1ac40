# The chain of a scoping review, from the exports to the report:
#
#     import -> dedupe -> count -> draw -> tables -> figures -> checklists -> report
#
# What is out of date, scopingreview knows better than make: by content, not by time, so that a
# clone is as good as the original and a file that is gone is missed. Nothing here writes in
# config/, data/raw/ or data/screened/: those are yours.

SCOPINGREVIEW ?= scopingreview
# What must be there before a stage can run (a built environment, say).
TOOL ?=

.PHONY: all check clean help

all: $(TOOL)  ## Every result, from the exports to the report, as far as it is out of date
	$(SCOPINGREVIEW) run

check: $(TOOL)  ## Every rule: raw files unchanged, decisions valid, sums right, results true
	$(SCOPINGREVIEW) run --until dedupe
	$(SCOPINGREVIEW) check

clean:  ## Remove what the chain makes, and nothing else
	rm -rf data/derived
	rm -f results/counts.csv results/prisma2020.csv results/summary.md results/provenance.json
	rm -f results/excluded_reports.csv results/excluded_reports.md
	rm -f results/flow.svg results/flow.pdf results/flow.png
	rm -f results/report.html results/references.bib
	rm -rf results/tables results/figures results/checklists

help:  ## This list
	@grep -hE '^[a-z./_0-9 &]+:.*##' $(MAKEFILE_LIST) | sed -E 's/ ?&?:.*## /\t/' | sort | awk -F'\t' '{printf "%-40s %s\n", $$1, $$2}'
