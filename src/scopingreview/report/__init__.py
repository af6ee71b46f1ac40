"""What a review tells its readers: the summary in words and tables, findings, explanations.

Here is text made from counted values; the counting itself is in `flow`.
"""
