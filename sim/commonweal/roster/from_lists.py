"""Plain lists of ties, each as its program writes it: SIF, LGL, TGF."""

import re

from commonweal.roster.describe import quote
from commonweal.roster.errors import Review
from commonweal.roster.found import UNDIRECTED, Found, Sheet, sheet_of

Bonds = list[tuple[int, dict[str, str]]]
"""ties, each with its line"""
TGF = re.compile(r"(?:(?!#)[^\s,;][^\n,;]*\n)+#[ \t]*(\n[^\s,;]+[ \t]+[^\s,;]+|\s*$)")
"""how it begins: lines of nodes, a line of a mere #, lines of ties"""


def is_lgl(content: str) -> bool:
    """Whether it has lines of a # and a name, and below each the names, with a number perhaps, of those tied to it."""
    lines = [line.strip() for line in content.splitlines() if line.strip()]
    heads = [re.fullmatch(r"#\s*[^\s#]+", line) for line in lines]
    rest = [line for line, head in zip(lines, heads, strict=True) if not head]
    said = sum(bool(head) for head in heads)
    return (
        bool(lines)
        and bool(heads[0])
        and said > 1
        and all(re.fullmatch(r"[^\s,;]+(\s+-?[\d.]+)?", line) for line in rest)
    )


def read_lgl(content: str, review: Review) -> Found:
    """Large Graph Layout: a # and a name, below it those tied to it, with a weight or without; ties count both ways."""
    people: dict[str, int] = {}
    bonds: Bonds = []
    source = ""
    for line, text in _lines(content):
        if text.startswith("#"):
            source = text.lstrip("# ")
            people.setdefault(source, line)
            continue
        target, *weight = text.split()
        people.setdefault(target, line)
        bond = {"source": source, "target": target, "type": UNDIRECTED}
        bonds.append((line, bond | ({"weight": weight[0]} if weight else {})))
    return Found([*_sheets(dict.fromkeys(people, ""), bonds, review)], review, "LGL")


def read_sif(content: str, review: Review) -> Found:
    """Simple interaction format of Cytoscape: a name, a word for the relation, and the names of those tied to it."""
    sign = "\t" if "\t" in content else None
    people: dict[str, str] = {}
    bonds: Bonds = []
    for line, text in _lines(content):
        words = [word.strip() for word in text.split(sign) if word.strip()]
        if len(words) == 2:
            remedy = "write a name, a word for the relation, and a name"
            review.problem(f"{quote(text)} is no tie; {remedy}", line)
            continue
        source, interaction, targets = words[0], words[1:2], words[2:]
        people |= dict.fromkeys([source, *targets], "")
        bonds += [(line, {"source": source, "target": each, "interaction": interaction[0]}) for each in targets]
    review.close()
    return Found([*_sheets(people, bonds, review)], review)


def read_tgf(content: str, review: Review) -> Found:
    """Trivial graph format of yEd: ids and names, a line of a mere #, then pairs of ids with a label perhaps."""
    people: dict[str, str] = {}
    bonds: Bonds = []
    above = True
    for line, text in _lines(content):
        words = text.split(None, 1 if above else 2)
        if text == "#":
            above = False
        elif above:
            people[words[0]] = words[1] if len(words) > 1 else ""
        elif len(words) < 2:
            review.problem("a tie needs the ids of two leaders", line)
        else:
            bonds.append((line, dict(zip(("source", "target", "label"), words, strict=False))))
    review.close()
    return Found([*_sheets(people, bonds, review)], review)


def _lines(content: str) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    return [(line, text.strip()) for line, text in enumerate(content.splitlines(), 1) if text.strip()]


def _sheets(people: dict[str, str], bonds: Bonds, review: Review) -> tuple[Sheet, Sheet]:
    """Leaders, by id with their names, and ties."""
    rows = [{"id": key, **({"label": name} if name else {})} for key, name in people.items()]
    ties = [bond for _, bond in bonds]
    return (
        sheet_of("nodes", rows, [0] * len(rows), review, "leaders", ("id",)),
        sheet_of("edges", ties, [line for line, _ in bonds], review, "ties", ("source", "target")),
    )
