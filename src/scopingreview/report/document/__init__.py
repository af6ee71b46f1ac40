"""The report as a document that people submit: for Word, and as Markdown for Quarto and pandoc.

What stands in it and in which order is said once (`composed_document`), as parts that are values;
each writer has one way for each kind of part.
"""
