"""GEXF, as Gephi and networkx write it: one moment of a network."""

from commonweal.roster.describe import counted, quote
from commonweal.roster.errors import Review
from commonweal.roster.found import DIRECTED, UNDIRECTED, Found, keep_both, own, sheet_of
from commonweal.roster.xml import Element

WHEN = ("start", "end", "startopen", "endopen", "timestamp", "timestamps", "intervals")


def read_gexf(root: Element, review: Review) -> Found:
    """Nodes and edges. Problems: no graph, more than one, values that change over time."""
    graphs = [*root.own("graph")]
    if len(graphs) != 1:
        what = "a second graph begins; keep one" if graphs else "there is no graph in it; export it again"
        review.problem(what, graphs[1].line if graphs else 0)
        review.close()
    graph = graphs[0]
    names, usual = _attributes(graph, "title"), _attributes(graph, "default")
    _refuse_dynamics(graph, review)
    nodes, edges = [*graph.all("node")], [*graph.all("edge")]
    nodes = _without_frames(nodes, edges, review)
    default = graph.given.get("defaultedgetype", "undirected")
    people = []
    for node in nodes:
        row = _row(node, names["node"], usual["node"])
        if label := node.given.get("label", "").strip():
            own(row, "label", label)
        own(row, "id", node.given.get("id", ""))
        people.append(row)
    bonds = []
    for edge in edges:
        row = _row(edge, names["edge"], usual["edge"])
        for name in ("weight", "label", "kind", "source", "target"):
            if name in edge.given:
                own(row, name, edge.given[name])
        own(row, "type", DIRECTED if edge.given.get("type", default).lower() == "directed" else UNDIRECTED)
        bonds.append(row)
    sheets = [
        sheet_of("nodes", people, [node.line for node in nodes], review, "leaders", ("id",)),
        sheet_of("edges", bonds, [edge.line for edge in edges], review, "ties", ("source", "target", "type")),
    ]
    return Found(sheets, review, "GEXF")


def _without_frames(nodes: list[Element], edges: list[Element], review: Review) -> list[Element]:
    """The nodes that are no mere groups of others: what is inside or names them as its own, and no tie."""
    tied = {edge.given.get(end) for edge in edges for end in ("source", "target")}
    above = {node.given.get("pid") for node in nodes} - tied
    above |= {node.given.get("id") for node in nodes if any(node.all("node"))} - tied
    review.frames([node.given.get("label") or node.given["id"] for node in nodes if node.given.get("id") in above])
    return [node for node in nodes if node.given.get("id") not in above]


def _attributes(graph: Element, what: str) -> dict[str, dict[str, str]]:
    """For nodes and for edges the title, or the default value, of each attribute by its id."""
    found: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for group in graph.own("attributes"):
        for each in group.own("attribute"):
            value = each.given.get("title", "") if what == "title" else "".join(one.text for one in each.own(what))
            if value.strip():
                found.setdefault(group.given.get("class", ""), {})[each.given.get("id", "")] = value.strip()
    return found


def _row(item: Element, names: dict[str, str], usual: dict[str, str]) -> dict[str, str]:
    """The values of a node or an edge by the titles of attributes, those that are usual where it has none."""
    given = {
        value.given.get("for", value.given.get("id", "")): value.given.get("value", "")
        for values in item.own("attvalues")
        for value in values.own("attvalue")
    }
    row: dict[str, str] = {}
    for key, value in (usual | given).items():
        if name := names.get(key, key):
            keep_both(row, name, value)
    return row


def _refuse_dynamics(graph: Element, review: Review) -> None:
    """Values that change with time cannot be told apart; times of existence alone are left out and noted."""
    moving = [
        item
        for tag in ("node", "edge")
        for item in graph.all(tag)
        for values in item.own("attvalues")
        if len({value.given.get("for") for value in values.children}) < len(values.children)
        or any(value.given.get("value", "").startswith("<[") for value in values.children)
    ]
    if moving:
        many = counted(len(moving), "node or edge")
        review.problem(f"{many} with values that change over time; export one moment of it", moving[0].line)
        review.close()
    timed = sum(1 for tag in ("node", "edge") for item in graph.all(tag) if _timed(item))
    if timed:
        what = f"{timed:,} nodes and edges are there for some of the time only"
        review.note(f"{what}; times were ignored, and all were read as if at one moment")
    elif graph.given.get("mode") == "dynamic":
        review.note(f"it calls itself {quote('dynamic')}, but nothing in it changes over time")


def _timed(item: Element) -> bool:
    return any(name in item.given for name in WHEN) or any(item.own("spells")) or any(item.own("slices"))
