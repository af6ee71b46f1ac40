"""A table as Markdown, LaTeX and HTML: what an outside text holds is text there and nothing else.

The look is that of a journal: three rules, no vertical lines, numbers to the right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape as escaped_markup

from scopingreview.tables.markdown_text import in_cell, in_markdown
from scopingreview.tables.paper_table import (
    Column,
    ColumnKind,
    PaperTable,
    RowLook,
    TableRow,
    on_paper,
    one_line,
)

LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "[": "{[}",  # behind \\ it would begin an argument
        "]": "{]}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
LATEX_HEAD = r"% \usepackage{array,booktabs,longtable}; with XeLaTeX or LuaLaTeX for every script"
TEXT_WIDTH, NARROW_WIDTH, LEAST_ROOM = 0.98, 0.07, 0.3  # parts of a line
# Text is never markup, and nothing is loaded: the page says so itself.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """\
body { font-family: Arial, Helvetica, sans-serif; font-size: 10pt; color: #000; margin: 2em; }
table { border-collapse: collapse; border-top: 1.5pt solid #000; border-bottom: 1.5pt solid #000; }
caption { caption-side: top; text-align: left; font-weight: bold; padding-bottom: 0.4em; }
th, td { padding: 0.15em 0.7em; text-align: left; vertical-align: top; font-weight: normal; }
thead th { font-weight: bold; vertical-align: bottom; }
thead tr:last-child th { border-bottom: 0.75pt solid #000; }
th.spanner { border-bottom: 0.5pt solid #000; text-align: center; }
.number { text-align: right; }
td, tbody th { white-space: nowrap; }
.wrapped { white-space: normal; }
tr.section th { font-weight: bold; padding-top: 0.6em; }
tr.total th, tr.total td { font-weight: bold; border-top: 0.5pt solid #000; }
p { max-width: 60em; font-size: 9pt; margin: 0.4em 0; }
footer { font-size: 8pt; color: #595959; margin-top: 1.5em; }
@media print { thead { display: table-header-group; } tr { break-inside: avoid; } }
"""


def _is_number(column: Column) -> bool:
    return column.kind is not ColumnKind.TEXT


def _cells(table: PaperTable, row: TableRow, write: Callable[[str], str]) -> list[str]:
    return [
        write(on_paper(column, cell)) for column, cell in zip(table.columns, row.cells, strict=True)
    ]


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────


def table_markdown(table: PaperTable, *, made_by: str = "") -> str:
    """The table with its caption and notes; groups of columns are said in each heading."""
    lines = [f"**{in_markdown(table.title)}**", "", *table_lines(table)]
    for note in table.notes:
        lines += ["", in_markdown(note)]
    if made_by:
        lines += ["", f"*{in_markdown(made_by)}*"]
    return "\n".join([*lines, ""])


def table_lines(table: PaperTable) -> Iterator[str]:
    """The lines of the table alone, as Markdown."""
    headings = [
        f"{column.group}: {column.heading}" if column.group else column.heading
        for column in table.columns
    ]
    yield _piped(map(in_cell, headings))
    yield "|" + "|".join("--:" if _is_number(column) else "---" for column in table.columns) + "|"
    for row in table.rows:
        if row.look is RowLook.SECTION:
            yield _piped([_bold(in_cell(str(row.cells[0]))), *[""] * (len(headings) - 1)])
            continue
        cells = _cells(table, row, in_cell)
        yield _piped(map(_bold, cells) if row.look is RowLook.TOTAL else cells)


def _bold(text: str) -> str:
    return f"**{text}**" if text else ""


def _piped(cells: Sequence[str] | map[str]) -> str:
    return "| " + " | ".join(cells) + " |"


# ── LaTeX ────────────────────────────────────────────────────────────────────────────────────


def table_latex(table: PaperTable, *, made_by: str = "") -> str:
    """The table to be read in with `\\input`: it breaks over pages and repeats its head."""
    head = [*_spanners(table), rf"{' & '.join(_headings(table))} \\", r"\midrule"]
    count = len(table.columns)
    lines = [
        LATEX_HEAD,
        *([f"% {one_line(made_by)}"] if made_by else []),
        r"\begingroup\footnotesize\setlength{\tabcolsep}{3pt}",
        rf"\begin{{longtable}}{{@{{}}{''.join(_shapes(table))}@{{}}}}",
        rf"\caption{{{_in_latex(table.title)}}}\label{{tab:{table.name.replace('_', '-')}}}\\",
        r"\toprule",
        *head,
        r"\endfirsthead",
        r"\toprule",
        *head,
        r"\endhead",
        r"\bottomrule",
        *(
            rf"\multicolumn{{{count}}}{{@{{}}p{{{TEXT_WIDTH}\linewidth}}@{{}}}}"
            rf"{{\footnotesize {_in_latex(note)}}}\\"
            for note in table.notes
        ),
        r"\endlastfoot",
        *(line for row in table.rows for line in _latex_lines(table, row)),
        r"\end{longtable}",
        r"\endgroup",
    ]
    return "\n".join([*lines, ""])


def _in_latex(text: str) -> str:
    return one_line(text).translate(LATEX)


def _headings(table: PaperTable) -> Iterator[str]:
    """Those of numbers have a word a line: a column is no wider than it must be."""
    for column in table.columns:
        heading = _in_latex(column.heading)
        if _is_number(column) and " " in heading:
            words = r"\\".join(rf"\textbf{{{word}}}" for word in heading.split())
            yield rf"\shortstack[r]{{{words}}}"
        else:
            yield rf"\textbf{{{heading}}}" if heading else ""


def _shapes(table: PaperTable) -> Iterator[str]:
    """Numbers and short text as wide as they are; long text wraps in its share of what is left."""
    wrapped = sum(column.weight for column in table.columns if not _is_number(column))
    narrow = sum(_is_number(column) or not column.weight for column in table.columns)
    room = max(LEAST_ROOM, TEXT_WIDTH - NARROW_WIDTH * narrow)
    for column in table.columns:
        if _is_number(column):
            yield "r"
        elif not column.weight:
            yield "l"
        else:
            width = rf"\dimexpr {room * column.weight / wrapped:.3f}\linewidth-2\tabcolsep\relax"
            yield rf">{{\raggedright\arraybackslash}}p{{{width}}}"


def _spanners(table: PaperTable) -> Iterator[str]:
    if not table.has_groups:
        return
    cells, rules, place = [], [], 1
    for group, width in table.spans():
        cells.append(rf"\multicolumn{{{width}}}{{c}}{{{_in_latex(group)}}}" if group else "")
        if group:
            rules.append(rf"\cmidrule(lr){{{place}-{place + width - 1}}}")
        place += width
    yield rf"{' & '.join(cells)} \\"
    yield "".join(rules)


def _latex_lines(table: PaperTable, row: TableRow) -> Iterator[str]:
    if row.look is RowLook.SECTION:
        text = _in_latex(str(row.cells[0]))
        yield r"\addlinespace"
        yield rf"\multicolumn{{{len(table.columns)}}}{{@{{}}l}}{{\textbf{{{text}}}}}\\"
        return
    cells = _cells(table, row, _in_latex)
    if row.look is RowLook.TOTAL:
        yield r"\midrule"
        cells = [rf"\textbf{{{cell}}}" if cell else "" for cell in cells]
    yield rf"{' & '.join(cells)} \\"


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────


def _in_html(text: str) -> str:
    return escaped_markup(one_line(text))


def table_html(table: PaperTable, *, made_by: str = "") -> str:
    """The table as a page that needs no network: copied from a browser it keeps its look."""
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            f"<title>{_in_html(table.title)}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>",
            *html_table(table),
            *(f'<p dir="auto">{_in_html(note)}</p>' for note in table.notes),
            *([f"<footer>{_in_html(made_by)}</footer>"] if made_by else []),
            "</body>\n</html>\n",
        )
    )


def html_table(table: PaperTable) -> Iterator[str]:
    """The lines of the table alone, for a page that has its style and says its notes."""
    yield f"<table>\n<caption>{_in_html(table.title)}</caption>\n<thead>"
    if table.has_groups:
        spanners = (
            f'<th class="spanner" scope="colgroup" colspan="{width}">{_in_html(group)}</th>'
            if group
            else "<td></td>"
            for group, width in table.spans()
        )
        yield f"<tr>{''.join(spanners)}</tr>"
    headings = (
        f'<th scope="col"{_class(column)}>{_in_html(column.heading)}</th>'
        if column.heading
        else "<td></td>"  # the corner where two fields are crossed is no head
        for column in table.columns
    )
    yield f"<tr>{''.join(headings)}</tr>\n</thead>\n<tbody>"
    yield from (_html_row(table, row) for row in table.rows)
    yield "</tbody>\n</table>"


def _class(column: Column) -> str:
    name = "number" if _is_number(column) else "wrapped" if column.weight else ""
    return f' class="{name}"' if name else ""


def _html_row(table: PaperTable, row: TableRow) -> str:
    if row.look is RowLook.SECTION:
        head = _in_html(str(row.cells[0]))
        width = len(table.columns)
        return f'<tr class="section"><th scope="colgroup" colspan="{width}">{head}</th></tr>'
    first, *cells = _cells(table, row, _in_html)
    rest = (
        f'<td{_class(column)} dir="auto">{cell}</td>'
        for column, cell in zip(table.columns[1:], cells, strict=True)
    )
    look = ' class="total"' if row.look is RowLook.TOTAL else ""
    head = f'<th scope="row"{_class(table.columns[0])} dir="auto">{first}</th>'
    return f"<tr{look}>{head}{''.join(rest)}</tr>"
