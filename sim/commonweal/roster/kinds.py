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
    (re.compile(r"\s*[{]|\s*\[\s*[{\]\[]"), read_json),
    (
        re.compile(r"(\s*%[^\n]*\n)*\s*\*(vertices|network|arcs|edges|arcslist|edgeslist|matrix)\b", re.IGNORECASE),
        read_pajek,
    ),
    (re.compile(r"\s*dl\b[\s,]*(n|nr|nc|nm|format|labels|row|data)\b", re.IGNORECASE), read_dl),
    (
        re.compile(r"(\s*(#[^\n]*|creator\b[^\n]*|version\b[^\n]*|comment\b[^\n]*)\n)*\s*graph\s*\[", re.IGNORECASE),
        read_gml,
    ),
)
ENDS = {".gml": read_gml, ".net": read_pajek, ".paj": read_pajek, ".json": read_json}
"""readers by the ending of a file whose beginning tells nothing, so that what is wrong is said of its format"""
XML = {"graphml": read_graphml, "gexf": read_gexf}
NOT_READ: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\s*(?:{pattern})", re.IGNORECASE), name)
    for pattern, name in (
        (r"\*(node|tie) (data|properties)", "VNA"),
        (r"(//[^\n]*\n\s*)*(strict\s+)?(di)?graph\b[^\[{\n]*\{", "Graphviz DOT"),
        (r"nodedef\s*>", "GDF"),
        (r">>(graph6|sparse6|digraph6)<<", "graph6"),
        (r"%%MatrixMarket", "a Matrix Market file"),
        (r'\(tlp "', "Tulip"),
        (r"([^\s,;][^\n,;]*\n)+#[ \t]*\n[^\s,;]+[ \t]+[^\s,;]+", "TGF"),
        (r'\[\s*\{\s*"(CXVersion|numberVerification)"', "CX"),
    )
)
"""formats that are known by their beginnings, and told from bad tables"""
OTHER_XML = {
    "html": ("a web page", "open it in a spreadsheet and save it as .xlsx or CSV"),
    "workbook": ("a workbook of another kind", "save it as .xlsx or as CSV"),
    "graph": ("XGMML", "export it as GraphML"),
}
"""what other XML is, by its outermost element, and what to do"""
ENDINGS = (
    ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".graphml", ".gexf", ".xml", ".gml", ".net", ".paj", ".dl", ".json",
    ".edgelist",
)  # fmt: skip
"""endings of files that are read; a file may have any"""


def read_file(path: Path, size_limit: int = SIZE_LIMIT, encoding: str = "") -> Found:
    """What is in a file, of which a text that is no Unicode is in this encoding, or '' to guess.

    Raises RosterError: unreadable, too large, of a kind that is not read, damaged."""
    data = read_bytes(path, size_limit)
    review = Review(path.name)
    if data.startswith(OLD):
        raise RosterError(f"{path.name}: this is an old workbook, or one with a password; save it as .xlsx without one")
    if data.startswith(b"PK"):
        return read_workbook(data, review)
    if _is_xml(data, path):
        root = read_xml(data, review, encoding)
        if root.tag not in XML:
            what, remedy = OTHER_XML.get(root.tag.lower(), ("XML but not GraphML", "export it as GraphML"))
            raise RosterError(f"{path.name}, line {root.line}: it is {what}; {remedy}")
        return XML[root.tag](root, review)
    content = decode(data, review, encoding)
    for pattern, name in NOT_READ:
        if pattern.match(content):
            raise RosterError(f"{path.name}: this is {name}, which is not read; save it as GraphML, GML or CSV")
    for pattern, read in BEGINS:
        if pattern.match(content):
            return read(content, review)
    return ENDS.get(path.suffix.lower(), read_separated)(content, review)


def _is_xml(data: bytes, path: Path) -> bool:
    """Whether it begins as XML, in any alphabet, or is called so."""
    start = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    return start.startswith(b"<") or path.suffix.lower() in (".graphml", ".gexf", ".xml")
