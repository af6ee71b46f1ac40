"""The flow of a review: every box of the PRISMA 2020 diagram counted by itself, checked and drawn.

`review_data` is what it is counted from. `lanes` and `units` settle what there is to ask of each
record (`adjustments` are exceptions that people declare), `box_rules` says which boxes hold it,
`members` counts them and `open_work` what is still open. `sums` checks the numbers,
`record_checks` the records behind them, `places` finds each record's one last place. Counts go
out as `count_rows`, into texts by `number_markers`, to other programs by `prisma2020`, and on
paper by `diagram`.
"""
