"""Each kind of file that people have is read right, and what was done with it is said."""

# ruff: noqa: E501  (files as programs write them)

import json

import pytest
from forms import workbook

from commonweal.roster import Import


def ties(done: Import) -> dict[tuple[str, str], float]:
    roster = done.roster
    pairs = zip(roster.source, roster.target, roster.strength, strict=True)
    return {(roster.ids[i], roster.ids[j]): float(strength) for i, j, strength in pairs}


def said(done: Import) -> str:
    return "\n".join(done.roster.notes)


GML = 'Creator "igraph"\nVersion 1\ngraph\n[\n  directed 0\n{}]\n'
XML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://y">{}</graphml>'
EDGE = '<edge source="n0" target="n1"/>'

# Kind: file name, content, names of the leaders, pairs tied, words of the notes.
KINDS: dict[str, tuple[str, str | bytes, str, str, str]] = {
    "a namespace with a blank": (
        "a.graphml",
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:s="http://s.org/x y ">'
        '<graph edgedefault="directed"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>',
        "a b", "a>b", ""),
    "labels that are only drawn": (
        "a.graphml",
        XML.format('<key for="node" id="d" yfiles.type="nodegraphics"/><key for="edge" id="e"/><graph edgedefault="directed">'
        '<node id="n0"><data key="d"><y:ShapeNode><y:NodeLabel>Fire\n brigade</y:NodeLabel></y:ShapeNode></data></node>'
        '<node id="n1"><data key="d"><y:ShapeNode><y:NodeLabel>Port</y:NodeLabel></y:ShapeNode></data></node>'
        '<edge source="n1" target="n0"><data key="e"><y:PolyLineEdge><y:Arrows source="none" target="standard"/>'
        '</y:PolyLineEdge></data></edge></graph>'),
        "Fire brigade;Port", "Port>Fire brigade;", ""),
    "a tie drawn without arrow heads": (
        "a.graphml",
        XML.format('<key for="edge" id="e"/><graph edgedefault="directed"><node id="a"/><node id="b"/>'
        '<edge source="a" target="b"><data key="e"><y:GenericEdge><y:Arrows source="none" target="none"/></y:GenericEdge>'
        '</data></edge></graph>'),
        "a b", "a>b b>a", "1 tie read by the arrow heads"),
    "one id for a key of nodes and a key of edges": (
        "a.graphml",
        XML.format('<key id="label" for="edge" attr.name="label"/><key id="label" for="node" attr.name="label"/>'
        '<graph edgedefault="directed"><node id="7"><data key="label">Port</data></node><node id="8">'
        '<data key="label">Dock</data></node><edge source="7" target="8"><data key="label">meets</data></edge></graph>'),
        "Port Dock", "7>8", "these edge attributes were ignored: 'label'"),
    "Cytoscape, which declares all for nodes": (
        "a.graphml",
        XML.format('<key id="shared name" for="node" attr.name="shared name"/><key id="weight" for="node" attr.name="weight"/>'
        '<graph edgedefault="directed"><node id="7"><data key="shared name">Port</data></node><node id="8">'
        '<data key="shared name">Dock</data></node><edge source="7" target="8"><data key="weight">.5</data></edge></graph>'),
        "Port Dock", "7>8=0.5", "declared for other elements were read where they stand: 'weight'"),
    "igraph, whose ids are positions": (
        "a.graphml",
        XML.format('<key id="v_name" for="node" attr.name="name"/><graph edgedefault="undirected"><node id="n0">'
        f'<data key="v_name">Port</data></node><node id="n1"><data key="v_name">Dock</data></node>{EDGE}</graph>'),
        "Port Dock", "Port>Dock Dock>Port", ""),
    "SocNetV": (
        "a.graphml",
        XML.format('<key id="d0" for="node" attr.name="id"/><key id="d1" for="node" attr.name="label"/>'
        '<key id="d9" for="edge" attr.name="weight"/><graph edgedefault="directed"><node id="1"><data key="d0">1</data>'
        '<data key="d1">Port</data></node><node id="2"><data key="d0">2</data><data key="d1">Dock</data></node>'
        '<edge source="1" target="2" directed="true"><data key="d9">1</data></edge></graph>'),
        "Port Dock", "1>2", "weight 1, which says nothing"),
    "Gephi's GraphML": (
        "a.graphml",
        XML.format('<key attr.name="label" for="node" id="label"/><key attr.name="Edge Label" for="edge" id="edgelabel"/>'
        '<key attr.name="weight" for="edge" id="weight"/><key attr.name="r" for="node" id="r"/>'
        '<graph edgedefault="undirected"><node id="7"><data key="label">Port</data><data key="r">12</data></node>'
        '<node id="8"><data key="label">Dock</data></node><edge id="0" source="7" target="8"><data key="weight">4</data>'
        '</edge><edge source="8" target="7"><data key="weight">2</data></edge></graph>'),
        "Port Dock", "7>8=1 8>7=0.5", "runs from 2 to 4, and was divided by 4"),
    "GML with drawings, a gap and a comment": (
        "a.gml", "# by hand\n" + GML.format(
        ' node [ id 1 label "Old &#38; new" graphics [ x 1.0 y 2 ] ]\n node [ id 2 label "Port" ]\n'
        ' edge [ source 2 target 1 value 3 ]\n edge [ source 1 target 2 value 6 ]\n'),
        "Old & new;Port", "Old & new>Port=1;Port>Old & new=0.5", "'value' as strength"),
    "GML whose labels do not tell leaders apart": (
        "a.gml", GML.format('node [ id 1 label "x" ] node [ id 2 label "x" ] edge [ source 1 target 2 ]'),
        "x x", "1>2 2>1", ""),
    "GEXF of mixed edges": (
        "a.gexf",
        '<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph defaultedgetype="undirected"><attributes class="node">'
        '<attribute id="0" title="sector" type="string"/></attributes><nodes><node id="1" label="Port"><attvalues>'
        '<attvalue for="0" value="trade"/></attvalues></node><node id="2" label="Dock"/><node id="3" label="Inn"/></nodes>'
        '<edges><edge source="1" target="2" weight="0.5"/><edge source="2" target="3" type="directed" weight="0.25"/></edges>'
        '</graph></gexf>',
        "Port Dock Inn", "1>2=0.5 2>1=0.5 2>3=0.25", ""),
    "GEXF in which leaders come and go": (
        "a.gexf",
        '<gexf><graph mode="dynamic"><nodes><node id="1" start="1999" end="2001"/><node id="2"/></nodes><edges>'
        '<edge source="1" target="2" start="2000"/></edges></graph></gexf>',
        "1 2", "1>2 2>1", "2 nodes and edges are there for some of the time only; times were ignored"),
    "Pajek of arcs, edges and lists": (
        "a.net", '*Network  town \n*Vertices 4\n1 "Old Town" 0.1 0.2 ellipse\n2 Port\n3 "Dock"\n*Arcs\n1 2 2\n*Edges\n2 3 1\n'
        "*Arcslist\n3 1\n*Partition kinds\n*Vertices 4\n1\n1\n2\n2\n",
        "Old Town;Port;Dock;4", "Old Town>Port=1;Port>Dock=0.5;Dock>Port=0.5;Dock>Old Town;", "'*Partition kinds'"),
    "a Pajek project with two networks": (
        "a.paj", '*Network first\n*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2\n*Network second\n*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n2 1\n'
        "*Vector v\n*Vertices 2\n1\n2\n",
        "a b", "a>b", "of 2 tables of ties, 'first' was read, not 'second'"),
    "Pajek of two modes": (
        "a.net", '*Vertices 5 3\n1 "Ann"\n2 "Bob"\n3 "Cleo"\n4 "Board"\n5 "Forum"\n*Edges\n1 4\n2 4\n2 5\n1 5\n3 5\n',
        "Ann Bob Cleo", "Ann>Bob=1 Bob>Ann=1 Ann>Cleo=0.5 Cleo>Ann=0.5 Bob>Cleo=0.5 Cleo>Bob=0.5",
        "3 leaders by 2 things they take part in ('Board', 'Forum')"),
    "DL with labels inside a matrix": (
        "a.dl", "DL N=3 FORMAT=FULLMATRIX\nLABELS EMBEDDED\nDATA:\n  Ann Bob Cleo\nAnn 0 1 0\nBob 1 0 3\nCleo 0 0 0\n",
        "Ann Bob Cleo", "Ann>Bob=0.3333333333333333 Bob>Ann=0.3333333333333333 Bob>Cleo=1", "divided by 3"),
    "DL without labels": (
        "a.dl", "dl n = 3\ndata:\n0 1 1\n1 0 0\n0 0 0\n", "1 2 3", "1>2 1>3 2>1", "weight 1"),
    "DL of node lists": (
        "a.txt", "dl n=3 format=nodelist1\nlabels:\nAnn,Bob,Cleo\ndata:\n1 2 3\n3 1\n",
        "Ann Bob Cleo", "Ann>Bob Ann>Cleo Cleo>Ann", ""),
    "DL of edges with labels in them": (
        "a.dl", "dl n=3, format = edgelist1\nlabels embedded:\ndata:\nAnn Bob 1\nBob Cleo 2\n",
        "Ann Bob Cleo", "Ann>Bob=0.5 Bob>Cleo=1", ""),
    "DL of several relations": (
        "a.dl", "dl n=2 nm=2 format=fullmatrix\nlabels:\nAnn,Bob\nmatrix labels:\nadvice,money\ndata:\n0 1\n0 0\n\n0 0\n1 0\n",
        "Ann Bob", "Ann>Bob", "of 2 tables of ties, 'advice' was read, not 'money'"),
    "DL of two modes": (
        "a.dl", "dl nr=2, nc=2\nrow labels:\nAnn\nBob\ncolumn labels:\nBoard\nForum\ndata:\n1 1\n0 1\n",
        "Ann Bob", "Ann>Bob Bob>Ann", "2 leaders by 2 things"),
    "JSON whose links are positions": (
        "a.json", json.dumps({"nodes": [{"name": "Port"}, {"name": "Dock"}], "links": [{"source": 0, "target": 1, "value": 1}]}),
        "Port Dock", "Port>Dock Dock>Port", "by their places in the list"),
    "JSON of Cytoscape": (
        "a.cyjs", json.dumps({"elements": {"nodes": [{"data": {"id": "7", "name": "Port"}}, {"data": {"id": "8", "name": "Dock"}}],
                                           "edges": [{"data": {"source": "7", "target": "8"}}]}}),
        "Port Dock", "7>8 8>7", "1 row mirrored"),
    "a list of ties alone": (
        "a.csv", "Source,Target\nPort,Dock\nDock,Inn\n", "Port Dock Inn", "Port>Dock Dock>Port Dock>Inn Inn>Dock",
        "so the 3 leaders that ties name were taken"),
    "ties without headings": (
        "a.csv", "Port,Dock\nDock,Inn\n", "Port Dock Inn", "Port>Dock Dock>Port Dock>Inn Inn>Dock", "it has no headings"),
    "ties between blanks": (
        "a.edgelist", "# a comment\n1 2 0.5\n2 3 1.0\n", "1 2 3", "1>2=0.5 2>1=0.5 2>3=1 3>2=1", "separated by blanks"),
    "a matrix of marks": (
        "a.csv", "Organisation,Port,Dock,Inn\nPort,,x,\nDock,x,,x\nInn,,,\n", "Port Dock Inn", "Port>Dock Dock>Port Dock>Inn",
        "read as a matrix: rows attend to columns"),
    "people by committees": (
        "a.csv", "Name,Harbour board,Health forum\nAnn,1,1\nBob,1,0\nCleo,,x\n", "Ann Bob Cleo",
        "Ann>Bob Bob>Ann Ann>Cleo Cleo>Ann", "tied where they share one"),
    "committees by people": (
        "a.csv", "Event,Ann,Bob,Cleo\nBoard,1,1,0\nForum,0,1,x\n", "Ann Bob Cleo", "Ann>Bob Bob>Ann Bob>Cleo Cleo>Bob",
        "3 leaders by 2 things"),
    "columns that end in a partner's name": (
        "a.csv", "Respondent,Q1 Port,Q1 Dock\nPort,,4\nDock,1,\n", "Port Dock", "Port>Dock=1 Dock>Port=0.25",
        "columns about partners"),
    "two organisations and a strength": (
        "a.csv", "Organisation A,Organisation B,Strength of relationship (1-5)\nPort,Dock,4\n", "Port Dock",
        "Port>Dock=0.8 Dock>Port=0.8", "was divided by 5"),
    "people and committees, a row for each": (
        "a.csv", "Person,Committee\nAnn,Board\nBob,Board\nAnn,Forum\nBob,Forum\nCleo,Forum\n", "Ann Bob Cleo",
        "Ann>Bob=1 Bob>Ann=1 Ann>Cleo=0.5 Cleo>Ann=0.5 Bob>Cleo=0.5 Cleo>Bob=0.5", "3 leaders by 2 things"),
    "answers to a survey, a row for each pair": (
        "a.csv", "Respondent,Partner,How often do you meet?,Openness,Reliability,Shared mission,Power and influence\n"
        "Port,Dock,4,1,4,4,2\nDock,Port,2,4,4,4,4\n",
        "Port Dock", "Port>Dock=1 Dock>Port=0.5", "trust is the mean of 'Openness', 'Reliability', 'Shared mission'"),
    "answers to a survey, a column for each partner": (
        "a.csv", "Organisation,How often do you meet? [Port],How often do you meet? [Dock],How much do you trust? [Port],"
        "How much do you trust? [Dock]\nPort,,Weekly,,4\nDock,monthly,,2,\n",
        "Port Dock", "Port>Dock=0.8 Dock>Port=0.6", "columns about partners were read as ties"),
    "Qualtrics": (
        "a.csv", 'Q1,Q2_1,Q2_2\nYour organisation,Contact - Port,Contact - Dock\n"{""ImportId"":""QID1""}","{""ImportId"":""a""}",'
        '"{""ImportId"":""b""}"\nPort,,3\nDock,1,\n',
        "Port Dock", "Port>Dock=1 Dock>Port=0.3333333333333333", "as Qualtrics exports them"),
    "sumApp": (
        "a.xlsx", workbook({"Elements": [["ID", "Label"], [1, "Port"], [2, "Dock"]],
                            "Connections": [["From", "To", "Strength"], [1, 2, 3], [2, 1, 6]]}),
        "Port Dock", "1>2=0.5 2>1=1", ""),
    "a workbook with a first sheet of prose": (
        "a.xlsx", workbook({"Read me": [["Please fill in the next sheets"]], "Nodes": [["id"], ["a"], ["b"]],
                            "Edges": [["Source", "Target"], ["a", "b"]], "Colours": [["red"], ["x"], ["y"]]}),
        "a b", "a>b b>a", "the sheet 'Read me' has a single row"),
}  # fmt: skip


def parts(text: str) -> list[str]:
    """The words of a text, or what stands between semicolons."""
    return [part for part in text.split(";") if part] if ";" in text else text.split()


def as_wanted(done: Import, names: str, pairs: str, words: str) -> None:
    """Leaders, ties (their strength where one is given) and notes are as they should be."""
    assert list(done.roster.names) == parts(names)
    found = ties(done)
    wanted = dict(pair.partition("=")[::2] for pair in parts(pairs))
    assert {f"{i}>{j}" for i, j in found} == wanted.keys()
    for (i, j), strength in found.items():
        assert wanted[f"{i}>{j}"] in ("", f"{strength:g}", repr(strength))
    assert words in said(done)


@pytest.mark.parametrize("kind", KINDS)
def test_kind(bring, kind):
    name, content, *wanted = KINDS[kind]
    as_wanted(bring(**{name.replace(".", "__"): content}), *wanted)
