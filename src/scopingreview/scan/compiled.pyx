# cython: language_level=3, boundscheck=False, wraparound=False
"""What `in_python` does, compiled by Cython: a wheel for one platform holds it."""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.unicode cimport (
    PyUnicode_DATA,
    PyUnicode_FindChar,
    PyUnicode_KIND,
    PyUnicode_READ,
    PyUnicode_Substring,
    Py_UNICODE_ISSPACE,
)
from libc.string cimport memchr, memcmp, memcpy

cdef extern from "Python.h":
    const char* PyUnicode_AsUTF8AndSize(object text, Py_ssize_t* size) except NULL
    str PyUnicode_FromKindAndData(int kind, const void* signs, Py_ssize_t size)

cdef enum:
    LETTERS = 26
    SIGNS = 36  # letters and digits
    TAB = 9
    LINE_END = 10
    RETURN = 13
    SPACE = 32
    LEAST_ROOM = 512
    QUOTE = 34
    COMMA = 44
    DASH = 45
    DIGIT_0 = 48
    DIGIT_9 = 57
    LETTER_A = 65
    LETTER_Z = 90

# Each tag is made once: `AA` to `AZ`, `A0` to `A9`, `BA` …
cdef list TAGS = [
    first + second
    for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
]
cdef int ER = TAGS.index("ER")


def with_line_feeds(bytes data not None):
    """As in_python.with_line_feeds."""
    cdef const char* source = PyBytes_AS_STRING(data)
    cdef const char* end = source + len(data)
    cdef const char* found = <const char*>memchr(source, RETURN, len(data))
    if not found:
        return data
    cdef bytes room = PyBytes_FromStringAndSize(NULL, len(data))
    cdef char* begin = PyBytes_AS_STRING(room)
    cdef char* place = begin
    while found:
        memcpy(place, source, found - source)
        place += found - source
        place[0] = LINE_END
        place += 1
        source = found + 1
        if source < end and source[0] == LINE_END:
            source += 1
        found = <const char*>memchr(source, RETURN, end - source)
    memcpy(place, source, end - source)
    return begin[: place - begin + (end - source)]


def count_lines(str text not None):
    """As in_python.count_lines."""
    cdef Py_ssize_t size = len(text), found = 0
    cdef Py_ssize_t place = PyUnicode_FindChar(text, LINE_END, 0, size, 1)
    while place >= 0:
        found += 1
        place = PyUnicode_FindChar(text, LINE_END, place + 1, size, 1)
    return found


def lines_with(str text not None, str word not None, bint after_blank):
    """As in_python.lines_with."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = len(text), line = 0, place
    cdef list places = []
    while line >= 0:
        place = line
        if after_blank and place < size and PyUnicode_READ(kind, data, place) in (SPACE, TAB):
            place += 1
        if _begins(kind, data, size, place, word):
            places.append(place)
        line = PyUnicode_FindChar(text, LINE_END, line, size, 1)
        if line >= 0:
            line += 1
    return places


cdef inline bint _begins(int kind, void* data, Py_ssize_t size, Py_ssize_t place, str word):
    cdef int kind_of_word = PyUnicode_KIND(word)
    cdef void* signs = PyUnicode_DATA(word)
    cdef Py_ssize_t each
    if place + len(word) > size:
        return False
    for each in range(len(word)):
        if PyUnicode_READ(kind, data, place + each) != PyUnicode_READ(kind_of_word, signs, each):
            return False
    return True


def tagged_record(str text not None, Py_ssize_t begin):
    """As in_python.tagged_record."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = len(text)
    cdef dict fields = {}
    cdef list values
    cdef str head = None, found
    cdef Py_ssize_t breaks = 0, line = begin, value = begin
    cdef bint several = False, goes_on = False
    cdef int tag, open_tag = -1
    while True:
        line = PyUnicode_FindChar(text, LINE_END, line, size, 1)
        if line < 0:
            return None
        tag = _tag_at(kind, data, line + 1, size)
        if tag >= 0:
            if open_tag < 0:
                head = PyUnicode_Substring(text, begin, line)
            else:
                if several:
                    found = PyUnicode_Substring(text, value, line)
                    goes_on = True
                else:
                    found = _stripped(text, kind, data, value, line)
                values = fields.get(TAGS[open_tag])
                if values is None:
                    fields[TAGS[open_tag]] = [found]
                else:
                    values.append(found)
            if tag == ER:
                return line, head, fields, breaks, goes_on
            open_tag = tag
            value = line + 6
            if value < size and <int>PyUnicode_READ(kind, data, value) == SPACE:
                value += 1
            several = False
        else:
            several = True
        breaks += 1
        line += 1


cdef inline int _tag_at(int kind, void* data, Py_ssize_t line, Py_ssize_t size) noexcept:
    """The number of the tag with which the line begins; -1 where it begins with none."""
    cdef int first, second
    if (
        line + 5 > size
        or <int>PyUnicode_READ(kind, data, line + 4) != DASH
        or <int>PyUnicode_READ(kind, data, line + 3) != SPACE
        or <int>PyUnicode_READ(kind, data, line + 2) != SPACE
    ):
        return -1
    first = <int>PyUnicode_READ(kind, data, line)
    second = <int>PyUnicode_READ(kind, data, line + 1)
    if first < LETTER_A or first > LETTER_Z:
        return -1
    if LETTER_A <= second <= LETTER_Z:
        return (first - LETTER_A) * SIGNS + second - LETTER_A
    if DIGIT_0 <= second <= DIGIT_9:
        return (first - LETTER_A) * SIGNS + LETTERS + second - DIGIT_0
    return -1


cdef inline str _stripped(str text, int kind, void* data, Py_ssize_t begin, Py_ssize_t end):
    while begin < end and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, begin)):
        begin += 1
    while begin < end and Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, end - 1)):
        end -= 1
    return PyUnicode_Substring(text, begin, end)


ctypedef unsigned char uchar

ctypedef fused Sign:
    uchar
    unsigned short
    unsigned int


def in_one_line(str text not None):
    """As in_python.in_one_line."""
    cdef void* data = PyUnicode_DATA(text)
    cdef int kind = PyUnicode_KIND(text)
    if kind == 1:
        return _in_one_line(text, <uchar*>data)
    if kind == 2:
        return _in_one_line(text, <unsigned short*>data)
    return _in_one_line(text, <unsigned int*>data)


cdef inline str _in_one_line(str text, Sign* signs):
    cdef Py_ssize_t size = len(text), place, kept = 0
    cdef bint parted = False
    if _is_in_one_line(signs, size):
        return text
    cdef Sign* line = <Sign*>PyMem_Malloc(size * sizeof(Sign))
    if not line:
        raise MemoryError
    for place in range(size):
        if Py_UNICODE_ISSPACE(<Py_UCS4>signs[place]):
            parted = kept > 0
            continue
        if parted:
            line[kept] = SPACE
            kept += 1
            parted = False
        line[kept] = signs[place]
        kept += 1
    try:
        return PyUnicode_FromKindAndData(sizeof(Sign), line, kept)
    finally:
        PyMem_Free(line)


cdef inline bint _is_in_one_line(Sign* signs, Py_ssize_t size) noexcept:
    """Whether there is no blank but single spaces between words; False for control signs, too.

    Written without a way out and one comparison after the other, so that the C compiler compares
    eight or sixteen signs at a time: 0.2 ns a sign.
    """
    cdef Sign sign, odd = 0
    cdef Py_ssize_t place
    if size == 0:
        return True
    if signs[0] == SPACE or signs[size - 1] == SPACE:
        return False
    for place in range(size - 1):
        odd |= <Sign>((signs[place] == SPACE) & (signs[place + 1] == SPACE))
    for place in range(size):
        sign = signs[place]
        odd |= <Sign>(sign < SPACE)
        odd |= <Sign>(sign == 0x85)
        odd |= <Sign>(sign == 0xA0)
        if Sign is not uchar:
            odd |= <Sign>(sign == 0x1680)
            odd |= <Sign>(<Sign>(sign - 0x2000) <= 0x0A)
            odd |= <Sign>(<Sign>(sign - 0x2028) <= 1)
            odd |= <Sign>(sign == 0x202F)
            odd |= <Sign>(sign == 0x205F)
            odd |= <Sign>(sign == 0x3000)
    return odd == 0


def holds_any(str text not None, tuple words not None):
    """As in_python.holds_any."""
    cdef str word
    cdef Py_ssize_t size = len(text)
    cdef const char* signs = <const char*>PyUnicode_DATA(text)
    cdef bint narrow = PyUnicode_KIND(text) == 1
    for word in words:
        if narrow and PyUnicode_KIND(word) == 1:
            if _stands_in(signs, size, <const char*>PyUnicode_DATA(word), len(word)):
                return True
        elif _stands_in_wide(text, word):
            return True
    return False


cdef inline bint _stands_in_wide(str text, str word):
    """As `_stands_in`, of a text or a word that takes more than a byte a sign."""
    cdef int kind = PyUnicode_KIND(text)
    cdef void* data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = len(text), place = 0
    if not word:
        return True
    while True:
        place = PyUnicode_FindChar(text, word[0], place, size, 1)
        if place < 0:
            return False
        if _begins(kind, data, size, place, word):
            return True
        place += 1


cdef inline bint _stands_in(
    const char* signs, Py_ssize_t size, const char* word, Py_ssize_t length
) noexcept:
    """Whether the word stands there: its first letter is looked for, 32 signs at a time."""
    cdef const char* last = signs + size - length  # where it may begin
    cdef const char* place
    if length == 0:
        return True
    while signs <= last:
        place = <const char*>memchr(signs, word[0], last - signs + 1)
        if not place:
            return False
        if memcmp(place, word, length) == 0:
            return True
        signs = place + 1
    return False


cdef class Room:
    """Bytes that are being written: `used` of `size` from `begin` on."""

    cdef char* begin
    cdef Py_ssize_t size, used

    def __dealloc__(self):
        PyMem_Free(self.begin)

    cdef int hold(self, Py_ssize_t more) except -1:
        """There is room for so many more."""
        cdef Py_ssize_t size = self.used + more
        if size <= self.size:
            return 0
        size = max(2 * size, LEAST_ROOM)
        cdef char* begin = <char*>PyMem_Realloc(self.begin, size)
        if not begin:
            raise MemoryError
        self.begin, self.size = begin, size
        return 0

    cdef bytes written(self):
        return self.begin[: self.used] if self.used else b""


def csv_row(cells):
    """As in_python.csv_row."""
    cdef Room room = Room()
    _write_row(room, list(cells))
    return room.written()


def csv_rows(rows):
    """As in_python.csv_rows."""
    cdef Room room = Room()
    cdef list sizes = []
    cdef Py_ssize_t before
    for cells in rows:
        before = room.used
        _write_row(room, list(cells))
        sizes.append(room.used - before)
    return room.written(), sizes


cdef int _write_row(Room room, list texts) except -1:
    cdef Py_ssize_t size, most = 3 * len(texts)
    cdef const char* source
    cdef char* end
    cdef object text  # a StrEnum, too
    for text in texts:
        PyUnicode_AsUTF8AndSize(text, &size)
        most += 2 * size  # each character a quote
    room.hold(most)
    end = room.begin + room.used
    for text in texts:
        source = PyUnicode_AsUTF8AndSize(text, &size)
        end = _written_cell(end, source, size)
        end[0] = COMMA
        end += 1
    if texts:
        room.used = end - room.begin - 1  # no comma behind the last one
    return 0


cdef inline char* _written_cell(char* place, const char* source, Py_ssize_t size) noexcept:
    """Where the cell ends that now stands at the place, in quotes where it needs them."""
    cdef const char* end = source + size
    cdef const char* quote = <const char*>memchr(source, QUOTE, size)
    if not (
        quote
        or memchr(source, COMMA, size)
        or memchr(source, LINE_END, size)
        or memchr(source, RETURN, size)
    ):
        memcpy(place, source, size)
        return place + size
    place[0] = QUOTE
    place += 1
    while quote:
        memcpy(place, source, quote - source)
        place += quote - source
        place[0] = place[1] = QUOTE
        place += 2
        source = quote + 1
        quote = <const char*>memchr(source, QUOTE, end - source)
    memcpy(place, source, end - source)
    place += end - source
    place[0] = QUOTE
    return place + 1
