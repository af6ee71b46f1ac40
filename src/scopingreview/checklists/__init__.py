"""What a guideline asks of a report, and what a review has to answer with: filled checklists.

A guideline is a file of data beside these modules: a new version of one is a new file. What a
review answers is worked out by `review.checklists`; here answers are values.
"""
