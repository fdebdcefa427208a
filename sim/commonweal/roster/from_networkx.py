"""What networkx reads (adjacency lists, LEDA, graph6) or holds in memory, and matrices that scipy reads."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from commonweal.roster.describe import counted
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.found import DIRECTED, UNDIRECTED, Found, number, sheet_of

MOST = 1_000_000
"""leaders of a matrix or a graph that names its size"""


def found_in(graph: Any, review: Review, says: str, directed: bool | None) -> Found:
    """The nodes and the edges of a graph of networkx, their attributes taken for columns.

    says: the format, where it says which edges are directed, else ''; directed: None where nothing does.
    """
    kind = {True: DIRECTED, False: UNDIRECTED, None: ""}[directed]
    nodes = [{**_as_cells(data), "id": str(node)} for node, data in graph.nodes(data=True)]
    edges = [
        {**_as_cells(data), "source": str(i), "target": str(j), **({"type": kind} if kind else {})}
        for i, j, data in graph.edges(data=True)
    ]
    sheets = [
        sheet_of("nodes", nodes, [0] * len(nodes), review, "leaders", ("id",)),
        sheet_of("edges", edges, [0] * len(edges), review, "ties", ("source", "target", *(["type"] if kind else []))),
    ]
    return Found(sheets, review, says)


def _as_cells(data: dict[Any, Any]) -> dict[str, str]:
    return {str(name): number(value) for name, value in data.items()}


def read_adjacency(content: str, review: Review) -> Found:
    """A line for each leader, with those whom they are tied to behind."""
    import networkx

    lines = [line for line in content.splitlines() if line.strip()]
    graph = _read(lambda: networkx.parse_adjlist(lines, create_using=networkx.DiGraph), review, "an adjacency list")
    return _told(graph, review, "a list of neighbours, a line for each leader")


def read_multiline(content: str, review: Review) -> Found:
    """A line for each leader with the number of those whom they are tied to, and a line for each of these."""
    import networkx

    lines = iter(line for line in content.splitlines() if line.strip())
    graph = _read(
        lambda: networkx.parse_multiline_adjlist(lines, create_using=networkx.DiGraph), review, "an adjacency list"
    )
    return _told(graph, review, "a list of neighbours, a line for each tie")


def _told(graph: Any, review: Review, what: str) -> Found:
    edges = graph.number_of_edges()
    review.note(f"it was read as {what}: {counted(len(graph), 'leader')} and {counted(edges, 'tie')}")
    return found_in(graph, review, "", None)


def is_multiline(content: str) -> bool:
    """Whether it is a list of neighbours with a line for each: a name and how many there are, then these."""
    lines = [line.strip() for line in content.splitlines() if line.strip() and not line.startswith("#")]
    at = 0
    while at < len(lines):
        head = re.fullmatch(r"\S+ (\d+)", lines[at])
        if not head or not all(re.fullmatch(r"\S+ \{.*\}", each) for each in lines[at + 1 : at + 1 + int(head[1])]):
            return False
        at += 1 + int(head[1])
    return at == len(lines) > 1


def is_adjacency(content: str) -> bool:
    """Whether each line begins with a name of its own, and others that begin lines follow, several in some."""
    rows = [line.split() for line in _plain(content)]
    firsts = [row[0] for row in rows]
    others = [word for row in rows for word in row[1:]]
    known = {*firsts}
    if len(rows) < 2 or len(known) < len(firsts) or len({len(row) for row in rows}) < 2 or not others:
        return False
    return max(map(len, rows)) > 2 and 10 * sum(word in known for word in others) >= 9 * len(others)


def _plain(content: str) -> Iterator[str]:
    """The lines that are no remarks, none where signs part columns."""
    if not re.search(r"[,;|\t]", content):
        yield from (line for line in content.splitlines() if line.strip() and not line.startswith("#"))


def read_leda(content: str, review: Review) -> Found:
    """A graph of LEDA, which says whether it is directed, and names its nodes."""
    import networkx

    graph = _read(lambda: networkx.parse_leda(content), review, "LEDA")
    graph = networkx.relabel_nodes(graph, {node: str(node).strip("|{} ") for node in graph})
    for *_, data in graph.edges(data=True):
        data.update({"weight": data.pop("label")} if re.fullmatch(r"-?[\d.]+", str(data.get("label", ""))) else {})
    return found_in(graph, review, "LEDA", graph.is_directed())


def read_graph6(content: str, review: Review) -> Found:
    """The first graph of a file of graph6 or sparse6, whose leaders are numbers from 0."""
    import networkx

    lines = [line for line in content.splitlines() if line.strip()]
    first = lines[0].strip()
    bare = re.sub(r">>(graph6|sparse6)<<", "", first)
    if bare.startswith(("~~", ":~~")):
        raise RosterError(f"{review.file}: it has over 258,047 leaders; leave out those that a roster does not need")
    read = networkx.from_sparse6_bytes if bare.startswith(":") else networkx.from_graph6_bytes
    graph = _read(lambda: read(bare.encode("ascii")), review, "graph6")
    if len(lines) > 1:
        review.note(f"of {len(lines):,} graphs the first was read")
    review.note("its format has no names, so leaders are called by their numbers, from 0")
    return found_in(graph, review, "graph6", False)


def read_matrix_market(content: str, review: Review) -> Found:
    """The square matrix of a Matrix Market file: rows attend to columns, both ways where it says it is symmetric."""
    import networkx
    from scipy.io import mmread
    from scipy.sparse import coo_array

    size = re.search(r"^\s*(\d+)\s+(\d+)", re.sub(r"^\s*%[^\n]*\n", "", content, flags=re.MULTILINE))
    rows, columns = (int(size[1]), int(size[2])) if size else (0, 0)
    dense = " array" in content[:80].lower()
    if rows != columns or not 0 < rows <= (content.count("\n") if dense else MOST):
        what = f"a Matrix Market file of {rows:,} rows and {columns:,} columns"
        raise RosterError(f"{review.file}: {what}; give a square matrix, whole, of up to {MOST:,} leaders")
    found = coo_array(_read(lambda: mmread(BytesIO(content.encode()), spmatrix=False), review, "Matrix Market"))
    symmetric = "symmetric" in content.split("\n", 1)[0].lower().split()
    graph = networkx.Graph() if symmetric else networkx.DiGraph()
    graph.add_nodes_from(range(1, rows + 1))
    ties = zip((found.row + 1).tolist(), (found.col + 1).tolist(), found.data.tolist(), strict=True)
    graph.add_weighted_edges_from((i, j, weight) for i, j, weight in ties if weight)
    review.note("its format has no names, so leaders are called by their numbers, from 1")
    return found_in(graph, review, "Matrix Market", not symmetric)


def _read(read: Callable[[], Any], review: Review, what: str) -> Any:
    """What a library reads. Raises RosterError for whatever a damaged file makes it raise."""
    try:
        return read()
    except Exception as error:
        why = " ".join(str(error).split())[:100] or type(error).__name__
        raise RosterError(f"{review.file}: it begins as {what} but cannot be read ({why}); export it again") from None
