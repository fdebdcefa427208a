"""Kinds of files that are not read: how each is known, what it is, and how its program saves it in a form that is."""

import re
import zlib

from commonweal.roster.errors import RosterError

AS_TABLE = "copy its table into a spreadsheet, and save that as .xlsx or CSV"
AS_PAIRS = "write who is tied to whom as a CSV with the columns source,target"
AS_GRAPH = "save it as GraphML, GML or CSV"
IN_R = 'write.csv(x, "ties.csv", row.names = FALSE) in R saves a data frame x as a table'
IN_NUMPY = 'numpy.savetxt("ties.csv", x, delimiter=",") in Python saves it as a table'
IN_PYTHON = "save the table with to_csv, or the network with networkx.write_graphml"

Known = tuple[tuple[re.Pattern[str], str, str], ...]
"""how a file begins, what it is, and what to do"""


def _known(*kinds: tuple[str, str, str]) -> Known:
    return tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL), what, remedy) for pattern, what, remedy in kinds)


BINARY = _known(
    (r"%PDF", "a PDF", f"ask for the file that it was made from, or {AS_TABLE}"),
    (r"\$FL[23]@\(#\)|ASCII SPSS PORT", "a data set of SPSS", "in SPSS choose File, Save As, and CSV or Excel"),
    (r".{12}\xc2\xea\x81\x60\xb3\x14\x11\xcf", "a data set of SAS", "PROC EXPORT in SAS saves it as CSV"),
    (r"RD[XAB][23]\n|[XA]\n\0\0\0[\2\3]", "a file of R", IN_R),
    (r"SQLite format 3", "a database (SQLite)", "export its tables as CSV"),
    (r"\x80[\x02-\x05][\x95}\]c(K]", "a pickle of Python", IN_PYTHON),
    (r"\x93NUMPY", "an array of numpy", IN_NUMPY),
    (r"MATLAB 5|\x89HDF", "a file of MATLAB or HDF5", "writematrix(x, 'ties.csv') in MATLAB saves it as a table"),
    (r"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM....\0\0\0\0", "a picture",
     "give the table that it shows, as .xlsx or CSV"),
    (r"\{\\rtf", "a document (RTF)", AS_TABLE),
    (r"ARROW1|FEA1|ORC|Obj\x01", "a table of Feather, ORC or Avro", "in Python save it with to_csv or to_parquet"),
    (r"\xff\xff[\x01-\x09]\0DATE:", "a data set of UCINET (##h)", "in UCINET choose Data, Export, DL"),
)  # fmt: skip
"""by the first bytes, read as Latin-1"""
TEXTS = _known(
    (r"\s*(//[^\n]*\n\s*|/\*.*?\*/\s*|#[^\n]*\n\s*)*(strict\s+)?(di)?graph\b[^\[{\n]*\{", "Graphviz DOT",
     "gv2gml NETWORK.dot -o NETWORK.gml, which comes with Graphviz, makes GML of it"),
    (r'\s*\(tlp "', "Tulip", AS_GRAPH),
    (r'\s*\[\s*\{\s*"(CXVersion|numberVerification)"', "CX",
     "in Cytoscape choose File, Export, Network to File, and GraphML"),
    (r"\s*(%%[^\n]*\n\s*)*(graph|flowchart)\s+(TD|TB|LR|RL|BT)\b", "a diagram (Mermaid)", AS_PAIRS),
    (r"\s*@startuml", "a diagram (PlantUML)", AS_PAIRS),
    (r"\s*(@prefix|@base|PREFIX)\s+\S*\s*<", "RDF", AS_PAIRS),
    (r"\s*(CREATE|MERGE|MATCH)\s*\(", "a script (Cypher)", "export nodes and relationships as CSV"),
    (r"\s*(CREATE TABLE|INSERT INTO|-- MySQL|-- PostgreSQL)", "a script (SQL)", "export its tables as CSV"),
    (r'\s*\{.{0,2000}"nbformat"', "a notebook", IN_PYTHON),
    (r'\s*\{\s*"type"\s*:\s*"(FeatureCollection|Topology)"', "a map (GeoJSON)", "save its table of properties as CSV"),
    (r"\s*(---\s*\n)?\s*(nodes|edges|links|elements|leaders|ties):\s*\n\s*-\s", "YAML",
     "write the same as JSON, or as CSV"),
)  # fmt: skip
"""by how a text begins"""
PARTS = _known(
    (r"^mimetype.*\.(ods|fods)|^mimetype", "a spreadsheet or document of OpenOffice or LibreOffice",
     "open it there, choose File, Save As, and Excel 2007-365 (.xlsx)"),
    (r"xl/workbook\.bin", "a binary workbook of Excel (.xlsb)",
     "in Excel choose File, Save As, and Excel Workbook (.xlsx)"),
    (r"word/document\.xml", "a document of Word", AS_TABLE),
    (r"ppt/presentation\.xml", "a set of slides of PowerPoint", AS_TABLE),
    (r"Index/Document\.iwa|Index\.zip", "a document of Numbers or Pages", "in Numbers choose File, Export To, Excel"),
    (r"session.*\.xml|CytoscapeSession", "a session of Cytoscape", "choose File, Export, Network to File, and GraphML"),
    (r"Project_xml|Workspace_.*_xml", "a project of Gephi", "choose File, Export, Graph file, and GEXF or GraphML"),
    (r"\.npy\b", "a set of arrays of numpy", IN_NUMPY),
)  # fmt: skip
"""by the names of the parts of a zip file"""
WORD, LOCKED = "WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
OLD = b"\xd0\xcf\x11\xe0"
"""how files of Office before 2007 begin, and those with a password"""


def refuse_binary(file: str, data: bytes) -> None:
    """Raise RosterError for a file of another program that its first bytes tell, packed or not."""
    if data.startswith(OLD):
        raise RosterError(f"{file}: this is {_old(data)}")
    start = _unpacked(data) if data.startswith(b"\x1f\x8b") else data[:4000]
    _refuse(file, start.decode("latin-1"), BINARY)


def refuse_text(file: str, content: str) -> None:
    """Raise RosterError for a text of a format that its beginning tells, and that is not read."""
    _refuse(file, content[:20_000], TEXTS)


def refuse_parts(file: str, names: list[str]) -> None:
    """Raise RosterError for a zip file that is no workbook."""
    _refuse(file, "\n".join(names), PARTS, anywhere=True)
    raise RosterError(f"{file}: this is a zip file, not a workbook; unpack it first")


def _refuse(file: str, start: str, kinds: Known, anywhere: bool = False) -> None:
    for pattern, what, remedy in kinds:
        if pattern.search(start) if anywhere else pattern.match(start):
            raise RosterError(f"{file}: this is {what}, which is not read; {remedy}")


def _old(data: bytes) -> str:
    if WORD in data:
        return f"a document of Word, which is not read; {AS_TABLE}"
    if LOCKED in data:
        return "a workbook with a password; save it without one"
    return "an old workbook, or one with a password; save it as .xlsx without one"


def _unpacked(data: bytes) -> bytes:
    """The first bytes of what gzip packed, as R does with all its files."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data[:4000], 200)
    except zlib.error:
        return b""
