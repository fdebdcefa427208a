"""UCINET DL: full matrices, edge lists and node lists, with labels before or inside the data."""

import re
from collections import deque
from dataclasses import dataclass, field

from commonweal.roster.describe import counted, quote
from commonweal.roster.errors import Review
from commonweal.roster.found import DIRECTED, UNDIRECTED, Found, Sheet, sheet_of

FORMATS = ("fullmatrix", "edgelist1", "edgelist2", "nodelist1", "nodelist2", "lowerhalf", "upperhalf", "nodelist1b")
HEADER = re.compile(r"\b(nr|nc|nm|n|format|diagonal)\s*=\s*([A-Za-z0-9]+)", re.IGNORECASE)
SPLIT = re.compile(r'"([^"]*)"|([^\s,;]+)')


@dataclass(slots=True)
class _Head:
    """What stands before the data."""

    rows: int = 0
    columns: int = 0
    matrices: int = 1
    format: str = "fullmatrix"
    diagonal: bool = True
    labels: dict[str, list[str]] = field(default_factory=dict)
    embedded: set[str] = field(default_factory=set)


def read_dl(content: str, review: Review) -> Found:
    """The ties of each relation; leaders are the labels, or numbers. Problems: formats unknown, counts that differ."""
    parts = re.split(r"(?im)^[ \t]*data[ \t]*:|\bdata[ \t]*:", content, maxsplit=1)
    if len(parts) < 2:
        review.problem("there is no line 'data:' in it; export it again as DL")
        review.close()
    head = _head(parts[0], review)
    first = parts[0].count("\n") + 1
    if head.format in ("fullmatrix", "lowerhalf", "upperhalf"):
        tables, rows, columns = _matrices(parts[1], head, first, review)
    else:
        tables, rows, columns = _lists(parts[1], head, first, review)
    names = head.labels.get("matrix", [])
    called = [names[at] if at < len(names) else f"relation {at + 1}" for at in range(len(tables))]
    if rows != columns or head.format.endswith("2"):
        sheets = [_two_modes(name, table, rows, columns, review) for name, table in zip(called, tables, strict=True)]
        return Found(sheets, review, "DL")
    people = sheet_of("leaders", [{"id": name} for name in rows], [0] * len(rows), review, "leaders", ("id",))
    both = UNDIRECTED if head.format in ("lowerhalf", "upperhalf") else DIRECTED
    sheets = [people]
    for name, table in zip(called, tables, strict=True):
        bonds = [{"source": i, "target": j, "type": both, "weight": weight} for i, j, weight, _ in table]
        lines = [line for *_, line in table]
        sheets.append(sheet_of(name, bonds, lines, review, "ties", ("source", "target", "type")))
    return Found(sheets, review, "DL")


Ties = list[tuple[str, str, str, int]]
"""source, target, weight, line"""


def _words(text: str) -> list[str]:
    return [quoted or plain for quoted, plain in SPLIT.findall(text)]


def _head(text: str, review: Review) -> _Head:
    head = _Head()
    cut = re.split(r"(?i)\b((?:row |col(?:umn)? |matrix |level )?labels)\b\s*(embedded)?\s*:?", text)
    for name, value in HEADER.findall(cut[0]):
        name, value = name.lower(), value.lower()
        if name == "n":
            head.rows = head.columns = int(value) if value.isdigit() else 0
        elif name in ("nr", "nc", "nm") and value.isdigit():
            setattr(head, {"nr": "rows", "nc": "columns", "nm": "matrices"}[name], int(value))
        elif name == "format":
            head.format = value
        elif name == "diagonal":
            head.diagonal = value != "absent"
    for which, embedded, rest in zip(cut[1::3], cut[2::3], cut[3::3], strict=True):
        kind = {"row labels": "row", "labels": "all", "matrix labels": "matrix", "level labels": "matrix"}
        name = kind.get(which.lower(), "column")
        if embedded:
            head.embedded.add(name)
        else:
            head.labels[name] = rest.splitlines()
    if head.format not in FORMATS:
        review.problem(f"its format is {quote(head.format)}; export it as fullmatrix, edgelist1 or nodelist1")
    if not 0 < head.rows * max(head.columns, 1) <= 10**9 or head.matrices > 100:
        review.problem(
            "it does not say how many leaders there are, or more than can be read; write, for example, dl n=12"
        )
    review.close()
    counts = {"row": head.rows, "column": head.columns, "all": max(head.rows, head.columns), "matrix": head.matrices}
    head.labels = {kind: _labels_in(lines, counts[kind], kind, review) for kind, lines in head.labels.items()}
    return head


def _labels_in(lines: list[str], count: int, kind: str, review: Review) -> list[str]:
    """The labels in some lines: each line is one where that makes as many as there should be, and its words do not."""
    words = [word for line in lines for word in _label_line(line)]
    whole = [line.strip().strip('"') for line in lines if line.strip()]
    if len(words) != count == len(whole):
        return whole
    if len(words) != count:
        noun = {"row": "row", "column": "column", "matrix": "relation"}.get(kind, "leader")
        rest = "numbers stand for the others" if len(words) < count else "the last were ignored"
        review.note(f"it has {counted(len(words), 'label')} for {counted(count, noun)}; {rest}")
    return words


def _label_line(line: str) -> list[str]:
    """Labels of a line: those between commas, else those between blanks."""
    if "," in line and '"' not in line:
        return [part.strip() for part in line.split(",") if part.strip()]
    return _words(line)


def _labels(head: _Head, kind: str, count: int) -> list[str]:
    given = head.labels.get(kind) or head.labels.get("all") or []
    return [given[at] if at < len(given) else str(at + 1) for at in range(count)]


def _matrices(text: str, head: _Head, first: int, review: Review) -> tuple[list[Ties], list[str], list[str]]:
    """Ties of each matrix, names of rows and of columns."""
    words = deque((word, first + at) for at, line in enumerate(text.split("\n")) for word in _words(line))
    rows, columns = _labels(head, "row", head.rows), _labels(head, "column", head.columns)
    tables = []
    for _ in range(head.matrices):
        if {"all", "column"} & head.embedded:
            columns = [word for word, _ in _next(words, head.columns, review)]
        ties: Ties = []
        for row in range(head.rows):
            if {"all", "row"} & head.embedded:
                rows[row] = _next(words, 1, review)[0][0]
            places = _places(head, row)
            cells = _next(words, len(places), review)
            ties += [(rows[row], columns[j], cell, line) for j, (cell, line) in zip(places, cells, strict=True)]
        unknown = sum(cell.lower() in ("", ".", "na") for _, _, cell, _ in ties)
        if unknown:
            review.note(f"{counted(unknown, 'cell')} not known (such as NA) read as none")
        tables.append([tie for tie in ties if _counts(tie[2])])
    if words:
        review.problem(f"{counted(len(words), 'value')} more than its rows and columns hold", words[0][1])
        review.close()
    return tables, rows, columns


def _next(words: deque[tuple[str, int]], count: int, review: Review) -> list[tuple[str, int]]:
    """The next values of the data, with their lines."""
    if len(words) < count:
        review.problem("its data end before its last row is full; a matrix has a value for every row and column")
        review.close()
    return [words.popleft() for _ in range(count)]


def _places(head: _Head, row: int) -> list[int]:
    """The columns that a row of the data has."""
    if head.format == "lowerhalf":
        return [*range(row + head.diagonal)]
    if head.format == "upperhalf":
        return [*range(row + (not head.diagonal), head.columns)]
    return [column for column in range(head.columns) if head.diagonal or column != row]


def _counts(cell: str) -> bool:
    """Whether a cell of a matrix is a tie."""
    try:
        return float(cell) != 0
    except ValueError:
        return cell.lower() not in ("", ".", "na")


def _lists(text: str, head: _Head, first: int, review: Review) -> tuple[list[Ties], list[str], list[str]]:
    embedded = bool(head.embedded)
    rows, columns = _labels(head, "row", head.rows), _labels(head, "column", head.columns)
    two = head.format.endswith("2")
    found: tuple[dict[str, None], dict[str, None]] = ({}, {})
    text = _with_places(text, head.rows, first, review) if head.format == "nodelist1b" else text
    known = ({*rows}, {*columns})

    def name(word: str, line: int, side: int) -> str:
        names = (rows, columns)[side]
        if not embedded and word.isdecimal() and len(word) < 8 and 0 < int(word) <= len(names):
            return names[int(word) - 1]
        if embedded or word in known[side]:
            found[side if two else 0][word] = None
            return word
        review.problem(f"{quote(word)} is no label, and no number up to {len(names)}", line)
        return word

    tables: list[Ties] = [[]]
    for at, line in enumerate(text.split("\n")):
        words, number = _words(line), first + at
        if words == ["!"]:
            tables.append([])
        elif len(words) > 1 and head.format.startswith("edge"):
            weight = words[2] if len(words) > 2 else ""
            tables[-1].append((name(words[0], number, 0), name(words[1], number, 1), weight, number))
        elif words and head.format.startswith("node"):
            source = name(words[0], number, 0)
            tables[-1] += [(source, name(word, number, 1), "", number) for word in words[1:]]
    review.close()
    if embedded:
        rows = [*found[0]]
        columns = [*found[1]] if two else rows
        if len(rows) > head.rows:
            review.problem(f"its data name {len(rows)} leaders, but it says n={head.rows}")
            review.close()
    return tables, rows, columns


def _with_places(text: str, rows: int, first: int, review: Review) -> str:
    """Lists that begin with how many follow, a line for each leader, as lists that begin with the leader's number."""
    lines, place = [], 0
    for at, line in enumerate(text.split("\n")):
        words = _words(line)
        place = 0 if words == ["!"] else place + bool(words)
        if words and words != ["!"]:
            if words[0] != str(len(words) - 1) or place > rows:
                review.problem(f"{quote(words[0])} is not how many follow it, or a line too many", first + at)
            line = " ".join([str(place), *(f'"{word}"' for word in words[1:])])
        lines.append(line)
    review.close()
    return "\n".join(lines)


def _two_modes(name: str, table: Ties, rows: list[str], columns: list[str], review: Review) -> Sheet:
    place = {column: at for at, column in enumerate(columns, 1)}
    cells = {row: [row] + [""] * len(columns) for row in rows}
    for source, target, weight, _ in table:
        cells[source][place[target]] = weight or "1"
    return Sheet(name, ["", *columns], [*cells.values()], [0] * len(rows), review, "two modes")
