"""GML, as igraph, networkx, Gephi and yEd write it."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from commonweal.roster.errors import Review
from commonweal.roster.found import DIRECTED, UNDIRECTED, Found, keep_both, sheet_of
from commonweal.roster.positions import named_by_label

TOKEN = re.compile(r'\s+|#[^\n]*|(?P<token>\[|\]|"[^"]*"|[^\s\[\]"]+)')
DEEPEST = 50
YES = ("1", "true", "yes")
OURS = ("id", "label", "source", "target")
"""keys that programs write with other capitals, too"""

Tree = list[tuple[str, Any, int]]
"""keys, their values and lines; a value is a text or a tree"""


def read_gml(content: str, review: Review) -> Found:
    """Nodes and edges of the one graph. Problems: another, or none, brackets that do not close, keys without values."""
    tree = _tree(content, review)
    graphs = [(value, line) for key, value, line in tree if key.lower() == "graph" and isinstance(value, list)]
    if not graphs:
        review.problem("there is no graph in it; export it again")
    for _, line in graphs[1:]:
        review.problem("a second graph begins; keep one graph, the community, per file", line)
    review.close()
    graph = graphs[0][0]
    directed = any(key.lower() == "directed" and str(value).lower() in YES for key, value, _ in graph)
    edges = _those(graph, "edge")
    nodes = _without_frames(_those(graph, "node"), edges, review)
    people = [row for row, _ in nodes]
    bonds = [{**row, "type": DIRECTED if directed else UNDIRECTED} for row, _ in edges]
    named_by_label(people, bonds, "label", review)
    sheets = [
        sheet_of("nodes", people, [line for _, line in nodes], review, "leaders", ("id",)),
        sheet_of("edges", bonds, [line for _, line in edges], review, "ties", ("source", "target", "type")),
    ]
    return Found(sheets, review, "GML")


Rows = list[tuple[dict[str, str], int]]
"""what each node or edge says of itself, and the line where it begins"""


def _those(graph: Tree, kind: str) -> Rows:
    return [(_flat(value), line) for key, value, line in graph if key.lower() == kind and isinstance(value, list)]


def _without_frames(nodes: Rows, edges: Rows, review: Review) -> Rows:
    """The nodes that are no mere groups of others, as yEd marks them, without a tie of their own."""
    tied = {row.get(end) for row, _ in edges for end in ("source", "target")}
    frames = {id(row): row for row, _ in nodes if row.get("isGroup") == "1" and row.get("id") not in tied}
    review.frames([row.get("label") or row.get("id", "") for row in frames.values()])
    return [(row, line) for row, line in nodes if id(row) not in frames]


def _flat(tree: Tree) -> dict[str, str]:
    """The texts and numbers of a node or an edge; what programs draw with (graphics [ ... ]) is left out."""
    row: dict[str, str] = {}
    for key, value, _ in tree:
        if isinstance(value, str):
            keep_both(row, key.lower() if key.lower() in OURS else key, value)
    return row


def _tree(content: str, review: Review) -> Tree:
    """Keys and values; a value may be a tree. Raises RosterError where brackets or quotes do not close."""
    tree: Tree = []
    inside = [tree]
    key, key_line = "", 0
    line = 1
    for token, line in _tokens(content, review):
        if token == "]" and not key and len(inside) > 1:
            inside.pop()
        elif token == "[" and key and len(inside) < DEEPEST:
            inside[-1].append((key, branch := [], key_line))
            inside.append(branch)
            key = ""
        elif token in ("[", "]") or (token.startswith('"') and not key):
            _refuse(f"{token[:40]} stands where it should not; export it again", line, review)
        elif not key:
            key, key_line = token, line
        else:
            inside[-1].append((key, unescape(token[1:-1]) if token.startswith('"') else token, key_line))
            key = ""
    if len(inside) > 1 or key:
        _refuse("it ends before its last bracket closes; export it again", line, review)
    return tree


def _tokens(content: str, review: Review) -> Iterator[tuple[str, int]]:
    """Brackets, words and texts in quotes, each with its line."""
    line, at = 1, 0
    while at < len(content):
        match = TOKEN.match(content, at)
        if match is None:
            _refuse("a text in quotes is not closed", line, review)
            return
        if match["token"]:
            yield match["token"], line
        line += match[0].count("\n")
        at = match.end()


def _refuse(sentence: str, line: int, review: Review) -> None:
    review.problem(sentence, line)
    review.close()
