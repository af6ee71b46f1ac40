"""The pages of the reference that are made from the program itself, when the site is built.

Each page is worked out from what runs: the commands from their help, the tables from the columns
that the store writes, the JSON documents from the types they are made of.
"""
