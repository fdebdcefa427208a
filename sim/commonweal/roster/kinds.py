"""What kind of file it is: by its content first, by its ending only where content leaves it open."""

import re
from collections.abc import Callable
from pathlib import Path

from commonweal.roster.errors import Review, RosterError
from commonweal.roster.file import SIZE_LIMIT, decode, read_bytes
from commonweal.roster.found import Found
from commonweal.roster.from_csv import read_separated
from commonweal.roster.from_dl import read_dl
from commonweal.roster.from_gexf import read_gexf
from commonweal.roster.from_gml import read_gml
from commonweal.roster.from_graphml import read_graphml
from commonweal.roster.from_json import read_json
from commonweal.roster.from_pajek import read_pajek
from commonweal.roster.from_workbook import OLD, read_workbook
from commonweal.roster.xml import read_xml

BEGINS: tuple[tuple[re.Pattern[str], Callable[[str, Review], Found]], ...] = (
    (re.compile(r"\s*[{]|\s*\[\s*[{\]]"), read_json),
    (re.compile(r"(\s*%[^\n]*\n)*\s*\*(vertices|network)\b", re.IGNORECASE), read_pajek),
    (re.compile(r"\s*dl\b[\s,]*(n|nr|nc|nm|format|labels|row|data)\b", re.IGNORECASE), read_dl),
    (
        re.compile(r"(\s*(#[^\n]*|creator\b[^\n]*|version\b[^\n]*|comment\b[^\n]*)\n)*\s*graph\s*\[", re.IGNORECASE),
        read_gml,
    ),
)
XML = {"graphml": read_graphml, "gexf": read_gexf}
ENDINGS = (
    ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".graphml", ".gexf", ".xml", ".gml", ".net", ".paj", ".dl", ".json",
    ".edgelist",
)  # fmt: skip
"""endings of files that are read; a file may have any"""


def read_file(path: Path, size_limit: int = SIZE_LIMIT) -> Found:
    """What is in a file. Raises RosterError: unreadable, too large, of a kind that is not read, damaged."""
    data = read_bytes(path, size_limit)
    review = Review(path.name)
    if data.startswith(OLD):
        raise RosterError(f"{path.name}: this is an old workbook, or one with a password; save it as .xlsx without one")
    if data.startswith(b"PK"):
        return read_workbook(data, review)
    if _is_xml(data, path):
        root = read_xml(data, path.name)
        if root.tag not in XML:
            place = f"{path.name}, line {root.line}"
            raise RosterError(f"{place}: it is XML but not GraphML; export it as GraphML")
        return XML[root.tag](root, review)
    content = decode(data, review)
    if re.match(r"\s*\*(node|tie) (data|properties)", content, re.IGNORECASE):
        raise RosterError(f"{path.name}: this is VNA, which is not read; save it as UCINET DL or as CSV")
    for pattern, read in BEGINS:
        if pattern.match(content):
            return read(content, review)
    return read_separated(content, review)


def _is_xml(data: bytes, path: Path) -> bool:
    """Whether it begins as XML, in any alphabet, or is called so."""
    start = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    return start.startswith(b"<") or path.suffix.lower() in (".graphml", ".gexf", ".xml")
