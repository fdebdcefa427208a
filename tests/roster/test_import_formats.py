"""Formats of other programs: read right, or refused in a sentence that names them and says how to save what they hold."""

# ruff: noqa: E501  (files as programs write them)

import gzip
import json
import zipfile
from io import BytesIO

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy.io import mmwrite
from scipy.sparse import coo_array
from test_import_forms import same
from test_import_kinds import as_wanted, ties

from commonweal.roster import RosterError, import_files

GRAPH = nx.DiGraph()
GRAPH.add_weighted_edges_from([("Port", "Dock", 0.5), ("Dock", "Inn", 1.0), ("Inn", "Port", 0.25)])
BOTH = "Port>Dock Dock>Port Dock>Inn Inn>Dock Inn>Port Port>Inn"
WEIGHED = "Port>Dock=0.5 Dock>Port=0.5 Dock>Inn=1 Inn>Dock=1 Inn>Port=0.25 Port>Inn=0.25"
TABLE = pd.DataFrame(
    {"source": ["Port", "Dock"], "target": ["Dock", "Inn"], "strength": [0.5, None], "type": ["directed"] * 2}
)
TWO, ARC = [{"id": "p", "label": "Port"}, {"id": "d", "label": "Dock"}], {"source": "p", "target": "d"}


def by(write, *about, **options) -> bytes:
    """What a library writes."""
    file = BytesIO()
    write(*about, file, **options)
    return file.getvalue()


def of(frame: pd.DataFrame, method: str, **options) -> bytes:
    file = BytesIO()
    getattr(frame, method)(file, **options)
    return file.getvalue()


# File name, content, leaders, ties (=strength), words of the notes.
READ: dict[str, tuple[str, str | bytes, str, str, str]] = {
    "an adjacency list of networkx": ("a.adjlist", by(nx.write_adjlist, GRAPH), "Port Dock Inn", BOTH, "a line for each leader: 3 leaders and 3 ties"),
    "an adjacency list by hand": ("a.txt", "a b c d\nb c\nc\nd a\n", "a b c d", "a>b a>c a>d b>a b>c c>a c>b d>a", "a list of neighbours"),
    "an adjacency list with a remark": ("a.adjlist", "# of ours\na b c\nb\nc\n", "a b c", "a>b b>a a>c c>a", "a list of neighbours"),
    "an adjacency list, a line for each tie": ("a.txt", by(nx.write_multiline_adjlist, GRAPH), "Port Dock Inn", WEIGHED, "a line for each tie"),
    "a list of weights of networkx": ("a.edgelist", by(nx.write_weighted_edgelist, GRAPH), "Port Dock Inn", WEIGHED, "no headings"),
    "LGL": ("a.lgl", "# Port\nDock 0.5\nInn 0.25\n# Dock\nInn 1\n# Bay\n", "Port Dock Inn Bay", WEIGHED, ""),
    "LGL under another name": ("a.txt", "# Port\nDock\n# Inn\nPort\n", "Port Dock Inn", "Port>Dock Dock>Port Inn>Port Port>Inn", ""),
    "SIF": ("a.sif", "Port funds Dock\nDock advises Inn Bay\nHill\n", "Port Dock Inn Bay Hill", "Port>Dock Dock>Port Dock>Inn Inn>Dock Dock>Bay Bay>Dock", "ignored: 'interaction'"),
    "SIF with blanks in names": ("a.sif", "Old Port\tfunds\tDock\n", "Old Port;Dock", "Old Port>Dock;Dock>Old Port", ""),
    "SIF of rivals": ("a.sif", "Port rival Dock\nDock advises Port\n", "Port Dock", "Dock>Port", "1 row of what sets leaders apart, as 'interaction' says"),
    "TGF": ("a.tgf", "1 Old Port\n2 Dock\n#\n1 2 meets\n", "Old Port;Dock", "1>2;2>1", "'label' as name"),
    "Matrix Market": ("a.mtx", by(lambda m, file: mmwrite(file, m), coo_array(np.array([[0, 0.5], [0, 0]]))), "1 2", "1>2=0.5", "no names, so leaders are called by their numbers, from 1"),
    "Matrix Market, symmetric": ("a.mtx", "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 2\n2 1\n3 2\n", "1 2 3", "1>2 2>1 2>3 3>2", ""),
    "Matrix Market of all cells": ("a.mtx", "%%MatrixMarket matrix array integer general\n% of ours\n2 2\n0\n1\n0\n0\n", "1 2", "2>1", ""),
    "LEDA, directed": ("a.lgr", "LEDA.GRAPH\nstring\nint\n-1\n3\n|{Port}|\n|{Dock}|\n|{Inn}|\n2\n1 2 0 |{1}|\n2 3 0 |{2}|\n", "Port Dock Inn", "Port>Dock=0.5 Dock>Inn=1", ""),
    "LEDA, undirected": ("a.gw", "LEDA.GRAPH\nstring\nvoid\n-2\n2\n|{Port}|\n|{Dock}|\n1\n1 2 0 |{}|\n", "Port Dock", "Port>Dock Dock>Port", ""),
    "graph6": ("a.g6", nx.to_graph6_bytes(nx.path_graph(3), header=False), "0 1 2", "0>1 1>0 1>2 2>1", "numbers, from 0"),
    "graph6 with its heading": ("a.txt", nx.to_graph6_bytes(nx.path_graph(3)), "0 1 2", "0>1 1>0 1>2 2>1", ""),
    "sparse6": ("a.s6", nx.to_sparse6_bytes(nx.path_graph(3)), "0 1 2", "0>1 1>0 1>2 2>1", ""),
    "GDF": ("a.gdf", "nodedef>name VARCHAR,label VARCHAR\nn1,Port\nn2,'Dock, old'\nedgedef>node1 VARCHAR,node2 VARCHAR,weight DOUBLE,directed BOOLEAN\nn1,n2,0.5,true\n", "Port;Dock, old", "n1>n2=0.5;", ""),
    "GDF without a direction": ("a.gdf", 'nodedef> name\nPort\n"Dock, old"\nedgedef> node1,node2\nPort,"Dock, old"\n', "Port;Dock, old", "Port>Dock, old;Dock, old>Port", "1 row mirrored"),
    "VNA": ("a.vna", '*Node data\nID, sector\nPort, trade\n"Old Dock" craft\n*Node properties\nID x y\nPort 1 2\n*Tie data\nFrom To Strength\nPort "Old Dock" 1\n', "Port;Old Dock", "Port>Old Dock;Old Dock>Port", "1 part on how it is drawn ignored"),
    "VNA of two relations": ("a.vna", "*node data\nid\na\nb\n*tie data\nfrom to advice conflict\na b 1 0\nb a 0 1\n", "a b", "a>b b>a", "'advice' was read, not 'conflict'"),
    "VNA of ties alone": ("a.vna", "*tie data\nfrom to\na b\nb a\nb c\n", "a b c", "a>b b>a b>c c>b", ""),
    "Parquet": ("a.parquet", of(TABLE, "to_parquet"), "Port Dock Inn", "Port>Dock=0.5 Dock>Inn", "read as a Parquet table"),
    "Stata": ("a.dta", of(TABLE, "to_stata", write_index=False), "Port Dock Inn", "Port>Dock=0.5 Dock>Inn", "read as a data set of Stata"),
    "Stata with words for values": ("a.dta", of(TABLE.assign(trust=pd.Categorical(["high", "low"])), "to_stata", write_index=False, version=118), "Port Dock Inn", "Port>Dock=0.5 Dock>Inn", "trust: answers in words"),
    "JSON of vertices and arcs": ("a.json", json.dumps({"vertices": TWO, "arcs": [{"from": "p", "to": "d"}]}), "Port Dock", "p>d d>p", ""),
    "JSON of people and relationships": ("a.json", json.dumps({"people": [{"name": "Port"}, {"name": "Dock"}], "relationships": [{"person1": "Port", "person2": "Dock"}]}), "Port Dock", "Port>Dock Dock>Port", ""),
    "JSON of members, as sumApp has them": ("a.json", json.dumps({"members": [{"id": 1, "name": "Port"}, {"id": 2, "name": "Dock"}], "connections": [{"from": 1, "to": 2, "strength": 3}, {"from": 2, "to": 1, "strength": 6}]}), "Port Dock", "1>2=0.5 2>1=1", ""),
    "JSON of Neo4j": ("a.json", json.dumps({"nodes": [{"id": "1", "labels": ["Org"], "properties": {"name": "Port"}}, {"id": "2", "properties": {"name": "Dock"}}], "relationships": [{"id": "9", "type": "WORKS", "startNode": "1", "endNode": "2"}]}), "Port Dock", "1>2", ""),
    "JSON one level further in": ("a.json", json.dumps({"data": {"nodes": TWO, "edges": [ARC]}}), "Port Dock", "p>d d>p", ""),
    "JSON Graph, several of them": ("a.json", json.dumps({"graphs": [{"directed": True, "nodes": {"p": {"label": "Port"}, "d": {"label": "Dock"}}, "edges": [{**ARC, "metadata": {"weight": 2}}]}, {}]}), "Port Dock", "p>d=1", "of 2 graphs the first was read"),
    "JSON of vis.js": ("a.json", json.dumps({"nodes": TWO, "edges": [{"from": "p", "to": "d", "arrows": "from"}]}), "Port Dock", "d>p", ""),
    "JSON of names and their neighbours": ("a.json", json.dumps({"Port": ["Dock", "Inn"], "Dock": ["Inn"], "Inn": []}), "Port Dock Inn", "Port>Dock Dock>Port Port>Inn Inn>Port Dock>Inn Inn>Dock", ""),
    "JSON of names and weights": ("a.json", json.dumps(nx.to_dict_of_dicts(GRAPH)), "Port Dock Inn", WEIGHED, ""),
    "JSON of pairs": ("a.json", '[["Port", "Dock"], ["Dock", "Inn"]]', "Port Dock Inn", "Port>Dock Dock>Port Dock>Inn Inn>Dock", ""),
    "JSON of a square": ("a.json", "[[0, 1, 0], [0, 0, 1], [1, 0, 0]]", "1 2 3", "1>2 2>3 3>1", "a square of numbers"),
    "cyjs": ("a.cyjs", json.dumps({"format_version": "1.0", "elements": {"nodes": [{"data": {"id": "7", "name": "Port"}}, {"data": {"id": "8", "name": "Dock"}}], "edges": [{"data": {"id": "9", "source": "7", "target": "8"}}]}}), "Port Dock", "7>8 8>7", ""),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_read(bring, kind):
    name, content, *wanted = READ[kind]
    files = {name.replace(".", "__"): content}
    done = bring(**files)
    as_wanted(done, *wanted)
    if done.draft:
        assert same(done.roster, bring(mapping=done.draft, **files).roster)


def zipped(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "")
    return out.getvalue()


LATE = b"\0" * 300
EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + LATE
REFUSED: dict[str, tuple[bytes, str]] = {
    "a.pdf": (b"%PDF-1.7\n%\xe2\xe3", "this is a PDF, which is not read; ask for the file that it was made from"),
    "a.sav": (b"$FL2@(#) SPSS DATA FILE" + LATE, "a data set of SPSS, which is not read; in SPSS choose File, Save As"),
    "a.por": (b"ASCII SPSS PORT FILE" + LATE, "a data set of SPSS"),
    "a.sas7bdat": (b"\0" * 12 + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf" + LATE, "a data set of SAS, which is not read; PROC EXPORT"),
    "a.rds": (gzip.compress(b"X\n\0\0\0\3\0\4"), "a file of R, which is not read; write.csv(x, "),
    "a.RData": (gzip.compress(b"RDX3\nX\n\0\0"), "a file of R, which is not read; write.csv(x, "),
    "a.csv.gz": (gzip.compress(b"id\na\nb\n"), "this is packed (gzip), not text; unpack it first"),
    "a.sqlite": (b"SQLite format 3\0" + LATE, "a database (SQLite), which is not read"),
    "a.pkl": (b"\x80\x04\x95\x00" + LATE, "a pickle of Python, which is not read; save the table with to_csv"),
    "a.npy": (b"\x93NUMPY\x01\x00" + LATE, "an array of numpy, which is not read; numpy.savetxt"),
    "a.mat": (b"MATLAB 5.0 MAT-file" + LATE, "a file of MATLAB or HDF5"),
    "a.png": (b"\x89PNG\r\n\x1a\n" + LATE, "a picture, which is not read; give the table that it shows"),
    "a.rtf": (b"{\\rtf1\\ansi Port}", "a document (RTF), which is not read; copy its table"),
    "a.##h": (b"\xff\xff\x02\x00DATE:" + LATE, "a data set of UCINET (##h), which is not read; in UCINET choose Data, Export, DL"),
    "a.xls": (EXCEL, "an old workbook, or one with a password; save it as .xlsx without one"),
    "a.doc": (EXCEL + "WordDocument".encode("utf-16-le"), "a document of Word, which is not read; copy its table"),
    "locked.xlsx": (EXCEL + "EncryptedPackage".encode("utf-16-le"), "this is a workbook with a password; save it without one"),
    "a.ods": (zipped("mimetype", "content.xml"), "of OpenOffice or LibreOffice, which is not read; open it there, choose File, Save As"),
    "a.xlsb": (zipped("xl/workbook.bin"), "a binary workbook of Excel (.xlsb), which is not read; in Excel choose"),
    "a.docx": (zipped("[Content_Types].xml", "word/document.xml"), "a document of Word, which is not read"),
    "a.pptx": (zipped("ppt/presentation.xml"), "a set of slides of PowerPoint"),
    "a.numbers": (zipped("Index/Document.iwa"), "a document of Numbers or Pages, which is not read; in Numbers choose File, Export To, Excel"),
    "a.cys": (zipped("CytoscapeSession-1/session.xml"), "a session of Cytoscape, which is not read; choose File, Export"),
    "a.gephi": (zipped("Project_xml"), "a project of Gephi, which is not read; choose File, Export"),
    "a.zip": (zipped("leaders.csv"), "this is a zip file, not a workbook; unpack it first"),
    "a.dot": (b"/* of ours */ digraph G {\n a -> b;\n}\n", "Graphviz DOT, which is not read; gv2gml NETWORK.dot -o NETWORK.gml"),
    "a.gv": (b"graph { a -- b -- c; }\n", "Graphviz DOT"),
    "a.mmd": (b"graph TD\n A --> B\n", "a diagram (Mermaid), which is not read; write who is tied to whom as a CSV"),
    "a.ttl": (b"@prefix foaf: <http://x.org/> .\n:a foaf:knows :b .\n", "this is RDF"),
    "a.cypher": (b"CREATE (a:Org {name: 'Port'})\n", "a script (Cypher)"),
    "a.yaml": (b"nodes:\n  - id: a\n  - id: b\n", "this is YAML, which is not read; write the same as JSON"),
    "a.ipynb": (b'{"cells": [], "nbformat": 4}', "a notebook"),
    "a.geojson": (b'{"type": "FeatureCollection", "features": []}', "a map (GeoJSON)"),
    "a.fods": (b'<?xml version="1.0"?><office:document xmlns:office="x"/>', "a spreadsheet of LibreOffice; save it as .xlsx"),
    "a.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "it is a drawing (SVG)"),
    "a.dta": (b"<stata_dta><header>" + LATE, "a data set of Stata that is damaged"),
    "a.parquet": (b"PAR1" + LATE, "a Parquet table that is damaged"),
    "a.mtx": (b"%%MatrixMarket matrix coordinate real general\n2 3 1\n1 3 1\n", "of 2 rows and 3 columns; give a square matrix, whole, of"),
    "vast.mtx": (b"%%MatrixMarket matrix coordinate real general\n900000000 900000000 1\n1 3 1\n", "give a square matrix, whole, of up to 1,000,000 leaders"),
    "dense.mtx": (b"%%MatrixMarket matrix array real general\n20000 20000\n1\n", "of 20,000 rows and 20,000 columns"),
    "vast.s6": (b":~~??????A\n", "it has over 258,047 leaders"),
    "a.feather": (b"ARROW1\0\0" + LATE, "a table of Feather, ORC or Avro, which is not read; in Python save it with to_csv"),
    "short.mtx": (b"%%MatrixMarket matrix coordinate real general\n2 2 9\n1 2 1\n", "it begins as Matrix Market but cannot be read"),
    "a.lgr": (b"LEDA.GRAPH\nstring\n", "it begins as LEDA but cannot be read"),
    "a.sif": (b"Port Dock\nDock funds Inn\n", "line 1: 'Port Dock' is no tie; write a name, a word for the relation, and a name"),
    "a.gdf": (b"nodedef>name VARCHAR\na,b,c\n", "line 2: 3 cells here, but 1 column named above"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_refused(refusal, name):
    content, words = REFUSED[name]
    assert words in (said := refusal(name, content)) and name in said


def test_a_packed_table_is_counted_before_it_is_unpacked(tmp_path, monkeypatch):
    def read(*_):
        raise AssertionError("it was unpacked")

    monkeypatch.setattr("pyarrow.parquet.ParquetFile.read", read)
    long = pd.DataFrame({"id": np.zeros(6_000_000, dtype=np.int8)})
    (tmp_path / "a.parquet").write_bytes(of(long, "to_parquet"))
    with pytest.raises(RosterError, match="it has over 5,000,000 cells"):
        import_files([tmp_path / "a.parquet"])


def test_the_same_network_in_each(bring):
    """Those that keep names, weights and directions agree bit for bit."""
    frame = pd.DataFrame(
        [(*pair, data["weight"], "directed") for *pair, data in GRAPH.edges(data=True)],
        columns=["source", "target", "strength", "type"],
    )
    forms = {
        "a__parquet": of(frame, "to_parquet"),
        "a__dta": of(frame, "to_stata", write_index=False),
        "a__gml": by(nx.write_gml, GRAPH),
    }
    first, *others = [bring(**{name: content}) for name, content in forms.items()]
    assert all(ties(first) == ties(other) for other in others)
