"""The report as a page: everything that a review has to tell, in one HTML file for people.

Values in, text out: what stands on the page is loaded by `review.reporting`.
"""
