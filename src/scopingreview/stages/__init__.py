"""The machine chain, a module a stage: each reads, calls a room, and writes whole files.

Which files a stage reads and writes is the table in `chain`.
"""
