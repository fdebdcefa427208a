"""Small inputs that once failed, and others of their kind: what they hold, what is right, what is said."""

# ruff: noqa: E501  (files as programs write them)

from forms import workbook
from minutes import MET, STACKED, TWO_MODES
from siblings import ANSWERS, NETWORKS, SHAPES, TABLES
from surveys import CHOICES, TWO_ROWS

GRAPHML = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml"{}>{}</graphml>'
)
PAIR = '<graph edgedefault="{}"><node id="mayor"/><node id="clinic"/><edge source="mayor" target="clinic"/></graph>'
THREE = "id\nmayor\nclinic\nparish\n"
NAMED = "id,name\n1,Mayor\n2,Clinic\n"


def drawn(*nodes: tuple[str, str], edges: str = "") -> str:
    """A network as yEd draws it: identities, labels, and edges as they stand."""
    labels = "".join(
        f'<node id="{key}"><data key="d6"><y:ShapeNode><y:NodeLabel>{label}<y:Model/></y:NodeLabel></y:ShapeNode></data></node>'
        for key, label in nodes
    )
    keys = '<key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d10" yfiles.type="edgegraphics"/>'
    return GRAPHML.format("", f'{keys}<graph edgedefault="directed">{labels}{edges}</graph>')


def line(source: str, target: str, back: str, forth: str, label: str = "") -> str:
    """An edge as yEd draws it, with arrow heads at its ends."""
    text = f"<y:EdgeLabel>{label}</y:EdgeLabel>" if label else ""
    arrows = f'<y:PolyLineEdge><y:Arrows source="{back}" target="{forth}"/>{text}</y:PolyLineEdge>'
    return f'<edge source="{source}" target="{target}"><data key="d10">{arrows}</data></edge>'


def keyed(keys: str, first: str, second: str, edge: str = "") -> str:
    nodes = f'<node id="62">{first}</node><node id="63">{second}</node><edge source="62" target="63">{edge}</edge>'
    return GRAPHML.format("", f'{keys}<graph edgedefault="directed">{nodes}</graph>')


def weighted(name: str, *weights: str) -> str:
    ends = (("mayor", "clinic"), ("clinic", "parish"))
    edges = "".join(
        f'<edge source="{i}" target="{j}"><data key="w">{weight}</data></edge>'
        for (i, j), weight in zip(ends, weights, strict=True)
    )
    nodes = "".join(f'<node id="{each}"/>' for each in ("mayor", "clinic", "parish"))
    return GRAPHML.format(
        "", f'<key id="w" for="edge" attr.name="{name}"/><graph edgedefault="directed">{nodes}{edges}</graph>'
    )


# Case: files by name, names of the leaders, pairs tied (with their strength), words of the notes.
CASES: dict[str, tuple[dict[str, str | bytes], str, str, str]] = {
    "C1 a blank in a namespace": (
        {"a.graphml": GRAPHML.format(' xmlns:s="http://www.w3.org/2001/XMLSchema-instance "', PAIR.format("undirected"))},
        "mayor clinic", "mayor>clinic clinic>mayor", ""),
    "C1 two blanks in a namespace": (
        {"a.graphml": GRAPHML.format(' xmlns:s="http://s.org/a b  c"', PAIR.format("directed"))},
        "mayor clinic", "mayor>clinic", ""),
    "C1 a prefix, and another alphabet's coding": (
        {"a.graphml": '<?xml version="1.0" encoding="UTF-16"?><g:graphml xmlns:g="http://g "><g:graph edgedefault="directed">'
         '<g:node id="mayor"/><g:node id="clinic"/><g:edge source="mayor" target="clinic"/></g:graph></g:graphml>'.encode("utf-16")},
        "mayor clinic", "mayor>clinic", ""),
    "C2 labels that are only drawn": (
        {"a.graphml": drawn(("n0", "Mayor"), ("n1", "Clinic"), edges=line("n0", "n1", "none", "none"))},
        "Mayor Clinic", "Mayor>Clinic Clinic>Mayor", "1 tie read by the arrow heads drawn"),
    "C2 two of a label, an arrow backwards, a label at the edge": (
        {"a.graphml": drawn(("n0", "Mayor"), ("n1", "Mayor"), edges=line("n0", "n1", "delta", "none", "advice"))},
        "Mayor Mayor", "n1>n0", "these edge attributes were ignored: 'drawn label'"),
    "C2 a label missing": (
        {"a.graphml": drawn(("n0", "Mayor"), ("n1", ""), edges=line("n0", "n1", "none", "standard"))},
        "Mayor n1", "n0>n1", "'drawn label' as name"),
    "C2 a frame around leaders": (
        {"a.graphml": drawn(("n1", "Clinic"), edges='<node id="n0"><data key="d6"><y:GroupNode><y:NodeLabel>Hall</y:NodeLabel>'
         '</y:GroupNode></data><graph edgedefault="directed"><node id="n0::n0"/></graph></node>' + line("n1", "n0::n0", "none", "standard"))},
        "Clinic n0::n0", "n1>n0::n0", "1 frame drawn around leaders left out, with what they mean: 'Hall'"),
    "C2 visone, whose id is what it writes": (
        {"a.graphml": keyed('<key id="i" for="node" attr.name="id"/>', '<data key="i">Mayor</data>', '<data key="i">Clinic</data>')
         .replace("62", "n0").replace("63", "n1")},
        "Mayor Clinic", "Mayor>Clinic", ""),
    "C3 one key id for nodes and edges": (
        {"a.graphml": keyed('<key attr.name="name" for="node" id="name"/><key attr.name="name" for="edge" id="name"/>',
         '<data key="name">Mayor</data>', '<data key="name">Clinic</data>', '<data key="name">Mayor (meets) Clinic</data>')},
        "Mayor Clinic", "62>63", "these edge attributes were ignored: 'name'"),
    "C3 one key id for a name and a weight": (
        {"a.graphml": keyed('<key attr.name="name" for="node" id="d0"/><key attr.name="weight" for="edge" id="d0"/>',
         '<data key="d0">Mayor</data>', '<data key="d0">Clinic</data>', '<data key="d0">0.5</data>')},
        "Mayor Clinic", "62>63=0.5", "'weight' as strength"),
    "C3 a key for all": (
        {"a.graphml": keyed('<key attr.name="label" for="all" id="k"/>', '<data key="k">Mayor</data>', '<data key="k">Clinic</data>',
         '<data key="k">meets</data>')},
        "Mayor Clinic", "62>63", "these edge attributes were ignored: 'label'"),
    "C3 a name under two keys": (
        {"a.graphml": keyed('<key attr.name="name" for="node" id="k"/><key attr.name="name" for="node" id="l"/>',
         '<data key="k">Mayor</data>', '<data key="l">Clinic</data>')},
        "Mayor Clinic", "62>63", ""),
    "C4 a list that has some rows both ways": (
        {"a.csv": THREE, "b.csv": "source,target\nmayor,clinic\nclinic,mayor\nclinic,parish\n"},
        "mayor clinic parish", "mayor>clinic clinic>mayor clinic>parish parish>clinic",
        "1 row mirrored: they count both ways, though 2 others are listed in both directions"),
    "C4 the same alone, with weights of each way": (
        {"a.csv": "From,To,Weight\nmayor,clinic,1\nclinic,mayor,0.5\nclinic,parish,0.2\n"},
        "mayor clinic parish", "mayor>clinic=1 clinic>mayor=0.5 clinic>parish=0.2 parish>clinic=0.2", "say --directed"),
    "C4 links of JSON that say nothing": (
        {"a.json": '{"nodes": [{"id": "a"}, {"id": "b"}], "links": [{"source": "a", "target": "b"}]}'},
        "a b", "a>b b>a", "1 row mirrored"),
    "C5 distrust": (
        {"a.graphml": weighted("distrust", "0.9", "0.5")}, "mayor clinic parish", "mayor>clinic clinic>parish",
        "'distrust' is the opposite of trust and was ignored; `ties: {trust: 1 - distrust}`"),
    "C5 level of mistrust": (
        {"a.csv": "From,To,Level of mistrust (1 to 5)\na,b,4\nb,a,2\n"}, "a b", "a>b b>a",
        "'Level of mistrust (1 to 5)' is the opposite of trust and was ignored; `ties: {trust: {column: Level of mistrust (1 to 5), scale: [5.0, 1.0]}}`"),
    "C5 broken trust": (
        {"a.graphml": weighted("broken trust", "1", "0")}, "mayor clinic parish", "mayor>clinic clinic>parish",
        "'broken trust' is the opposite of trust"),
    "C5 conflict": (
        {"a.graphml": weighted("conflict", "1", "3")}, "mayor clinic parish", "mayor>clinic clinic>parish",
        "these edge attributes were ignored: 'conflict'"),
    "C6 weights from 1 to 5": (
        {"a.graphml": weighted("weight", "5", "2")}, "mayor clinic parish", "mayor>clinic=1 clinic>parish=0.4",
        "'weight' runs from 2 to 5, and was divided by 5"),
    "C6 counts": (
        {"a.graphml": weighted("strength", "500", "25")}, "mayor clinic parish", "mayor>clinic=1 clinic>parish=0.05",
        "divided by 500"),
    "C6 a scale that the heading gives": (
        {"a.graphml": weighted("Strength (1-5)", "4", "1")}, "mayor clinic parish", "mayor>clinic=0.8 clinic>parish=0.2",
        "divided by 5"),
    "C6 one weight missing": (
        {"a.graphml": weighted("weight", "NaN", "4")}, "mayor clinic parish", "mayor>clinic clinic>parish=1",
        "1 cell of strength without a number (such as NA) read as not given"),
    "C7 Gephi's tables": (
        {"a.csv": "Id,Label,timeset,gender\n1,Mayor,,f\n2,Clinic,,m\n3,Parish,,f\n",
         "b.csv": "Source,Target,Type,Id,Label,timeset,Weight\n1,2,Undirected,0,,,0.5\n2,3,Directed,1,,,1.0\n"},
        "Mayor Clinic Parish", "1>2=0.5 2>1=0.5 2>3=1", "these columns were ignored: 'Id', 'Label', 'timeset'"),
    "C7 in the other order, with semicolons": (
        {"a.csv": "Source;Target;Type;Id;Label;Weight\n1;2;Directed;0;;2,0\n", "b.csv": "Id;Label;modularity_class\n1;Mayor;0\n2;Clinic;1\n"},
        "Mayor Clinic", "1>2=1", "these columns were ignored: 'timeset'".replace("timeset", "modularity_class")),
    "C7 labels of edges, mutual, with tabs": (
        {"a.tsv": "Id\tLabel\tInterval\nM\tMayor\t\nC\tClinic\t\n", "b.tsv": "Source\tTarget\tType\tLabel\tWeight\nM\tC\tMutual\tadvice\t1\n"},
        "Mayor Clinic", "M>C C>M", "every tie has the weight 1"),
    "C8 ties alone": (
        {"a.csv": "Source,Target\nMayor,Clinic\nClinic,Parish\n"}, "Mayor Clinic Parish",
        "Mayor>Clinic Clinic>Mayor Clinic>Parish Parish>Clinic", "so the 3 leaders that ties name were taken"),
    "C8 in German": (
        {"a.csv": "Quelle;Ziel\nRathaus;Klinik\n"}, "Rathaus Klinik", "Rathaus>Klinik Klinik>Rathaus", "'Quelle' as source"),
    "C8 two persons, numbered rows": (
        {"a.csv": ",Person A,Person B\n0,Ann,Bob\n1,Bob,Cleo\n"}, "Ann Bob Cleo", "Ann>Bob Bob>Ann Bob>Cleo Cleo>Bob",
        "its first column only numbers the rows"),
    "C8 partners listed in a cell": (
        {"a.csv": 'Name,Works with\nMayor,"Clinic, Parish"\nClinic,Parish\nParish,\n'}, "Mayor Clinic Parish",
        "Mayor>Clinic Mayor>Parish Clinic>Parish", "'Works with' was read as lists of partners: 3 ties"),
    "C8 as networkx writes an edge list": (
        {"a.edgelist": "Mayor Clinic {'weight': 2.0, 'kind': 'advice'}\nClinic Mayor {'weight': 1.0}\n"}, "Mayor Clinic",
        "Mayor>Clinic=1 Clinic>Mayor=0.5", "divided by 2"),
    "C9 names in place of ids": (
        {"a.csv": NAMED, "b.csv": "source,target\nMayor,Clinic\n"}, "Mayor Clinic", "1>2 2>1",
        "2 ends of ties given by name: 'Mayor' is the name of leader '1'"),
    "C9 names with other capitals, and ids": (
        {"a.csv": NAMED, "b.csv": "source,target\nmayor ,2\n"}, "Mayor Clinic", "1>2 2>1", "1 end of ties given by name: 'mayor'"),
    "C9 accents coded otherwise": (
        {"a.csv": "id,name\n1,Caf\u00e9\n2,Clinic\n", "b.csv": "source,target\nCafe\u0301,Clinic\n"}, "Caf\u00e9 Clinic", "1>2 2>1",
        "2 ends of ties given by name"),
    "C9 a name that is another's id": (
        {"a.csv": "id,name\n1,2\n2,Inn\n", "b.csv": "source,target\nInn,1\n"}, "2 Inn", "2>1 1>2", "1 end of ties given by name: 'Inn'"),
    "C10 an empty column": ({"a.csv": "id,name,\n1,Mayor,\n2,Clinic,\n"}, "Mayor Clinic", "", ""),
    "C10 empty columns first, between, last, and an empty row": (
        {"a.csv": ";id;;name;;\n;1;;Mayor;;\n;;;;;\n;2;;Clinic;;\n"}, "Mayor Clinic", "", ""),
    "C10 in a workbook": (
        {"a.xlsx": workbook({"Sheet1": [["id", None, "name", None], [1, None, "Mayor", None], [2, None, "Clinic", None]]})},
        "Mayor Clinic", "", ""),
    "C10 a cell in it": (
        {"a.csv": "id,name,\n1,Mayor,\n2,Clinic,see below\n"}, "Mayor Clinic", "", "were ignored: a column without heading"),
    "C12 a workbook of our tables": (
        {"a.xlsx": workbook({"leaders": [["id", "name", "group"], ["m", "Mayor", "Old"], ["c", "Clinic", None]],
                             "ties": [["source", "target", "strength"], ["m", "c", 0.5]], "groups": [["group", "size"], ["Old", 120]]})},
        "Mayor Clinic", "m>c=0.5 c>m=0.5", "1 row mirrored"),
    "C12 a sheet with a title, others empty or of notes": (
        {"a.xlsx": workbook({"Members": [["Our members"], [], ["Organisation", "Type"], ["Mayor", "council"], ["Clinic", "health"]],
                             "Sheet2": [], "Notes": [["x"], ["to do"], ["more"]]})},
        "Mayor Clinic", "", "a.xlsx, sheet Notes: it is no table of leaders, ties or groups, and was ignored"),
    "C12 numbers as ids, texts in the ties": (
        {"a.xlsx": workbook({"nodes": [["Id", "Label"], [1.0, "Mayor"], [2.0, "Clinic"]], "edges": [["Source", "Target"], [1, "2"]]})},
        "Mayor Clinic", "1>2 2>1", ""),
    "C12 a wave on each sheet": (
        {"a.xlsx": workbook({"2019": [["From", "To"], ["a", "b"]], "2021": [["From", "To"], ["a", "c"]]})}, "a b", "a>b b>a",
        "of 2 tables of ties, '2019' was read, not '2021'"),
    "C13 GML": (
        {"a.gml": 'graph [\n directed 1\n node [ id 0 label "Mayor" ]\n node [ id 1 label "Clinic" ]\n edge [ source 0 target 1 weight 0.5 ]\n]\n'},
        "Mayor Clinic", "Mayor>Clinic=0.5", ""),
    "C13 called otherwise, with a mark, both ways": (
        {"a.txt": '\ufeffgraph [ node [ id 0 label "Mayor" ] node [ id 1 label "Clinic" ] edge [ source 0 target 1 ] ]'},
        "Mayor Clinic", "Mayor>Clinic Clinic>Mayor", ""),
    "C13 of yEd": (
        {"a.gml": 'Creator "yFiles"\nVersion "2.17"\ngraph\n[\n\thierarchic\t1\n\tdirected\t1\n\tnode\n\t[\n\t\tid\t0\n\t\tlabel\t"Mayor"\n'
         '\t\tgraphics\n\t\t[\n\t\t\tx\t1.0\n\t\t\tfill\t"#FFCC00"\n\t\t]\n\t]\n\tnode\n\t[\n\t\tid\t1\n\t\tlabel\t"Clinic"\n\t]\n\tedge\n\t[\n'
         '\t\tsource\t0\n\t\ttarget\t1\n\t]\n]\n'},
        "Mayor Clinic", "Mayor>Clinic", ""),
    "C13 without labels, twice an edge": (
        {"a.gml": "graph [ directed 1 node [ id 5 name \"Mayor\" ] node [ id 6 name \"Clinic\" ] edge [ source 5 target 6 value 2 ] "
         "edge [ source 5 target 6 value 4 ] ]"},
        "Mayor Clinic", "5>6=1", "1 row repeating a tie merged with it"),
    "C14 a loop": (
        {"a.csv": "id\nmayor\nclinic\n", "b.csv": "source,target\nmayor,clinic\nclinic,clinic\n"}, "mayor clinic",
        "mayor>clinic clinic>mayor", "1 row tying a leader to itself left out"),
    "C14 nothing but loops": (
        {"a.csv": "id\nmayor\nclinic\n", "b.csv": "source,target\nmayor,mayor\nclinic,clinic\n"}, "mayor clinic", "",
        "2 rows tying a leader to itself left out"),
    "C14 loops by name and by number": (
        {"a.csv": NAMED, "b.csv": "source,target\n1,Mayor\n2,2.0\n1,2\n"}, "Mayor Clinic", "1>2 2>1", "2 rows tying a leader to itself"),
    "C14 a diagonal": ({"a.csv": ",a,b\na,1,1\nb,0,1\n"}, "a b", "a>b", "2 rows tying a leader to itself left out"),
}  # fmt: skip
CASES |= NETWORKS | ANSWERS | TABLES | SHAPES | TWO_MODES | MET | STACKED | TWO_ROWS | CHOICES
