# What Cython is told of the types in compose.py, so that its functions call each other in C.

cdef str _first(dict fields, tuple tags, object find)
cdef list _all(dict fields, tuple tags)
cdef tuple _volume_and_issue(dict fields, object layout)
cdef tuple _authors(dict fields, object layout)
cdef object _year(dict fields, tuple tags)
cdef str _pages(dict fields, object layout)
cdef str _doi(dict fields, object layout)
cdef str _pmid(dict fields, object layout)
cdef str _accession(dict fields, object layout)
cdef str _issn(dict fields, object layout)
cdef str _abstract(dict fields, tuple tags)
cdef tuple _keywords(dict fields, tuple tags)
