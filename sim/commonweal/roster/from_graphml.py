"""The leaders and ties tables in a GraphML file, read as a stream so that nothing in it can expand."""

from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

import numpy as np

from commonweal.roster.attributes import attribute_table
from commonweal.roster.columns import LEADERS, TIES, Columns
from commonweal.roster.describe import quote
from commonweal.roster.errors import Review, RosterError
from commonweal.roster.file import SIZE_LIMIT, read_bytes
from commonweal.roster.table import Table

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def read_graphml(path: Path, size_limit: int = SIZE_LIMIT) -> tuple[Table, Table, np.ndarray]:
    """Leaders, ties, and which ties are undirected. RosterError: not GraphML, or a document type."""
    reader = _Reader(Review(path.name))
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse_doctype
    parser.StartElementHandler = lambda tag, given: reader.start(_local(tag), given, parser.CurrentLineNumber)
    parser.EndElementHandler = lambda tag: reader.end(_local(tag))
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(read_bytes(path, size_limit), True)
    except expat.ExpatError as error:
        raise RosterError(
            f"{path.name}, line {error.lineno}: it is not well-formed XML ({expat.ErrorString(error.code)}); "
            f"export it again as GraphML"
        ) from None
    return reader.tables()


def _local(tag: str) -> str:
    """The tag without the GraphML namespace; '' for elements of other namespaces (drawing programs' own)."""
    namespace, _, name = tag.rpartition(" ")
    return name if namespace in ("", NAMESPACE) else ""


@dataclass(slots=True)
class _Item:
    """A node or an edge: the line it stands on and its attributes by key."""

    line: int
    given: dict[str, str]
    data: dict[str, str] = field(default_factory=dict)
    mutual: bool = False


class _Reader:
    """Collects keys, nodes and edges while the file streams past."""

    def __init__(self, review: Review):
        self.review = review
        self.names: dict[str, str] = {}  # key -> attribute name
        self.applies: dict[str, str] = {}  # key -> node, edge, graph or all
        self.defaults: dict[str, str] = {}  # key -> value where a node or edge has none
        self.nodes: list[_Item] = []
        self.edges: list[_Item] = []
        self.tags: list[str] = []
        self.graphs = 0
        self.directed = False
        self.open: list[_Item] = []
        self.key = ""
        self.characters_read: list[str] = []

    def refuse_doctype(self, *_: object) -> None:
        danger = "a document type or entities, which can hide other files or endless text"
        raise RosterError(f"{self.review.file}: it holds {danger}; delete the <!DOCTYPE ...> part")

    def start(self, tag: str, given: dict[str, str], line: int) -> None:
        if not self.tags and tag != "graphml":
            place = f"{self.review.file}, line {line}"
            raise RosterError(f"{place}: it is XML but not GraphML; export it as GraphML")
        self.tags.append(tag)
        if tag == "key":
            self.key = given.get("id", "")
            self.names[self.key] = given.get("attr.name", "")
            self.applies[self.key] = given.get("for", "all")
        elif tag == "graph":
            self.graphs += 1
            self.directed = given.get("edgedefault") == "directed"
            if self.graphs == 2:
                self.review.problem("a second graph begins; keep one graph, the community, per file", line)
        elif tag == "hyperedge":
            self.review.problem("a tie joins two leaders, not more; write the hyperedge as edges", line)
        elif tag in ("node", "edge"):
            item = _Item(line, given)
            item.mutual = given.get("directed", "true" if self.directed else "false") != "true"
            (self.nodes if tag == "node" else self.edges).append(item)
            self.open.append(item)
        elif tag == "data":
            self.key = given.get("key", "")
            if self.key not in self.names:
                self.review.problem(f"the data's key {quote(self.key)} is not declared; add its <key>", line)
        if tag in ("data", "default"):
            self.characters_read = []

    def characters(self, characters: str) -> None:
        if self.tags[-1] in ("data", "default"):
            self.characters_read.append(characters)

    def end(self, tag: str) -> None:
        self.tags.pop()
        if tag in ("node", "edge"):
            self.open.pop()
        elif tag == "data" and self.open:
            self.open[-1].data[self.key] = "".join(self.characters_read).strip()
        elif tag == "default":
            self.defaults[self.key] = "".join(self.characters_read).strip()

    def tables(self) -> tuple[Table, Table, np.ndarray]:
        """Leaders, ties, and which ties are undirected, (m,)."""
        leaders = self._table(self.nodes, "node", ("id",), LEADERS)
        ties = self._table(self.edges, "edge", ("source", "target"), TIES)
        return leaders, ties, np.array([edge.mutual for edge in self.edges], dtype=bool)

    def _table(self, items: list[_Item], kind: str, keys: tuple[str, ...], columns: Columns) -> Table:
        """One table: the XML attributes `keys`, and the declared data of this kind of element."""
        names = {key: name for key, name in self.names.items() if name and self.applies[key] in (kind, "all")}
        defaults = {names[key]: value for key, value in self.defaults.items() if key in names}
        rows = []
        for item in items:
            row = defaults | {names[key]: value for key, value in item.data.items() if key in names}
            rows.append(row | {key: item.given.get(key, "").strip() for key in keys})
        return attribute_table(rows, keys, [item.line for item in items], kind, columns, self.review)
