# The chain of a scoping review, from the exports to the figure:
#
#     import -> dedupe -> count -> draw
#
# Each rule names what a stage reads and what it writes, so that `make` runs just what is out of
# date. No rule writes in config/, data/raw/ or data/screened/: those are yours.

SCOPINGREVIEW ?= scopingreview
# What must be there before a stage can run, besides its input (a built environment, say).
TOOL ?=

.PHONY: all check clean help
.DELETE_ON_ERROR:

all: results/flow.svg  ## Every result, from the exports to the figure

data/derived/records.csv: config/review.toml config/searches.toml $(wildcard data/raw/*/*) | $(TOOL)  ## The records of all exports
	$(SCOPINGREVIEW) import

data/derived/duplicates.csv data/derived/possible_duplicates.csv &: config/review.toml data/derived/records.csv $(wildcard data/screened/duplicates/*.csv) | $(TOOL)  ## Which records are the same report
	$(SCOPINGREVIEW) dedupe

results/counts.csv results/prisma2020.csv results/summary.md &: config/review.toml config/searches.toml data/derived/records.csv data/derived/duplicates.csv $(wildcard data/screened/title-abstract/*.csv data/screened/full-text/*.csv data/screened/*.csv) | $(TOOL)  ## Every box of the flow diagram
	$(SCOPINGREVIEW) count

results/flow.svg results/flow.pdf results/flow.png &: config/review.toml results/counts.csv | $(TOOL)  ## The flow diagram
	$(SCOPINGREVIEW) draw

check: all  ## Every rule: raw files unchanged, decisions valid, sums right
	$(SCOPINGREVIEW) check

clean:  ## Remove what the rules make, and nothing else
	rm -f data/derived/records.csv data/derived/duplicates.csv data/derived/possible_duplicates.csv
	rm -f results/counts.csv results/prisma2020.csv results/summary.md
	rm -f results/flow.svg results/flow.pdf results/flow.png

help:  ## This list
	@grep -hE '^[a-z./_0-9 &]+:.*##' $(MAKEFILE_LIST) | sed -E 's/ ?&?:.*## /\t/' | sort | awk -F'\t' '{printf "%-40s %s\n", $$1, $$2}'
