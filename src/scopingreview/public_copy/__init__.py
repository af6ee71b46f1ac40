"""What of a review may be public: each of its values without what is somebody's or protected.

Values in, values out. Left out are abstracts and other people's words, notes, names, and where
full texts lie; decisions, ids and counts stay, so that a copy counts as the review does.
"""
