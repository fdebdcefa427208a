"""Pajek: networks (.net) and projects (.paj)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from commonweal.roster.describe import counted, listed, quote
from commonweal.roster.errors import Review
from commonweal.roster.found import DIRECTED, UNDIRECTED, Found, Sheet, sheet_of
from commonweal.roster.positions import named_by_label

LISTS = {"arcs": DIRECTED, "edges": UNDIRECTED, "arcslist": DIRECTED, "edgeslist": UNDIRECTED, "matrix": DIRECTED}
UNUSED = ("partition", "vector", "cluster", "permutation", "hierarchy", "events")


@dataclass(slots=True)
class _Network:
    """A network of a file: what it is called, its vertices by number, its ties with their lines."""

    name: str
    people: dict[str, dict[str, str]] = field(default_factory=dict)
    bonds: list[dict[str, str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    second_mode: int = 0


def read_pajek(content: str, review: Review) -> Found:
    """The networks; the first has the leaders. Problems: numbers of vertices that there are not, ragged matrices."""
    networks: list[_Network] = []
    unused: list[str] = []
    section, called, relation, row = "", "", "", 0
    for line, text in _lines(content):
        if not text.startswith("*"):
            if networks and section in ("vertices", *LISTS):
                row += 1
                _take(networks[-1], section, text, line, row, relation, review)
            continue
        word, *others = text[1:].split(None, 1) or [""]
        rest = "".join(others)
        # a partition or a vector has vertices too, which are no network
        before, section, row, relation = section, word.lower().rstrip(":"), 0, _relation(rest)
        if section == "network":
            called = rest.strip()
        elif section in UNUSED:
            unused.append(quote(text[:40]))
        elif section == "vertices" and before in UNUSED:
            section = before
        elif section == "vertices":
            networks.append(_begin(called, rest, line, review))
            called = ""
    if unused:
        review.note(f"these parts were ignored: {listed(unused, 5)}")
    _tell_details(content, review)
    if not networks:
        review.problem("there are no *Vertices in it; export it again as a Pajek network")
    review.close()
    return Found([sheet for network in networks for sheet in _sheets(network, review)], review, "Pajek")


def _tell_details(content: str, review: Review) -> None:
    """Note what stands behind vertices and lines and is no part of a roster; how they are drawn is not told."""
    inside = [re.sub(r'"[^"]*"', "", text) for _, text in _lines(content) if not text.startswith("*")]
    if timed := sum("[" in text for text in inside):
        review.note(f"{counted(timed, 'line')} with times, which were ignored, and all were read as if at one moment")
    if labelled := sum(bool(re.search(r"\sl(\s|$)", text)) for text in inside):
        review.note(f"labels of {counted(labelled, 'tie')} were ignored")


def _lines(content: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    for line, text in enumerate(content.splitlines(), 1):
        if text.strip() and not text.strip().startswith("%"):
            yield line, text.strip()


def _relation(rest: str) -> str:
    """The name of a relation: `:2 "advice"`."""
    found = re.search(r'"([^"]*)"', rest) or re.search(r":\s*(\d+)", rest)
    return found[1] if found else ""


def _begin(called: str, rest: str, line: int, review: Review) -> _Network:
    counts = rest.split()
    if not counts or not all(each.isdigit() for each in counts[:2]) or int(counts[0]) > 10_000_000:
        review.problem("*Vertices needs the number of vertices, such as *Vertices 12", line)
        review.close()
    network = _Network(called)
    if len(counts) > 1 and int(counts[1]) < int(counts[0]):
        network.second_mode = int(counts[1])
    network.people = {str(place): {"id": str(place), "label": str(place)} for place in range(1, int(counts[0]) + 1)}
    return network


def _words(text: str) -> list[str]:
    """The words of a line, labels in quotes as one."""
    if '"' not in text:
        return text.split()
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', text)]


def _take(network: _Network, section: str, text: str, line: int, row: int, relation: str, review: Review) -> None:
    """Put a line of a section into a network."""
    words = _words(text)
    if section == "vertices":
        if words[0] not in network.people:
            review.problem(f"{quote(words[0])} is not the number of a vertex", line)
        elif len(words) > 1 and not _is_place(text, words):
            network.people[words[0]]["label"] = unescape(words[1])
        return
    if re.fullmatch(r"\d+:", words[0]):  # the relation stands in the line itself
        relation, words = words[0][:-1], words[1:]
    for source, target, weight in _ties(network, section, words, line, row, review):
        if section.endswith("list") and target.startswith("-"):  # a line whose value is -1
            target, weight = target[1:], "-1"
        bond = {"source": source, "target": target, "type": LISTS[section], "weight": weight}
        network.bonds.append(bond | ({"relation": relation} if relation else {}))
        network.lines.append(line)


def _is_place(text: str, words: list[str]) -> bool:
    """Whether what follows the number of a vertex is no label but where it is drawn."""
    return '"' not in text and len(words) > 2 and "." in words[1] and all(map(_is_number, words[1:3]))


def _ties(
    network: _Network, section: str, words: list[str], line: int, row: int, review: Review
) -> list[tuple[str, str, str]]:
    """The ties in a line: of a row of a matrix, of one vertex to many, of two."""
    if section == "matrix":
        if len(words) != len(network.people) or row > len(network.people):
            what = f"{counted(len(words), 'cell')} in a row of a matrix of {len(network.people)} vertices"
            review.problem(f"{what}; export it again", line)
            review.close()
        return [(str(row), str(at), cell) for at, cell in enumerate(words, 1) if cell.strip("0.")]
    if section.endswith("list"):
        return [(words[0], other, "") for other in words[1:]]
    if len(words) < 2:
        review.problem("a tie needs the numbers of two vertices", line)
        return []
    return [(words[0], words[1], words[2] if len(words) > 2 and _is_number(words[2]) else "")]


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _sheets(network: _Network, review: Review) -> Iterator[Sheet]:
    """The vertices and, one for each relation, the ties of a network; of two modes, a table of who is in what."""
    people, name = [*network.people.values()], network.name or "network"
    if network.second_mode:
        yield _two_modes(network, name, review)
        return
    named_by_label(people, network.bonds, "label", review)
    yield sheet_of(name, people, [0] * len(people), review, "leaders", ("id",))
    relations = list(dict.fromkeys(bond.get("relation", "") for bond in network.bonds)) or [""]
    for relation in relations:
        rows = [at for at, bond in enumerate(network.bonds) if bond.get("relation", "") == relation]
        bonds = [{key: cell for key, cell in network.bonds[at].items() if key != "relation"} for at in rows]
        lines = [network.lines[at] for at in rows]
        called = relation if relation and (len(relations) > 1 or not relation.isdecimal()) else name
        yield sheet_of(called, bonds, lines, review, "ties", ("source", "target", "type"))


def _two_modes(network: _Network, name: str, review: Review) -> Sheet:
    """The first vertices by the others, 1 where there is a tie."""
    labels = {key: row.get("label", key) for key, row in network.people.items()}
    people = [key for key in labels if int(key) <= network.second_mode]
    places = {key: at for at, key in enumerate((key for key in labels if key not in people), 1)}
    rows = {key: [labels[key]] + [""] * len(places) for key in people}
    for bond in network.bonds:
        for one, other in ((bond["source"], bond["target"]), (bond["target"], bond["source"])):
            if one in rows and other in places:
                rows[one][places[other]] = bond["weight"] or "1"
    return Sheet(name, ["", *(labels[key] for key in places)], [*rows.values()], [0] * len(rows), review, "two modes")
