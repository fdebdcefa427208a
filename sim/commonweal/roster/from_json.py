"""JSON: node-link, as networkx, D3 and Cytoscape have it, Kumu's own, and lists of records."""

import json
import re
from typing import Any

from commonweal.roster.describe import listed, quote
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.found import DIRECTED, UNDIRECTED, Found, Sheet, number, own, sheet_of
from commonweal.roster.grid import headed
from commonweal.roster.positions import named_by_label

NODES = (
    "nodes", "elements", "vertices", "people", "persons", "actors", "members", "organisations", "organizations",
    "leaders", "entities", "agents",
)  # fmt: skip
EDGES = ("links", "edges", "connections", "ties", "relationships", "relations", "arcs")
SOURCES = ("source", "from", "start", "startnode", "src", "source_id", "sourceid", "person1", "node1", "tail", "_from")
TARGETS = ("target", "to", "end", "endnode", "dst", "dest", "target_id", "targetid", "person2", "node2", "head", "_to")
"""what programs call lists and ends, whatever their capitals"""
READ = (*NODES, *EDGES, "adjacency")
INSIDE = ("attributes", "data", "properties", "metadata")
"""where programs keep what else they know of a node or an edge"""


def read_json(content: str, review: Review) -> Found:
    """Nodes and edges. Raises RosterError: not JSON, or JSON without nodes and links."""
    held = _loaded(content, review.file)
    if table := _table(held, review):
        return Found([table], review)
    if isinstance(held, list) and any(map(_object, held)) and not any(map(_is_element, held)):
        return Found([_records(held, review)], review)
    whole = _opened(_neighbours(held), review)
    nodes, edges = _lists(whole, review.file)
    if isinstance(whole.get("adjacency"), list):
        edges = _adjacent(nodes, whole["adjacency"], review.file)
    _tell_unused(whole, review)
    directed = _is_directed(whole)
    says = "" if directed is None else "JSON"
    people, bonds = _rows(nodes, review), _rows(edges, review)
    numbered = bool(people) and all("_id" in row and "id" not in row for row in people)
    _renamed(people, "id", ("id", "_id", "key", "label", "name"))
    for bond in bonds:
        _take_arrows(bond)
    _renamed(bonds, "source", SOURCES)
    _renamed(bonds, "target", TARGETS)
    _tell_kinds(bonds, directed, bool(whole.get("multigraph")))
    _by_position(people, bonds, review)
    if numbered:
        named_by_label(people, bonds, "label", review)
    sheets = [sheet_of("nodes", people, [*range(1, len(people) + 1)], review, "leaders", ("id",))] if people else []
    ties = sheet_of("links", bonds, [*range(1, len(bonds) + 1)], review, "ties", ("source", "target"))
    return Found([*sheets, ties], review, says)


def _records(held: list[Any], review: Review) -> Sheet:
    """A table of records, whose columns tell what it is."""
    rows = _rows(held, review)
    name = review.file.rpartition(".")[0] or review.file
    return sheet_of(name, rows, [*range(1, len(rows) + 1)], review, "", ())


def _take_arrows(bond: dict[str, str]) -> None:
    """Which way a tie counts, as vis.js and Neo4j have it."""
    if "startNode" in bond:
        own(bond, "type", DIRECTED)
    if "arrows" not in bond or "from" not in bond:
        return
    heads = {*re.findall(r"to|from", bond.pop("arrows"))}
    if heads == {"from"}:
        bond["from"], bond["to"] = bond.get("to", ""), bond["from"]
    own(bond, "type", DIRECTED if len(heads) == 1 else UNDIRECTED)


def _tell_kinds(bonds: list[dict[str, str]], directed: bool | None, multigraph: bool) -> None:
    """Put what the whole says of edges into each that says nothing else."""
    for bond in bonds:
        # networkx writes the parallel edges of a multigraph with a key, which says nothing of the tie
        if multigraph:
            bond.pop("key", None)
        if directed is not None:
            both = not directed or bond.pop("undirected", "") == "yes"
            own(bond, "type", UNDIRECTED if both else DIRECTED)


def _loaded(content: str, file: str) -> Any:
    """What is in a file."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise RosterError(f"{file}{line}: it begins as JSON but is not; export it again") from None


def _opened(held: Any, review: Review) -> dict[str, Any]:
    """The object with the lists: Cytoscape keeps them one level further in, or in one list, as JSON Graph does."""
    several = isinstance(held, list) and any(map(_is_element, held))
    whole: dict[str, Any] = held if isinstance(held, dict) else {"elements": held} if several else {}
    whole = _first_graph(whole, review)
    for inside in ("graph", "elements", "data", "network", "net"):
        inner = whole.get(inside)
        if isinstance(inner, dict) and any(isinstance(inner.get(name), list | dict) for name in (*NODES, *EDGES)):
            whole = whole | inner
    if isinstance(whole.get("elements"), list) and any(map(_is_element, whole["elements"])):
        whole = {name: value for name, value in whole.items() if name != "elements"} | _parted(whole["elements"])
    nodes = whole.get("nodes")
    if isinstance(nodes, dict):
        whole = whole | {"nodes": [{"id": key, **_object(each)} for key, each in nodes.items()]}
    return whole


def _first_graph(whole: dict[str, Any], review: Review) -> dict[str, Any]:
    """Of several graphs, as JSON Graph may have them, the first."""
    graphs = whole.get("graphs")
    if not isinstance(graphs, list) or not graphs:
        return whole
    if len(graphs) > 1:
        review.note(f"of {len(graphs):,} graphs the first was read")
    return {"graph": graphs[0]}


def _table(held: Any, review: Review) -> Sheet | None:
    """Pairs of names, or a square of numbers, as a list of lists; None for anything else."""
    if not isinstance(held, list) or len(held) < 2 or not all(isinstance(each, list) for each in held):
        return None
    rows = [[number(cell).strip() if not isinstance(cell, list | dict) else "{}" for cell in row] for row in held]
    name = review.file.rpartition(".")[0] or review.file
    sheet = Sheet(name, [], rows, [*range(1, len(rows) + 1)], review)
    headed(sheet, "complete the row")
    review.close()
    return sheet


def _neighbours(held: Any) -> Any:
    """Nodes and edges of an object that has a list, or an object, of those tied to it under the name of each leader."""
    if not isinstance(held, dict) or len(held) < 2 or not all(isinstance(each, list | dict) for each in held.values()):
        return held
    edges = [
        {"source": source, "target": target, **_weight(others, target)}
        for source, others in held.items()
        for target in others
        if isinstance(target, str | int | float)
    ]
    if not edges or 2 * sum(str(edge["target"]) in held for edge in edges) < len(edges) or {*held} & {*READ}:
        return held
    return {"nodes": [{"id": name} for name in held], "edges": edges}


def _weight(others: Any, target: Any) -> dict[str, Any]:
    """What an object says of a tie: its weight, or all its attributes."""
    said = others[target] if isinstance(others, dict) else {}
    return said if isinstance(said, dict) else {"weight": said}


def _parted(elements: list[Any]) -> dict[str, list[Any]]:
    """Nodes and edges of one list; the group that each says it is in is this, and no group of people."""
    sides: tuple[list[Any], list[Any]] = ([], [])
    for each in elements:
        of_edge = _is_element(each) and "source" in each["data"]
        sides[of_edge].append({name: value for name, value in _object(each).items() if name != "group"})
    return {"nodes": sides[0], "edges": sides[1]}


def _object(each: Any) -> dict[str, Any]:
    return each if isinstance(each, dict) else {}


def _is_element(each: Any) -> bool:
    """Whether it is a node or an edge as Cytoscape has them in one list."""
    return isinstance(each, dict) and isinstance(each.get("data"), dict)


def _is_directed(whole: dict[str, Any]) -> bool | None:
    """What it says of its edges, as networkx or as graphology; None where it says nothing."""
    said = whole.get("directed", _object(whole.get("options")).get("type"))
    return {"true": True, "false": False, "directed": True, "undirected": False}.get(str(said).lower())


def _lists(whole: dict[str, Any], file: str) -> tuple[list[Any], list[Any]]:
    """The lists of nodes and of edges, of which one may be missing."""
    nodes, edges = (
        next((whole[name] for name in names if isinstance(whole.get(name), list)), None) for names in (NODES, EDGES)
    )
    if nodes is None and (edges is None or "adjacency" in whole):
        remedy = "give an object with lists of nodes and links (or elements and connections)"
        raise RosterError(f"{file}: it is JSON without a list of nodes or links; {remedy}")
    return nodes or [], edges or []


def _tell_unused(whole: dict[str, Any], review: Review) -> None:
    unused = [quote(name) for name, held in whole.items() if name not in READ and isinstance(held, list) and held]
    if unused:
        review.note(f"these lists were ignored: {listed(unused, 5)}")


def _adjacent(nodes: list[Any], lists: list[Any], file: str) -> list[Any]:
    """Edges out of a list for each node, of those to which it is tied, as networkx writes adjacency data."""
    if len(lists) != len(nodes) or not all(isinstance(each, dict) for each in nodes):
        counts = f"{len(nodes):,} nodes but {len(lists):,} lists of neighbours"
        raise RosterError(f"{file}: it has {counts}; export it again")
    edges = []
    for node, others in zip(nodes, lists, strict=True):
        for other in others:
            data = dict(other) if isinstance(other, dict) else {"id": other}
            edges.append({"source": node.get("id"), "target": data.pop("id", None), **data})
    return edges


def _rows(items: list[Any], review: Review) -> list[dict[str, str]]:
    """Each item's own values, and those that Kumu or Cytoscape keep inside it; a lone text is an id."""
    rows = [_row(item) for item in items]
    if odd := sum(row is None for row in rows):
        review.note(f"{odd:,} of the things in its lists are no objects and were ignored")
    return [row for row in rows if row is not None]


def _row(item: Any) -> dict[str, str] | None:
    if isinstance(item, str | int | float):
        return {"id": number(item)}
    if not isinstance(item, dict):
        return None
    flat = {name: value for name, value in item.items() if name not in INSIDE or not isinstance(value, dict)}
    for name in INSIDE:
        flat |= item[name] if isinstance(item.get(name), dict) else {}
    return {str(name): _text(value) for name, value in flat.items()}


def _text(value: Any) -> str:
    """A value as text: of an object its id, of a list its parts."""
    if isinstance(value, dict):
        return number(value.get("id", value.get("_id")))
    return ", ".join(_text(each) for each in value) if isinstance(value, list) else number(value)


def _renamed(rows: list[dict[str, str]], column: str, names: tuple[str, ...]) -> None:
    """The first of these names that all rows have takes the column's name."""
    known = {name.lower(): name for row in rows for name in row}
    chosen = next((known[name] for name in names if name in known and all(row.get(known[name]) for row in rows)), None)
    for row in rows if chosen is not None and chosen != column else ():
        assert chosen is not None
        row[column] = row.pop(chosen) if column in ("source", "target") or chosen.startswith("_") else row[chosen]


def _by_position(people: list[dict[str, str]], bonds: list[dict[str, str]], review: Review) -> None:
    """Ends that are no ids but the places of nodes in their list, counted from 0 (D3 had it so)."""
    ids = [row.get("id", "") for row in people]
    ends = {bond.get(end, "") for bond in bonds for end in ("source", "target")}
    if ends <= {*ids} or not all(end.isdecimal() and int(end) < len(ids) for end in ends):
        return
    for bond in bonds:
        bond["source"], bond["target"] = ids[int(bond["source"])], ids[int(bond["target"])]
    review.note("its links name nodes by their places in the list, counted from 0")
