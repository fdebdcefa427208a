"""Texts of a section of nodes and one of ties, each a table: GDF of GUESS, VNA of NetDraw."""

import csv
import re
from collections.abc import Iterator

from commonweal.roster.describe import counted
from commonweal.roster.errors import Review
from commonweal.roster.found import Found, Sheet, sheet_of

GDF = {"name": "id", "node1": "source", "node2": "target"}
"""what GUESS calls our columns"""
Section = tuple[str, list[str], list[list[str]], list[int]]
"""its name, its headings, its rows, and the line of each"""


def read_gdf(content: str, review: Review) -> Found:
    """Nodes and edges. Problems: rows longer than their definition."""
    sections: list[Section] = []
    for line, text in enumerate(content.splitlines(), 1):
        found = re.match(r"\s*(node|edge)def\s*>(.*)", text, re.IGNORECASE)
        if found:
            headings = [each.split()[0] for each in found[2].split(",") if each.strip()]
            headings = [GDF.get(each.lower(), each) for each in headings]
            sections.append((found[1].lower(), headings, [], []))
        elif text.strip() and sections:
            sections[-1][2].append(_words(text, ","))
            sections[-1][3].append(line)
    sheets = [_sheet("nodes" if section[0] == "node" else "edges", section, review) for section in sections]
    review.close()
    return Found(sheets, review)


def read_vna(content: str, review: Review) -> Found:
    """Node data and tie data, of several relations one sheet for each. Problems: rows longer than their headings."""
    sections: list[Section] = []
    for line, text in enumerate(content.splitlines(), 1):
        if text.startswith("*"):
            sections.append((" ".join(text[1:].lower().split()), [], [], []))
        elif text.strip() and sections:
            words = _words(re.sub(r",\s+|\s+|,", " ", text.strip()) if '"' not in text else text.strip(), " ")
            if not sections[-1][1]:
                sections[-1][1].extend(words)
            else:
                sections[-1][2].append(words)
                sections[-1][3].append(line)
    if drawn := [section for section in sections if "properties" in section[0]]:
        review.note(f"{counted(len(drawn), 'part')} on how it is drawn ignored")
    sheets: list[Sheet] = []
    for section in sections:
        if section[0] == "node data":
            sheets.append(_sheet("nodes", (section[0], ["id", *section[1][1:]], *section[2:]), review))
        elif section[0] == "tie data":
            sheets += _relations(section, review)
    review.close()
    return Found(sheets, review)


def _relations(section: Section, review: Review) -> Iterator[Sheet]:
    """A sheet of ties for each column behind the two names."""
    _, headings, rows, lines = section
    for at in range(2, max(3, len(headings))):
        called = headings[at] if at < len(headings) else "edges"
        cells = [[*row[:2], *row[at : at + 1]] for row in rows]
        yield _sheet(called, ("ties", ["source", "target", "weight"][: 2 + (at < len(headings))], cells, lines), review)


def _sheet(name: str, section: Section, review: Review) -> Sheet:
    """A section as a sheet of leaders or of ties."""
    _, headings, rows, lines = section
    for row, line in zip(rows, lines, strict=True):
        if len(row) > len(headings):
            review.problem(
                f"{counted(len(row), 'cell')} here, but {counted(len(headings), 'column')} named above", line
            )
    found = [dict(zip(headings, row, strict=False)) for row in rows]
    leaders = name == "nodes"
    kind, first = ("leaders", ("id",)) if leaders else ("ties", ("source", "target"))
    return sheet_of(name, found, lines, review, kind, first)


def _words(text: str, sign: str) -> list[str]:
    """The cells of a line, those in quotes of either kind as one."""
    quotes = "'" if "'" in text and '"' not in text and re.search(rf"(^|{sign})\s*'", text) else '"'
    return [cell.strip() for cell in next(csv.reader([text], delimiter=sign, quotechar=quotes, skipinitialspace=True))]
