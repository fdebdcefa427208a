"""More inputs of the kinds that once failed, in the form of `cases`: what other programs, hands and tongues make of them."""

# ruff: noqa: E501  (files as programs write them)

import json
from datetime import date
from io import BytesIO

import openpyxl
from forms import workbook

XML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">{}</graphml>'
PAIR = (
    '<graph edgedefault="directed"><node id="mayor"/><node id="clinic"/><edge source="mayor" target="clinic"/></graph>'
)
DECLARED = '<?xml version="1.0" encoding="{}"?>' + XML.format(PAIR)
YED = '<key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d10" yfiles.type="edgegraphics"/>'


def shape(key: str, *labels: str) -> str:
    drawn = "".join(f"<y:NodeLabel>{label}</y:NodeLabel>" for label in labels)
    return f'<node id="{key}"><data key="d6"><y:GenericNode>{drawn}</y:GenericNode></data></node>'


def folder(label: str, closed: str, inside: str, active: int = 0) -> str:
    """A group of yEd, with a label for when it is open and one for when it is not."""
    both = "".join(f"<y:GroupNode><y:NodeLabel>{each}</y:NodeLabel></y:GroupNode>" for each in (label, closed))
    frame = f'<y:ProxyAutoBoundsNode><y:Realizers active="{active}">{both}</y:Realizers></y:ProxyAutoBoundsNode>'
    return f'<node id="n9"><data key="d6">{frame}</data><graph edgedefault="directed">{inside}</graph></node>'


def edge(source: str, target: str) -> str:
    return f'<edge source="{source}" target="{target}"/>'


def directed(inside: str) -> str:
    return XML.format(f'{YED}<graph edgedefault="directed">{inside}</graph>')


def keyed(keys: str, first: str, second: str, of_edge: str = "", of_graph: str = "") -> str:
    nodes = f'<node id="62">{first}</node><node id="63">{second}</node><edge source="62" target="63">{of_edge}</edge>'
    return XML.format(f'{keys}<graph edgedefault="directed">{of_graph}{nodes}</graph>')


def gexf(inside: str, kind: str = "directed") -> str:
    return f'<gexf><graph defaultedgetype="{kind}">{inside}</graph></gexf>'


TWO = '<nodes><node id="1" label="Mayor"/><node id="2" label="Clinic"/></nodes>'

# Case: files by name, names of the leaders, pairs tied (with their strength), words of the notes.
NETWORKS: dict[str, tuple[dict[str, str | bytes], str, str, str]] = {
    "C1 a coding of several bytes a letter": (
        {"a.graphml": DECLARED.format("Shift_JIS").replace("mayor", "市長").encode("shift_jis")}, "市長 clinic", "市長>clinic", ""),
    "C1 a coding that it does not have": (
        {"a.graphml": DECLARED.format("UTF-8").replace("mayor", "Bürgerin").encode("cp1252")}, "Bürgerin clinic", "Bürgerin>clinic",
        "it is not UTF-8, though it says so"),
    "C1 saved as UTF-16, declared as UTF-8": ({"a.graphml": DECLARED.format("UTF-8").encode("utf-16")}, "mayor clinic", "mayor>clinic", ""),
    "C1 empty lines before the declaration": ({"a.graphml": "\n\n" + DECLARED.format("UTF-8")}, "mayor clinic", "mayor>clinic", ""),
    "C1 a prefix that nobody declares": (
        {"a.graphml": XML.format(PAIR.replace('<node id="mayor"/>', '<node id="mayor"><viz:size value="2"/></node>'))},
        "mayor clinic", "mayor>clinic", ""),
    "C1 a line break in a namespace": (
        {"a.graphml": XML.format(PAIR).replace("xmlns:y=", 'xmlns:s="http://s.org/a&#10;b" xmlns:y=')}, "mayor clinic", "mayor>clinic", ""),
    "C2 a folder, of which the label that is shown counts": (
        {"a.graphml": directed(folder("Hall", "Closed", shape("n9::n0", "Mayor")) + shape("n1", "Clinic") + edge("n9::n0", "n1"))},
        "Mayor Clinic", "Mayor>Clinic", "left out, with what they mean: 'Hall'"),
    "C2 a folder that is tied itself": (
        {"a.graphml": directed(folder("Open", "Hall", shape("n9::n0", "Mayor"), 1) + shape("n1", "Clinic") + edge("n9", "n1"))},
        "Hall Mayor Clinic", "Hall>Clinic", "drawn around others but tied itself, and so a leader like them: 'Hall'"),
    "C2 a second label": (
        {"a.graphml": directed(shape("n0", "Mayor", "since 2019") + shape("n1", "Clinic") + edge("n0", "n1"))},
        "Mayor Clinic", "Mayor>Clinic", "these node attributes were ignored: 'drawn label (2)'"),
    "C2 a label in HTML": (
        {"a.graphml": directed(shape("n0", "&lt;html&gt;&lt;b&gt;Town&lt;/b&gt;&lt;br&gt;hall&lt;/html&gt;") + shape("n1", "Clinic") + edge("n0", "n1"))},
        "Town hall;Clinic", "Town hall>Clinic;", ""),
    "C2 a name in an attribute for one, drawn for the other": (
        {"a.graphml": XML.format(f'{YED}<key id="k" for="node" attr.name="label"/><graph edgedefault="directed">'
         f'<node id="a"><data key="k">Mayor</data></node>{shape("b", "Clinic")}{edge("a", "b")}</graph>')},
        "Mayor Clinic", "a>b", "'label' as name"),
    "C2 labels in small letters, with an attribute for text": (
        {"a.graphml": XML.format('<key for="node" id="d1"/><graph edgedefault="directed"><node id="n0"><data key="d1"><v:s><v:label>'
         '<v:text>Mayor</v:text></v:label></v:s></data></node><node id="n1"><data key="d1"><v:s><v:label text="Clinic"/></v:s></data>'
         '</node><edge source="n0" target="n1"/></graph>')}, "Mayor Clinic", "Mayor>Clinic", ""),
    "C3 a key for the graph and one for nodes share an id": (
        {"a.graphml": keyed('<key id="n" for="graph" attr.name="title"/><key id="n" for="node" attr.name="name"/>', '<data key="n">Mayor</data>',
         '<data key="n">Clinic</data>', of_graph='<data key="n">Our town</data>')},
        "Mayor Clinic", "62>63", "what it says of the network as a whole was ignored: 'title'"),
    "C3 a key without the name of an attribute": (
        {"a.graphml": keyed('<key id="name" for="node"/>', '<data key="name">Mayor</data>', '<data key="name">Clinic</data>')},
        "Mayor Clinic", "62>63", ""),
    "C3 one name under two keys, both used": (
        {"a.graphml": keyed('<key attr.name="name" for="node" id="k"/><key attr.name="name" for="node" id="l"/>',
         '<data key="k">Mayor</data><data key="l">Ann</data>', '<data key="l">Clinic</data>')},
        "Mayor Clinic", "62>63", "these node attributes were ignored: 'name (2)'"),
    "C3 a default for all kinds of elements": (
        {"a.graphml": keyed('<key attr.name="weight" id="w"><default>0.25</default></key>', "", "")}, "62 63", "62>63=0.25",
        "these node attributes were ignored: 'weight'"),
    "C4 directed, with a capital": (
        {"a.graphml": XML.format(PAIR.replace("directed", "Directed"))}, "mayor clinic", "mayor>clinic", ""),
    "C4 GEXF with capitals": (
        {"a.gexf": gexf(TWO + '<edges><edge source="1" target="2" type="Directed"/></edges>')}, "Mayor Clinic", "1>2", ""),
    "C4 GML that says true": (
        {"a.gml": 'graph [ directed true node [ id 0 label "a" ] node [ id 1 label "b" ] edge [ source 0 target 1 ] ]'}, "a b", "a>b", ""),
    "C4 JSON that says it in quotes": (
        {"a.json": '{"directed": "true", "nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": "a", "target": "b"}]}'}, "a b", "a>b", ""),
    "C4 graphology, one edge of which goes both ways": (
        {"a.json": json.dumps({"options": {"type": "directed"}, "nodes": [{"key": "a"}, {"key": "b"}, {"key": "c"}],
                               "edges": [{"source": "a", "target": "b"}, {"source": "b", "target": "c", "undirected": True}]})},
        "a b c", "a>b b>c c>b", ""),
    "C13 GML with other capitals": (
        {"a.gml": 'Graph [ Node [ ID 0 LABEL "Mayor" ] Node [ ID 1 LABEL "Clinic" ] Edge [ SOURCE 0 TARGET 1 ] ]'},
        "Mayor Clinic", "Mayor>Clinic Clinic>Mayor", ""),
    "C13 GML after some words": (
        {"a.gml": 'This file was made by hand\ngraph [ directed 1 node [ id 0 label "a" ] node [ id 1 label "b" ] edge [ source 0 target 1 ] ]'},
        "a b", "a>b", ""),
    "C13 GML with a key twice, and a frame": (
        {"a.gml": 'graph [ directed 1 node [ id 0 label "a" tags "x" tags "y" ] node [ id 1 label "b" gid 2 ] node [ id 2 label "Hall" isGroup 1 ] '
         "edge [ source 0 target 1 ] ]"}, "a b", "a>b", "1 frame drawn around leaders left out, with what they mean: 'Hall'"),
    "C13 GEXF with an attribute called as the program's own": (
        {"a.gexf": gexf('<attributes class="edge"><attribute id="0" title="weight" type="float"/></attributes>' + TWO +
         '<edges><edge source="1" target="2" weight="0.5"><attvalues><attvalue for="0" value="9"/></attvalues></edge></edges>')},
        "Mayor Clinic", "1>2=0.5", "these edge attributes were ignored: 'weight (data)'"),
    "C13 GEXF with two attributes of one title": (
        {"a.gexf": gexf('<attributes class="node"><attribute id="0" title="tag"/><attribute id="1" title="tag"/></attributes><nodes><node id="1">'
         '<attvalues><attvalue for="0" value="x"/><attvalue for="1" value="y"/></attvalues></node><node id="2"/></nodes>')},
        "1 2", "", "these node attributes were ignored: 'tag', 'tag (2)'"),
    "C13 GEXF with a hierarchy": (
        {"a.gexf": gexf('<nodes><node id="0" label="Hall"><nodes><node id="1" label="Mayor"/></nodes></node><node id="2" label="Clinic"/></nodes>'
         '<edges><edge source="1" target="2"/></edges>')}, "Mayor Clinic", "1>2", "1 frame drawn around leaders left out"),
    "C13 Pajek with tabs": ({"a.net": '*Vertices\t2\n1\t"a"\n2\t"b"\n*Arcs\n1\t2\t1\n'}, "a b", "a>b", ""),
    "C13 Pajek with places in the place of labels": (
        {"a.net": "*Vertices 2\n1 0.1 0.2 0.5\n2 0.3 0.2 0.5\n*Arcs\n1 2\n"}, "1 2", "1>2", ""),
    "C13 Pajek over time, with labels at arcs": (
        {"a.net": '*Vertices 2\n1 "a" [1-3]\n2 "b"\n*Arcs\n1 2 1 [1-2] l "advice"\n'}, "a b", "a>b",
        "2 lines with times, which were ignored, and all were read as if at one moment"),
    "C13 Pajek, whose only relation has a name": (
        {"a.net": '*Vertices 2\n1 "a"\n2 "b"\n*Arcs :1 "advice"\n1 2\n*Network more\n*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n2 1\n'}, "a b", "a>b",
        "of 2 tables of ties, 'advice' was read, not 'more'"),
    "C13 DL with a label of several words a line": (
        {"a.dl": "dl n=3\nlabels:\nOld Town\nMayor\nClinic\ndata:\n0 1 0\n1 0 1\n0 1 0\n"}, "Old Town;Mayor;Clinic",
        "Old Town>Mayor;Mayor>Old Town;Mayor>Clinic;Clinic>Mayor", ""),
    "C13 DL with fewer labels than leaders": (
        {"a.dl": "dl n=3\nlabels:\na,b\ndata:\n0 1 0\n0 0 1\n0 0 0\n"}, "a b 3", "a>b b>3", "it has 2 labels for 3 leaders; numbers stand for the others"),
    "C13 DL of node lists that count": (
        {"a.dl": "dl n=3 format=nodelist1b\nlabels:\na,b,c\ndata:\n2 2 3\n1 1\n0\n"}, "a b c", "a>b a>c b>a", ""),
    "C13 DL whose labels are numbers": (
        {"a.dl": "dl n=3 format=edgelist1\nlabels:\n3,1,2\ndata:\n1 2\n"}, "3 1 2", "3>1", ""),
    "C13 DL with cells not known": (
        {"a.dl": "dl n=2\nlabels:\na,b\ndata:\n0 NA\n1 0\n"}, "a b", "b>a", "1 cell not known (such as NA) read as none"),
    "C13 JSON of Cytoscape in one list": (
        {"a.json": json.dumps([{"group": "nodes", "data": {"id": "a"}}, {"group": "nodes", "data": {"id": "b"}},
                               {"group": "edges", "data": {"id": "e", "source": "a", "target": "b"}}])}, "a b", "a>b b>a", "1 row mirrored"),
    "C13 JSON Graph": (
        {"a.json": json.dumps({"graph": {"directed": True, "nodes": {"a": {"label": "Mayor"}, "b": {"label": "Clinic"}},
                                         "edges": [{"source": "a", "target": "b"}]}})}, "Mayor Clinic", "a>b", ""),
    "C13 JSON of records": (
        {"a.json": '[{"source": "a", "target": "b"}, {"source": "b", "target": "c"}]'}, "a b c", "a>b b>a b>c c>b", "2 rows mirrored"),
}  # fmt: skip


def ties(heading: str, *cells: str) -> str:
    """A list of ties that count one way, with a column of numbers or answers."""
    ends = ("a,b", "b,c", "c,a")
    rows = "".join(f'{pair},directed,"{cell}"\n' for pair, cell in zip(ends, cells, strict=False))
    return f'source,target,type,"{heading}"\n{rows}'


CYCLE = "a>b b>c c>a"
ANSWERS: dict[str, tuple[dict[str, str | bytes], str, str, str]] = {
    f"C4 which way, as {one} and {both} say": (
        {"a.csv": f"source,target,{heading}\na,b,{one}\nb,c,{both}\n"}, "a b c", "a>b b>c c>b", "")
    for heading, one, both in (
        ("Type", "gerichtet", "ungerichtet"), ("Type", "Dirigé", "Non dirigé"), ("Direction", "→", "↔"), ("Mutual", "no", "yes"),
        ("Reciprocal", "FALSE", "TRUE"), ("Undirected", "0", "1"),
    )
} | {
    f"C5 {heading}": ({"a.csv": ties(heading, "0.9", "0.1", "0.5")}, "a b c", CYCLE, f"'{heading}'")
    for heading in ("trust deficit", "Trust issues", "negative trust", "trust gap", "infrequency", "Frequency of conflict",
                    "How often do you disagree?", "strength of rivalry", "entrust", "intrust", "level of suspicion")
} | {
    "C5 a relation of distrust before one of advice": (
        {"a.dl": "dl n=2 nm=2\nlabels:\na,b\nmatrix labels:\ndistrust,advice\ndata:\n0 1\n0 0\n0 0\n1 0\n"}, "a b", "b>a",
        "of 2 tables of ties, 'advice' was read, not 'distrust'"),
    "C5 nothing but a relation of conflict": (
        {"a.net": '*Vertices 2\n1 "a"\n2 "b"\n*Arcs :1 "conflict"\n1 2\n'}, "a b", "a>b",
        "'conflict' tells of what sets leaders apart, and was read as who attends to whom"),
    "C5 columns about partners that tell of conflict": (
        {"a.csv": "Organisation,Conflict [a],Conflict [b]\na,,4\nb,3,\n"}, "a b", "", "they are no measure of ties known here"),
    "C6 answers with their numbers": ({"a.csv": ties("weight", "4 - often", "1 - never", "2 - at times")}, "a b c",
        "a>b=1 b>c=0.25 c>a=0.5", "3 answers of strength read by the number before the words: '4 - often' is 4"),
    "C6 answers with their numbers in brackets": ({"a.csv": ties("weight", "(4) often", "(1) never", "")}, "a b c",
        "a>b=1 b>c=0.25 c>a", "'(4) often' is 4"),
    "C6 a scale that begins with the most": ({"a.csv": ties("How often? (1 = daily, 5 = never)", "1", "5", "3")}, "a b c",
        "a>b=1 b>c=0.2 c>a=0.6", "read on a scale from 5 (the least) to 1 (as 1)"),
    "C6 numbers whose words begin with the most": ({"a.csv": ties("weight", "1 - weekly", "3 - never", "2 - monthly")}, "a b c",
        "a>b=1 b>c=0.3333333333333333 c>a=0.6666666666666666", "from 3 (the least) to 1 (as 1)"),
    "C6 per cent": ({"a.csv": ties("Strength in %", "50", "10", "20")}, "a b c", "a>b=0.5 b>c=0.1 c>a=0.2", "divided by 100"),
    "C6 counts with thousands": ({"a.csv": ties("weight", "1,000", "50", "10")}, "a b c", "a>b=1 b>c=0.05 c>a=0.01", "'1,000' is 1000"),
    "C6 all the same": ({"a.csv": ties("weight", "3", "3", "3")}, "a b c", "a>b=1 b>c=1 c>a=1", "divided by 3"),
    "C6 trust of 1 alone": ({"a.csv": ties("trust", "1", "1", "1")}, "a b c", CYCLE, "every trust is 1, which was read as full trust"),
}  # fmt: skip


def named(first: str, second: str, ends: str) -> dict[str, str | bytes]:
    """Leaders 1 and 2 by these names, and a tie that counts one way."""
    return {"a.csv": f"id,name\n1,{first}\n2,{second}\n", "b.csv": f"source,target,type\n{ends},directed\n"}


TABLES: dict[str, tuple[dict[str, str | bytes], str, str, str]] = {
    f"C9 {what}": (named(name, "Clinic", f"{written},Clinic"), f"{name};Clinic", "1>2;", "2 ends of ties given by name")
    for what, name, written in (
        ("two blanks for one", "Old Town", "Old  Town"), ("a blank that does not break", "Old Town", "Old\u00a0Town"),
        ("accents left out", "Café", "Cafe"), ("composed otherwise, in capitals", "CAFÉ", "cafe\u0301"),
        ("a long dash", "Old-Town", "Old–Town"), ("a curly apostrophe", "O'Brien", "O’Brien"), ("a sign unseen", "Mayor", "Mayor\u200b"),
        ("wide letters", "Mayor", "Ｍａｙｏｒ"), ("sharp s", "Straße", "STRASSE"),
    )
} | {
    "C8 a pair without a tie": ({"a.csv": "Source,Target,Type\na,b,Directed\nc,,\n,d,\n"}, "a b c d", "a>b", "2 rows with one name read as a leader"),
    "C8 networkx, without data": ({"a.edgelist": "a b {}\nb c {}\n"}, "a b c", "a>b b>a b>c c>b", "it has no headings"),
    "C8 a weight for some": ({"a.ncol": "a b\nb c 2\n"}, "a b c", "a>b b>a b>c=1 c>b=1", "1 row ending early"),
    "C8 quoted, between blanks": ({"a.txt": '"from" "to"\n"Old Town" "b"\n"b" "Old Town"\n'}, "Old Town;b", "Old Town>b;b>Old Town", ""),
    "C9 names that differ in a capital": (named("Mayor", "mayor", "Mayor,mayor"), "Mayor mayor", "1>2", ""),
    "C9 in ties alone": ({"a.csv": "Source,Target\nMayor,Clinic\nmayor,Parish\n"}, "Mayor Clinic mayor Parish",
        "Mayor>Clinic Clinic>Mayor mayor>Parish Parish>mayor", "the ids 'Mayor' and 'mayor' differ only in capitals"),
    "C9 a name that is another's id, and used": (named("2", "Clinic", "Clinic,1"), "2 Clinic", "2>1", ""),
    "C9 the same, by the word itself": ({"a.csv": "id,name\n1,2\n2,Inn\n3,Bay\n", "b.csv": "source,target,type\n2,3,directed\n"}, "2 Inn Bay", "2>3",
        "'2' is the id of one leader and the name of another; ties were read by id"),
    "C9 sectors written in two ways": ({"a.csv": "id,sector\na,Health\nb,health\n"}, "a b", "", "the sectors 'Health' and 'health' differ only in"),
    "C10 a row of sums": ({"a.csv": "id,endowment\na,10\nb,20\nTotal:,30\n"}, "a b", "", "1 row of sums below the table left out: 'Total:'"),
    "C10 sums and means below ties": ({"a.csv": "Source,Target,Weight\na,b,1\nb,a,2\nTotal,,3\nMean,,1.5\n"}, "a b", "a>b=0.5 b>a=1",
        "2 rows of sums below the table left out: 'Total', 'Mean'"),
    "C10 a leader called Total": ({"a.csv": "id,sector\na,x\nTotal,energy\n"}, "a Total", "", ""),
    "C10 a footnote": ({"a.csv": "id,name\na,A\nb,B\n\nSource: a survey,\n"}, "A B", "", "left out: 'Source: a survey'"),
    "C10 remarks above and between": ({"a.csv": "# exported, in 2024\nSource,Target\na,b\n# old\nb,a\n"}, "a b", "a>b b>a",
        "2 rows of remarks or drawn lines left out: '# exported in 2024', '# old'"),
    "C10 headings behind a sign": ({"a.csv": "# id,name\n1,A\n2,B\n"}, "A B", "", ""),
    "C10 ids with a sign": ({"a.csv": "id,name\n#1,A\n#2,\n"}, "A #2", "", ""),
    "C10 headings on each page": ({"a.csv": "Source,Target\na,b\nSource,Target\nb,a\n"}, "a b", "a>b b>a", "1 row repeating the headings left out"),
    "C10 a drawn line": ({"a.md": "| id | name |\n|----|:----:|\n| 1 | A |\n| 2 | B |\n"}, "A B", "", "1 row of remarks or drawn lines left out"),
    "C10 a title of two cells": ({"a.csv": "Town of X,2024,\nid,name,sector\n1,A,g\n2,B,h\n"}, "A B", "", "1 row above the headings ignored: 'Town of X 2024'"),
    "C10 not given, in words": ({"a.csv": "id,sector,group\na,n/a,North\nb,trade,-\n"}, "a b", "", "1 cell of sector without one (such as 'n/a') read as not given"),
    "C10 filled up at its end": ({"a.csv": b"id,name\na,A\nb,B\n\0\0\x1a"}, "A B", "", ""),
}  # fmt: skip


def hidden(name: str) -> bytes:
    """A workbook of which a sheet is hidden, and so are a row and a column of another."""
    book = openpyxl.load_workbook(BytesIO(workbook({
        name: [["Source", "Target"], ["x", "y"]], "ties": [["Source", "Target"], ["a", "b"]],
        "leaders": [["id", "joined"], ["a", date(2020, 1, 2)], ["b", None]]})))  # fmt: skip
    book[name].sheet_state = "hidden"
    book["leaders"].row_dimensions[3].hidden = book["leaders"].column_dimensions["B"].hidden = True
    file = BytesIO()
    book.save(file)
    return file.getvalue()


SHAPES: dict[str, tuple[dict[str, str | bytes], str, str, str]] = {
    f"C7 {source} and {target}": ({"a.csv": f"{name}\nMayor\nClinic\n", "b.csv": f"{source},{target}\nMayor,Clinic\n"},
        "Mayor Clinic", "Mayor>Clinic Clinic>Mayor", "1 row mirrored")
    for source, target, name in (
        ("Quelle", "Ziel", "Bezeichnung"), ("Origine", "Destinazione", "etichetta"), ("origem", "destino", "rótulo"), ("Bron", "Doel", "Naam"),
        ("De", "À", "Nom"), ("Källa", "Mål", "Namn"), ("Откуда", "Куда", "Имя"), ("起点", "終点", "名前"), ("源", "目标", "名称"), ("Fra", "Til", "Navn"),
        ("Źródło", "Cel", "Nazwa"), ("quien", "con", "nombre"), ("einer", "anderer", "Name"),
    )
} | {
    "C7 headings of no tongue we know": ({"a.csv": "id,name\n1,Mayor\n2,Clinic\n", "b.csv": "xyz,zyx,Weight\n1,2,0.5\n"}, "Mayor Clinic", "1>2=0.5 2>1=0.5",
        "'xyz' and 'zyx' hold the names of leaders, so it was read as ties"),
    "C8 partners in columns of their own": ({"a.csv": "Name,Partner 1,Partner 2\nMayor,Clinic,Parish\nClinic,Parish,\nParish,,\n"}, "Mayor Clinic Parish",
        "Mayor>Clinic Mayor>Parish Clinic>Parish", "'Partner 1', 'Partner 2' was read as lists of partners: 3 ties"),
    "C8 several partners in a cell": ({"a.csv": 'Source,Target,Type\na,"b; c",Directed\nb,c,Directed\n'}, "a b c", "a>b a>c b>c",
        "1 row with several partners read as a tie to each of them"),
    "C8 ends that are edges alone, in GML": ({"a.gml": "graph [ directed 1 edge [ source 1 target 2 ] ]"}, "1 2", "1>2", "so the 2 leaders that ties name"),
    "C12 a hidden sheet, a hidden row and column": ({"a.xlsx": hidden("old")}, "a b", "a>b b>a", "hidden sheets were ignored: 'old'"),
    "C12 hidden rows are read": ({"a.xlsx": hidden("old")}, "a b", "a>b b>a", "1 hidden row and 1 hidden column were read as well"),
    "C13 half a matrix": ({"a.csv": ",a,b,c\na,,1,1\nb,,,1\nc,,,\n"}, "a b c", "a>b b>a a>c c>a b>c c>b", "only one half of it is filled, so ties count both ways"),
    "C13 a matrix whose one half is of zeros": ({"a.csv": ",a,b,c\na,0,1,1\nb,0,0,1\nc,0,0,0\n"}, "a b c", "a>b a>c b>c", "rows attend to columns"),
    "C13 names beside a matrix, not above": ({"a.csv": "a,0,1,0\nb,1,0,1\nc,0,1,0\n"}, "a b c", "a>b b>a b>c c>b", "names on one side, which were taken for both"),
    "C13 names above a matrix, not beside": ({"a.csv": "a,b,c\n0,1,0\n1,0,1\n0,1,0\n"}, "a b c", "a>b b>a b>c c>b", "names on one side, which were taken for both"),
    "C13 a matrix with other capitals": ({"a.csv": ",Mayor,Clinic\nmayor,0,1\nclinic,0,0\n"}, "mayor clinic", "mayor>clinic", "read as a matrix"),
    "C13 columns to each": ({"a.csv": "Name,to a,to b\na,,1\nb,0.5,\n"}, "a b", "a>b=1 b>a=0.5", "columns about partners were read as ties"),
    "C13 committees with sums": ({"a.csv": "Name,Board,Forum,Total\nAnn,1,1,2\nBob,1,0,1\nTotal,2,1,3\n"}, "Ann Bob", "Ann>Bob Bob>Ann",
        "its rows and columns of sums were left out"),
    "C13 a survey of pairs without a word for partners": (
        {"a.csv": "Respondent,Organization,Frequency,Type\na,b,3,directed\nb,a,1,directed\nc,a,3,directed\n"}, "a b c", "a>b=1 b>a=0.3333333333333333 c>a=1",
        "'Respondent' and 'Organization' hold the names of leaders"),
}  # fmt: skip
