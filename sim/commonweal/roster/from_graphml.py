"""GraphML, as networkx, igraph, Gephi, Cytoscape, yEd, SocNetV and visone write it."""

from commonweal.roster.describe import counted, listed, quote
from commonweal.roster.errors import Review
from commonweal.roster.found import DIRECTED, UNDIRECTED, Found, Sheet, sheet_of
from commonweal.roster.positions import named_by_label
from commonweal.roster.xml import Element

DRAWN = "drawn label"
"""what a label is called that only the drawing of a node holds"""


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
    directed = bool(graphs) and graphs[0].given.get("edgedefault") == "directed"
    bonds = [_bond(edge, keys, directed) for edge in edges]
    _without_arrows(edges, bonds, review)
    _drop_drawn(people)
    keys.tell()
    if [person["id"] for person in people] == [f"n{at}" for at in range(len(people))]:  # of igraph, yEd or visone
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
    frames = [node for node in nodes if any(node.all("node")) and node.given.get("id") not in tied]
    if frames:
        names = listed([quote(_drawn_label(node) or node.given.get("id", "")) for node in frames])
        review.note(f"{counted(len(frames), 'frame')} drawn around leaders left out, with what they mean: {names}")
    return [node for node in nodes if not any(node is frame for frame in frames)]


def _person(node: Element, keys: "_Keys") -> dict[str, str]:
    person = keys.row(node, "node")
    if label := _drawn_label(node):
        person[DRAWN] = label
    _own(person, "id", node.given.get("id", ""))
    return person


def _bond(edge: Element, keys: "_Keys", directed: bool) -> dict[str, str]:
    bond = keys.row(edge, "edge")
    if label := _drawn_label(edge, ("EdgeLabel",)):
        bond[DRAWN] = label
    _own(bond, "source", edge.given.get("source", ""))
    _own(bond, "target", edge.given.get("target", ""))
    one_way = edge.given.get("directed", "true" if directed else "false") in ("true", "1")
    _own(bond, "type", DIRECTED if one_way else UNDIRECTED)
    return bond


def _sheet(
    name: str, rows: list[dict[str, str]], items: list[Element], review: Review, kind: str, first: tuple[str, ...]
) -> Sheet:
    return sheet_of(name, rows, [item.line for item in items], review, kind, first)


def _own(row: dict[str, str], column: str, value: str) -> None:
    """What an element says of itself goes before data of the same name, which is kept under another."""
    for heading in [heading for heading in row if heading.lower() == column and row[heading] != value]:
        row[f"{heading} (data)"] = row.pop(heading)
    row[column] = value


class _Keys:
    """The keys that a file declares. Several may share an id, or the name of an attribute."""

    def __init__(self, root: Element, review: Review):
        self.review = review
        self.declared: dict[str, dict[str, Element]] = {}  # id -> what it is for -> key
        self.misplaced: dict[str, int] = {}  # name -> how many edges use a key that is declared for nodes, or so
        for key in root.own("key"):
            self.declared.setdefault(key.given.get("id", ""), {})[key.given.get("for", "all")] = key
        self.defaults = {
            kind: {
                name: "".join(each.text for each in key.own("default")).strip()
                for each in self.declared.values()
                if (key := each.get(kind) or each.get("all")) and (name := key.given.get("attr.name", ""))
                and any(key.own("default"))
            }
            for kind in ("node", "edge")
        }  # fmt: skip

    def row(self, item: Element, kind: str) -> dict[str, str]:
        """The data of a node or an edge by the names of attributes."""
        row = dict(self.defaults[kind])
        for data in item.own("data"):
            key = data.given.get("key", "")
            meant = self.declared.get(key)
            if not meant:
                self.review.problem(f"the data's key {quote(key)} is not declared; add its <key>", data.line)
                continue
            found = meant.get(kind) or meant.get("all") or next(iter(meant.values()))
            name = found.given.get("attr.name", "")
            if name and found.given.get("for", "all") not in (kind, "all"):
                self.misplaced[name] = self.misplaced.get(name, 0) + 1
            if name and not data.children:
                row[name] = data.text.strip()
        return row

    def tell(self) -> None:
        """Note what was declared for another kind of element than it stands in (Cytoscape declares all for nodes)."""
        if self.misplaced:
            names = listed([quote(name) for name in self.misplaced], 5)
            self.review.note(f"attributes that are declared for other elements were read where they stand: {names}")


def _drawn_label(node: Element, tags: tuple[str, ...] = ("NodeLabel", "Label", "label")) -> str:
    """The first text with which yEd or visone draws a node or an edge, on one line."""
    for tag in tags:
        for label in node.all(tag):
            inner = next(iter(label.all("Label.Text")), label)
            if text := " ".join((inner.text or inner.given.get("Text", "")).split()):
                return text
    return ""


def _drop_drawn(people: list[dict[str, str]]) -> None:
    """Drawn labels are taken for names only where no attribute has any."""
    if any(row.get(name) for row in people for name in ("name", "label")):
        for row in people:
            if DRAWN in row and row[DRAWN] in (row.get("name"), row.get("label"), row.get("id")):
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
        review.note(f"{counted(changed, 'tie')} read by the arrow heads drawn: both ways where there are none or two")
