"""The diagram: what it says, where that stands on paper, and the file it is drawn into.

`boxes` and `notes` say it in the words of `wording`, as the `elements` of a diagram. `metrics`
and `arrangement` make a `picture` of them, which `svg` and `printing` paint in the colours of
`palette`; `in_words` needs no picture. `page` does all of it, for a sheet of some size.
"""
