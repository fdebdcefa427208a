"""GraphML: the same roster as the tables say, whoever wrote the file, and nothing in it expands."""

import networkx
import numpy as np
import pytest
from numpy.testing import assert_array_equal

from commonweal.roster import RosterError, from_graph, read_roster

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="e" for="node" attr.name="endowment" attr.type="double"><default>2</default></key>
<key id="w" for="edge" attr.name="weight" attr.type="double"/>
"""


def graph(body: str, edges: str = "undirected") -> str:
    return f'{HEAD}<graph edgedefault="{edges}">\n{body}\n</graph>\n</graphml>\n'


NODES = '<node id="a"><data key="e"> 3.5 </data></node>\n<node id="b"/>\n'


@pytest.fixture
def town() -> networkx.DiGraph:
    graph = networkx.DiGraph()
    graph.add_node("ann", name="Ann", sector="school", endowment=1.5, seated=True, priority_a=0.5, priority_b=0.5)
    graph.add_node("bob", name="<b>Bob</b>", group="Dale", endowment=2, seated=False)
    graph.add_node(3, belief=0.25)
    graph.add_edge("ann", "bob", strength=0.5, trust=0.25)
    graph.add_edge("bob", "ann", strength=0.75)
    graph.add_edge(3, "ann", trust=1)
    return graph


def written(graph, tmp_path):
    networkx.write_graphml(graph, tmp_path / "town.graphml")
    return read_roster(tmp_path / "town.graphml")


def test_directed_as_networkx_writes_it(town, tmp_path):
    roster = written(town, tmp_path)
    assert roster.ids == ("ann", "bob", "3") and roster.names == ("Ann", "<b>Bob</b>", "3")
    assert_array_equal(roster.endowment, [1.5, 2, np.nan])
    assert_array_equal(roster.seated, [1, 0, np.nan])
    assert_array_equal(roster.belief, [np.nan, np.nan, 0.25])
    assert_array_equal(roster.priorities, [[0.5, 0.5], [np.nan, np.nan], [np.nan, np.nan]])
    assert_array_equal(np.column_stack([roster.source, roster.target]), [[0, 1], [1, 0], [2, 0]])
    assert_array_equal(roster.strength, [0.5, 0.75, np.nan])
    assert_array_equal(roster.trust, [0.25, np.nan, 1])


def test_a_graph_in_memory_is_the_graph_in_the_file(town, tmp_path):
    file, memory = written(town, tmp_path), from_graph(town)
    assert file.ids == memory.ids and file.filled == memory.filled
    assert_array_equal(file.strength, memory.strength)
    assert_array_equal(file.priorities, memory.priorities)


@pytest.mark.parametrize("read_graph", [lambda graph, folder: from_graph(graph), written])
def test_florentine_families(read_graph, tmp_path):
    roster = read_graph(networkx.florentine_families_graph(), tmp_path)
    assert len(roster.ids) == 15 and len(roster.source) == 40
    medici = roster.ids.index("Medici")
    assert (roster.source == medici).sum() == 6
    assert_array_equal(np.sort(roster.target), np.sort(roster.source))


def test_undirected_weights_defaults_and_a_mixed_edge(read):
    body = NODES + '<node id="c"/><edge source="b" target="a"><data key="w">0.5</data></edge>'
    roster = read(graphml=graph(body + '<edge source="c" target="a" directed="true"/>'))
    assert_array_equal(roster.endowment, [3.5, 2, 2])
    assert_array_equal(np.column_stack([roster.source, roster.target]), [[0, 1], [1, 0], [2, 0]])
    assert_array_equal(roster.strength, [0.5, 0.5, np.nan])


def test_a_groups_table_may_stand_beside_it(town, tmp_path):
    networkx.write_graphml(town, tmp_path / "town.graphml")
    (tmp_path / "groups.csv").write_text("group,size\nDale,10\n")
    assert_array_equal(read_roster(tmp_path / "town.graphml", groups=tmp_path / "groups.csv").group_size, [10])


def test_attributes_of_drawing_programs_are_ignored_and_noted(read):
    head = '<key id="x" for="node" attr.name="x" attr.type="float"/><key id="g" yfiles.type="nodegraphics"/>'
    shape = '<data key="g"><y:Shape xmlns:y="http://y">text</y:Shape></data>'
    body = f'<node id="a"><data key="x">7</data>{shape}</node><node id="b"/>'
    text = f'<graphml xmlns:y="http://y">{head}<graph edgedefault="directed">{body}</graph></graphml>'
    roster = read(graphml=text)
    assert roster.ids == ("a", "b")
    assert "town.graphml: these node attributes were ignored: 'x'" in roster.notes


def test_labels_and_weights_stand_for_names_and_strengths():
    town = networkx.Graph([("a", "b", {"weight": 0.5})])
    town.add_node("a", label="Ann")
    roster = from_graph(town)
    assert roster.names == ("Ann", "b") and roster.strength[0] == 0.5
    town.add_edge("a", "b", strength=0.25)
    town.add_node("b", name="Bob")
    roster = from_graph(town)
    assert roster.names == ("a", "Bob") and roster.strength[0] == 0.25
    assert roster.notes[0] == "graph: these node attributes were ignored: 'label'"
    assert roster.notes[1] == "graph: these edge attributes were ignored: 'weight'"


def test_utf_16(read):
    assert read(graphml=graph(NODES).replace("UTF-8", "UTF-16").encode("utf-16")).ids == ("a", "b")


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<graphml><graph><node id="&b;"/></graph></graphml>"""
FOREIGN = """<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<graphml><graph><node id="&x;"/></graph></graphml>"""
DTD = """<!DOCTYPE graphml SYSTEM "http://localhost/graphml.dtd"><graphml/>"""


@pytest.mark.parametrize("text", [BOMB, FOREIGN, DTD])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_bombs_and_foreign_entities_are_refused(problems, text, encoding):
    (found,) = problems(graphml=text.encode(encoding))
    assert "it holds a document type or entities" in found and "delete the <!DOCTYPE" in found


def test_a_document_type_hidden_in_another_alphabet_is_refused(problems):
    body = '<!DOCTYPE g [<!ENTITY x "y">]><graphml><graph><node id="&x;"/></graph></graphml>'
    assert problems(graphml=b'<?xml version="1.0" encoding="cp037"?>' + body.encode("cp037"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<graphml><graph>", "line 1: it is not well-formed XML (no element found); export it again"),
        ("not xml", "is not well-formed XML"),
        (graph("&lol;"), "it is not well-formed XML (undefined entity)"),
        ("<html/>", "town.graphml, line 1: it is a web page; open it in a spreadsheet and save it"),
        ("<x/>", "town.graphml, line 1: it is XML but not GraphML; export it as GraphML"),
        ("<graphml/>", "there are no leaders; two are needed"),
        (graph('<node id="a"/>'), "there is only one leader"),
        (graph(NODES + '<node id="a"/>'), "line 8, column id: 'a' is already in line 6"),
        (graph(NODES + "<node/>"), "line 8, column id: is empty"),
        (graph(NODES.replace("3.5", "-1")), "line 6, column endowment: '-1' is not a positive number"),
        (graph(NODES + '<edge source="a" target="z"/>'), "line 8, column target: 'z' is no leader's id"),
        (graph(NODES + "<hyperedge/>"), "line 8: a tie joins two leaders, not more"),
        (graph(NODES + '</graph><graph edgedefault="directed">'), "line 8: a second graph begins"),
        (graph('<node id="a"><data key="q">1</data></node>'), "line 6: the data's key 'q' is not declared"),
        (
            graph(NODES).replace("endowment", "endowmnt"),
            "'endowmnt' is unknown; rename it 'endowment', or delete",
        ),
        (graph(NODES).replace("endowment", "priority_" + "x" * 300), "has 309 characters"),
    ],
)
def test_refused(problems, text, words):
    assert any(words in problem for problem in problems(graphml=text))


def test_ties_beside_graphml_are_refused(problems):
    assert "the ties are already in town.graphml" in problems(ties="source,target\na,b\n", graphml=graph(NODES))[0]


def test_a_graph_in_memory_is_checked_too():
    with pytest.raises(RosterError, match="column trust: '-6' is not a number from 0 to 1"):
        from_graph(networkx.Graph([("a", "b", {"trust": -6})]))
