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
from commonweal.roster.from_lists import TGF, is_lgl, read_lgl, read_sif, read_tgf
from commonweal.roster.from_networkx import (
    is_adjacency,
    is_multiline,
    read_adjacency,
    read_graph6,
    read_leda,
    read_matrix_market,
    read_multiline,
)
from commonweal.roster.from_pajek import read_pajek
from commonweal.roster.from_pandas import reader_of
from commonweal.roster.from_sections import read_gdf, read_vna
from commonweal.roster.from_workbook import read_workbook
from commonweal.roster.not_read import refuse_text
from commonweal.roster.xml import read_xml

BEGINS: tuple[tuple[re.Pattern[str], Callable[[str, Review], Found]], ...] = (
    (re.compile(r"\s*[{]|\s*\[\s*[{\]\[]"), read_json),
    (
        re.compile(r"(\s*%[^\n]*\n)*\s*\*(vertices|network|arcs|edges|arcslist|edgeslist|matrix)\b", re.IGNORECASE),
        read_pajek,
    ),
    (re.compile(r"\s*%%MatrixMarket", re.IGNORECASE), read_matrix_market),
    (re.compile(r"\s*LEDA\.GRAPH"), read_leda),
    (re.compile(r">>(graph6|sparse6)<<"), read_graph6),
    (re.compile(r"\s*nodedef\s*>", re.IGNORECASE), read_gdf),
    (re.compile(r"\s*\*(node|tie) (data|properties)", re.IGNORECASE), read_vna),
    (re.compile(r"\s*dl\b[\s,]*(n|nr|nc|nm|format|labels|row|data)\b", re.IGNORECASE), read_dl),
    (
        re.compile(r"(\s*(#[^\n]*|creator\b[^\n]*|version\b[^\n]*|comment\b[^\n]*)\n)*\s*graph\s*\[", re.IGNORECASE),
        read_gml,
    ),
)
ENDS = {
    ".gml": read_gml, ".net": read_pajek, ".paj": read_pajek, ".json": read_json, ".sif": read_sif, ".lgl": read_lgl,
    ".g6": read_graph6, ".s6": read_graph6, ".adjlist": read_adjacency,
}  # fmt: skip
"""readers by the ending of a file whose beginning tells nothing, so that what is wrong is said of its format"""
XML = {"graphml": read_graphml, "gexf": read_gexf}
LISTS: tuple[tuple[Callable[[str], bool], Callable[[str, Review], Found]], ...] = (
    (lambda content: bool(TGF.match(content)), read_tgf),
    (is_multiline, read_multiline),
    (is_lgl, read_lgl),
    (is_adjacency, read_adjacency),
)
"""lists of ties that are told by all their lines"""
OTHER_XML = {
    "html": ("a web page", "open it in a spreadsheet and save it as .xlsx or CSV"),
    "workbook": ("a workbook of another kind", "save it as .xlsx or as CSV"),
    "graph": ("XGMML", "export it as GraphML"),
    "document": ("a spreadsheet of LibreOffice", "save it as .xlsx or CSV"),
    "document-content": ("a spreadsheet of LibreOffice", "save it as .xlsx or CSV"),
    "opml": ("an outline (OPML)", "write who is tied to whom as a CSV with the columns source,target"),
    "dynamicnetwork": ("a network of ORA", "export it as GraphML or DL"),
    "mxfile": ("a drawing (draw.io)", "write its arrows as a CSV with the columns source,target"),
    "svg": ("a drawing (SVG)", "give the table or the network that it was drawn from"),
}
"""what other XML is, by its outermost element, and what to do"""
ENDINGS = (
    ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".graphml", ".gexf", ".xml", ".gml", ".net", ".paj", ".dl", ".json",
    ".edgelist", ".adjlist", ".sif", ".lgl", ".tgf", ".lgr", ".g6", ".s6", ".mtx", ".gdf", ".vna", ".cyjs", ".dta",
    ".parquet",
)  # fmt: skip
"""endings of files that are read; a file may have any"""


def read_file(path: Path, size_limit: int = SIZE_LIMIT, encoding: str = "") -> Found:
    """What is in a file, of which a text that is no Unicode is in this encoding, or '' to guess.

    Raises RosterError: unreadable, too large, of a kind that is not read, damaged."""
    data = read_bytes(path, size_limit)
    review = Review(path.name)
    if read := reader_of(data):
        return read(data, review)
    if data.startswith(b"PK"):
        return read_workbook(data, review)
    if _is_xml(data, path):
        root = read_xml(data, review, encoding)
        if root.tag not in XML:
            what, remedy = OTHER_XML.get(root.tag.lower(), ("XML but not GraphML", "export it as GraphML"))
            raise RosterError(f"{path.name}, line {root.line}: it is {what}; {remedy}")
        return XML[root.tag](root, review)
    content = decode(data, review, encoding)
    refuse_text(path.name, content)
    for pattern, read in BEGINS:
        if pattern.match(content):
            return read(content, review)
    for fits, read in LISTS:
        if fits(content):
            return read(content, review)
    return ENDS.get(path.suffix.lower(), read_separated)(content, review)


def _is_xml(data: bytes, path: Path) -> bool:
    """Whether it begins as XML, in any alphabet, or is called so."""
    start = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n")
    return start.startswith(b"<") or path.suffix.lower() in (".graphml", ".gexf", ".xml")
