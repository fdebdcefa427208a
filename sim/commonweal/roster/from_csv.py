"""Separated values: commas, semicolons, tabs, bars, or the blanks of an edge list."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from commonweal.harmless import uncelled
from commonweal.roster.blocks import apart
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.found import Found, Sheet
from commonweal.roster.grid import headed, is_bare_matrix
from commonweal.roster.roles import known
from commonweal.roster.values import as_number

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blank"}
TRIED = 50
"""rows by which the separator is chosen"""
COLUMNS = 16_384
"""that a table may have, as many as a sheet of a workbook"""


def read_separated(content: str, review: Review) -> Found:
    """The tables of a file, mostly one. Problems: ragged rows, bad quoting, no rows."""
    said = re.match(r"sep=([,;\t|])\r?\n", content)
    delimiter = said[1] if said else _delimiter(content)
    if delimiter != ",":
        review.note(f"its columns are separated by {DELIMITERS[delimiter]}s")
    skipped = content[said.end() :] if said else content
    records = [*_records(skipped, delimiter, review)]
    review.close()
    if (wide := max((len(row) for _, row in records), default=0)) > COLUMNS:
        remedy = "give who is tied to whom as a list, a row each"
        raise RosterError(f"{review.file}: it has {wide:,} columns, and a table has {COLUMNS:,} at most; {remedy}")
    rows = [[uncelled(cell.strip()) for cell in row] for _, row in records]
    lines = [line + bool(said) for line, _ in records]
    name = review.file.rpartition(".")[0] or review.file
    sheets = apart(Sheet(name, [], rows, lines, review, decimal_commas=delimiter != ","))
    for sheet in sheets:
        headed(sheet, f"complete the row, or quote a cell that holds a {DELIMITERS[delimiter]} (decimals: 0.5)")
    review.close()
    return Found(sheets, review)


def _delimiter(content: str) -> str:
    """The separator under which the first line holds most known headings, most rows are as long, cells are most."""

    def score(delimiter: str) -> tuple[int, int, int]:
        read = (each for each in _records(content, delimiter, Review("")) if any(map(str.strip, each[1])))
        rows = [row for _, row in zip(range(TRIED), read, strict=False)]
        widths = [len(row) for _, row in rows] or [0]
        most = max({*widths}, key=widths.count)
        first = rows[0][1] if rows else []
        return sum(map(known, first[:COLUMNS])), widths.count(most) if most > 1 else 0, most

    best = max([each for each in DELIMITERS if each != " "], key=score)
    return " " if (score(best)[2] < 2 or "{" in content) and _is_list_of_pairs(content) else best


def _is_list_of_pairs(content: str) -> bool:
    """Whether blanks part the numbers of a square, or two names (and a weight), some of which stand on both sides."""
    pairs = [words for _, words in _lines_of_words(content)]
    if is_bare_matrix(pairs):
        return True
    alone = [pair for pair in pairs if len(pair) == 1]  # leaders without a tie
    pairs = [pair for pair in pairs if len(pair) > 1]
    if len(pairs) <= len(alone) or not _are_pairs(pairs):
        return False
    return bool({pair[0] for pair in pairs} & {pair[1] for pair in pairs}) or all(map(known, pairs[0]))


def _are_pairs(lines: list[list[str]]) -> bool:
    """Whether all lines have two words, or a number behind them; the first may be headings."""
    rows = lines[all(map(known, lines[0])) :]
    return all(len(line) < 4 for line in lines) and all(
        row[2] in ("+", "-") or as_number(row[2]) is not None for row in rows if len(row) == 3
    )


def _words(text: str) -> list[str]:
    """The words of a line, those in quotes as one; of what networkx writes behind a pair in braces, the weight."""
    pair, _, data = text.partition("{")
    weight = re.search(r"'weight': ([-+.\deE]+)", data)
    words = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', pair)] if '"' in pair else pair.split()
    return words + ([weight[1]] if weight else [])


def _lines_of_words(content: str) -> list[tuple[int, list[str]]]:
    """The words of each line that is no comment, with its number."""
    lines = enumerate(content.splitlines(), 1)
    return [(line, _words(text)) for line, text in lines if text.strip() and not text.startswith("#")]


def _records(content: str, delimiter: str, review: Review) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it begins on; bad quoting is a problem and ends the rows."""
    if delimiter == " ":
        yield from _lines_of_words(content)
        return
    reader = csv.reader(StringIO(content, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error:  # strict quoting, or a cell of over 131,072 characters
        remedy = 'close it, and write "" for a quote inside quotes'
        review.problem(f"a cell of this row does not end, or not where its quote closes; {remedy}", line)
