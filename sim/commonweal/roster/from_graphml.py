"""GraphML, as networkx, igraph, Gephi, Cytoscape, yEd, SocNetV and visone write it."""

import re
from collections.abc import Iterator

from commonweal.roster.describe import counted, listed, quote
from commonweal.roster.errors import Review
from commonweal.roster.found import DIRECTED, UNDIRECTED, Found, Sheet, keep_both, own, sheet_of
from commonweal.roster.positions import named_by_label
from commonweal.roster.xml import Element

DRAWN = "drawn label"
"""what a label is called that only the drawing of a node holds"""
POSITION = re.compile(r"n\d+(::n\d+)*")
"""ids by which igraph, yEd and visone say where a node stands"""
LABELS = ("nodelabel", "edgelabel", "label")


def read_graphml(root: Element, review: Review) -> Found:
    """Nodes and edges of the one graph in a file. Problems: a second graph, hyperedges, undeclared data."""
    keys = _Keys(root, review)
    graphs = [*root.own("graph")]
    for graph in graphs[1:]:
        review.problem("a second graph begins; keep one graph, the community, per file", graph.line)
    for edge in root.all("hyperedge"):
        review.problem("a tie joins two leaders, not more; write the hyperedge as edges", edge.line)
    nodes, edges = [*root.all("node")], [*root.all("edge")]
    nodes = _without_frames(nodes, edges, review)
    people = [_person(node, keys) for node in nodes]
    directed = bool(graphs) and graphs[0].given.get("edgedefault", "").lower() == "directed"
    bonds = [_bond(edge, keys, directed) for edge in edges]
    _without_arrows(edges, bonds, review)
    _drop_drawn(people)
    keys.tell(graphs)
    if all(POSITION.fullmatch(person["id"]) for person in people):
        labels = ("name", "label", "id (data)", DRAWN)  # visone keeps its ids in data
        label = next((name for name in labels if any(person.get(name) for person in people)), "")
        named_by_label(people, bonds, label, review)
    sheets = [
        _sheet("nodes", people, nodes, review, "leaders", ("id",)),
        _sheet("edges", bonds, edges, review, "ties", ("source", "target", "type")),
    ]
    return Found(sheets, review, "GraphML")


def _without_frames(nodes: list[Element], edges: list[Element], review: Review) -> list[Element]:
    """The nodes that are no mere frames around others, as yEd draws groups: what is inside, and no tie of its own."""
    tied = {edge.given.get(end) for edge in edges for end in ("source", "target")}
    around = [node for node in nodes if any(node.all("node"))]
    frames = [node for node in around if node.given.get("id") not in tied]
    review.frames([_called(node) for node in frames])
    if leaders := [quote(_called(node)) for node in around if node.given.get("id") in tied]:
        review.note(f"drawn around others but tied itself, and so a leader like them: {listed(leaders)}")
    left_out = {id(frame) for frame in frames}
    return [node for node in nodes if id(node) not in left_out]


def _called(node: Element) -> str:
    return next(_drawn_labels(node), "") or node.given.get("id", "")


def _person(node: Element, keys: "_Keys") -> dict[str, str]:
    person = keys.row(node, "node")
    for label in _drawn_labels(node):
        keep_both(person, DRAWN, label)
    own(person, "id", node.given.get("id", ""))
    return person


def _bond(edge: Element, keys: "_Keys", directed: bool) -> dict[str, str]:
    bond = keys.row(edge, "edge")
    for label in _drawn_labels(edge):
        keep_both(bond, DRAWN, label)
    own(bond, "source", edge.given.get("source", ""))
    own(bond, "target", edge.given.get("target", ""))
    one_way = edge.given.get("directed", "true" if directed else "false").lower() in ("true", "1")
    own(bond, "type", DIRECTED if one_way else UNDIRECTED)
    return bond


def _sheet(
    name: str, rows: list[dict[str, str]], items: list[Element], review: Review, kind: str, first: tuple[str, ...]
) -> Sheet:
    return sheet_of(name, rows, [item.line for item in items], review, kind, first)


class _Keys:
    """The keys that a file declares. Several may share an id, or the name of an attribute."""

    def __init__(self, root: Element, review: Review):
        self.review = review
        self.declared: dict[str, dict[str, Element]] = {}  # id -> what it is for -> key
        self.misplaced: dict[str, int] = {}  # name -> how many edges use a key that is declared for nodes, or so
        self.unknown: dict[str, int] = {}  # id of a key that is not declared -> the line of its first use
        for key in root.own("key"):
            same = self.declared.setdefault(key.given.get("id", ""), {})
            other = same.setdefault(key.given.get("for", "all"), key)
            if _name(other) != _name(key):
                what = f"the key {quote(key.given.get('id', ''))} is declared twice for one kind of element"
                review.problem(f"{what}; give each its own id", key.line)
        self.defaults = {
            kind: {
                _name(key): "".join(each.text for each in key.own("default")).strip()
                for each in self.declared.values()
                if (key := each.get(kind) or each.get("all")) and any(key.own("default"))
            }
            for kind in ("node", "edge")
        }

    def row(self, item: Element, kind: str) -> dict[str, str]:
        """The data of a node or an edge by the names of attributes."""
        given: dict[str, str] = {}
        for data in item.own("data"):
            key = data.given.get("key", "")
            meant = self.declared.get(key)
            if not meant:
                self.unknown.setdefault(key, data.line)
                continue
            found = meant.get(kind) or meant.get("all") or next(iter(meant.values()))
            name = _name(found)
            if found.given.get("for", "all") not in (kind, "all"):
                self.misplaced[name] = self.misplaced.get(name, 0) + 1
            if not data.children:
                keep_both(given, name, data.text.strip())
        return self.defaults[kind] | given

    def tell(self, graphs: list[Element]) -> None:
        """Note what was declared for another kind of element than it stands in (Cytoscape declares all for nodes).

        Problems: keys that are not declared.
        """
        if self.misplaced:
            names = listed([quote(name) for name in self.misplaced], 5)
            self.review.note(f"attributes that are declared for other elements were read where they stand: {names}")
        for key, line in self.unknown.items():
            self.review.problem(f"the data's key {quote(key)} is not declared; add its <key>", line)
        whole = {key: each for graph in graphs for each in graph.own("data") if (key := each.given.get("key", ""))}
        if told := [quote(self._of_graph(key)) for key, each in whole.items() if each.text.strip()]:
            self.review.note(f"what it says of the network as a whole was ignored: {listed(told, 5)}")

    def _of_graph(self, key: str) -> str:
        meant = self.declared.get(key, {})
        found = meant.get("graph") or meant.get("all")
        return _name(found) if found else key


def _name(key: Element) -> str:
    """The name of an attribute; its id where a program leaves the name out."""
    return key.given.get("attr.name") or key.given.get("id", "")


def _drawn_labels(item: Element) -> Iterator[str]:
    """The texts with which yEd or visone draws a node or an edge, each on one line; of a frame as it is shown now."""
    for child in item.own("data"):
        yield from _labels_in(child)


def _labels_in(item: Element) -> Iterator[str]:
    if item.tag == "Realizers" and item.given.get("active", "").isdecimal():
        shown = int(item.given["active"])
        children = item.children[shown : shown + 1]
    else:
        children = item.children
    for child in children:
        if child.tag.lower() in LABELS:
            inner = next((each for each in child.children if each.tag.lower() in ("text", "label.text")), child)
            text = inner.text.strip() or inner.given.get("Text") or inner.given.get("text") or ""
            if line := " ".join(_without_tags(text).split()):
                yield line
        else:
            yield from _labels_in(child)


def _without_tags(label: str) -> str:
    """The text of a label that is written in HTML, as yEd allows."""
    return re.sub(r"<[^<>]*>", " ", label) if re.match(r"\s*<html>", label, re.IGNORECASE) else label


def _drop_drawn(people: list[dict[str, str]]) -> None:
    """Drawn labels are taken for names only where no attribute has any, or has none of this node."""
    named = next((name for name in ("name", "label") if any(row.get(name) for row in people)), "")
    for row in people if named else ():
        if DRAWN in row and not (row.get("name") or row.get("label")):
            row[named] = row.pop(DRAWN)
        elif DRAWN in row and row[DRAWN] in (row.get("name"), row.get("label"), row.get("id")):
            del row[DRAWN]


def _without_arrows(edges: list[Element], bonds: list[dict[str, str]], review: Review) -> None:
    """A tie that yEd draws without arrow heads, or with two, counts both ways, whatever the graph says."""
    changed = 0
    for edge, bond in zip(edges, bonds, strict=True):
        arrows = next(edge.all("Arrows"), None)
        if arrows is None or "directed" in edge.given:
            continue
        ends = [arrows.given.get(end, "none") != "none" for end in ("source", "target")]
        if ends[0] and not ends[1]:
            bond["source"], bond["target"] = bond["target"], bond["source"]
        both = ends[0] == ends[1]
        changed += bond["type"] != (UNDIRECTED if both else DIRECTED) or (ends[0] and not both)
        bond["type"] = UNDIRECTED if both else DIRECTED
    if changed:
        how = "both ways where there are none or two, else as the arrow points"
        review.note(f"{counted(changed, 'tie')} read by the arrow heads drawn: {how}")
