"""Ties turned into arrays: who is meant at each end, which rows count both ways, which say nothing or say it twice."""

from dataclasses import replace
from typing import Any

import numpy as np

from commonweal.roster.cells import numbers, texts
from commonweal.roster.columns import TIES
from commonweal.roster.describe import counted, did_you_mean, listed, quote
from commonweal.roster.people import NAME, NUMBER, People
from commonweal.roster.table import Table
from commonweal.roster.unsaid import is_missing

STRENGTH = replace(TIES.numbers["strength"], above=False)
"""what a file may say: a tie of strength 0 is none"""
ONE_WAY = "--directed (commonweal run: community.directed=true)"
"""how to say of all rows at once that they count one way"""


def named_in(table: Table) -> list[str]:
    """The leaders that ties name, in the order in which they are named first."""
    ends = zip(texts(table, "source"), texts(table, "target"), strict=True)
    return [name for name in dict.fromkeys(end for pair in ends for end in pair) if name and not is_missing(name)]


def ties_part(table: Table, ids: tuple[str, ...], names: tuple[str, ...], directed: bool) -> dict[str, Any]:
    """Directed ties sorted by source and target: indices, strength and trust, (m,).

    A row counts one way if its type says so, or says nothing and `directed` is true; else both ways, unless the
    reverse has a row of its own. Loops and ties of strength 0 are left out, rows of the same pair are one tie: noted.
    """
    table = _with_ends(table, ids, names)
    source, target = _ends(table, ids, names)
    values = {"strength": numbers(table, "strength", STRENGTH), "trust": numbers(table, "trust", TIES.numbers["trust"])}
    table.review.close()
    kinds = np.array(table.cells("type"), dtype=str)
    negative = np.array(table.cells("sign"), dtype=str) == "negative"
    kept = _without_nothing(table, source, target, values["strength"], negative)
    apart = _apart(source[negative], target[negative], kinds[negative], len(ids), directed)
    kept, values = _once(table, source * len(ids) + target, kept, values)
    source, target, kinds = source[kept], target[kept], kinds[kept]
    mutual = (kinds == "undirected") | ((kinds == "") & (not directed))
    n = len(ids)
    reversed_too = np.isin(target * n + source, source * n + target)
    back = np.flatnonzero(mutual & ~reversed_too & ~np.isin(target * n + source, apart))
    _tell_both(table, int(np.isin(source * n + target, apart).sum()))
    _tell_mirrored(table, int((kinds[back] == "").sum()), int((reversed_too & (kinds == "") & mutual).sum()))
    source, target = np.append(source, target[back]), np.append(target, source[back])
    order = np.lexsort((target, source))
    both = {column: np.append(value, value[back])[order] for column, value in values.items()}
    return {"source": source[order], "target": target[order], **both}


def _with_ends(table: Table, ids: tuple[str, ...], names: tuple[str, ...]) -> Table:
    """The table without rows of which an end is a word for no answer, where no leader is called so."""
    leaders = {*ids, *names}
    named = dict.fromkeys((*table.cells("source"), *table.cells("target")))
    nobody = [cell for cell in named if cell not in leaders and is_missing(cell)]
    if not nobody:
        return table
    ends = [*zip(table.cells("source"), table.cells("target"), strict=True)]
    kept = [row for row, pair in enumerate(ends) if not {*pair} & {*nobody}]
    shown = listed([quote(cell) for cell in nobody])
    table.review.note(f"{counted(len(ends) - len(kept), 'row')} without a leader at one end ({shown}) left out")
    return table.those(kept)


def _apart(source: np.ndarray, target: np.ndarray, kinds: np.ndarray, n: int, directed: bool) -> np.ndarray:
    """The pairs of leaders, as source * n + target, of rows of what sets leaders apart, which are no ties."""
    mutual = (kinds == "undirected") | ((kinds == "") & (not directed))
    return np.unique(np.append(source * n + target, target[mutual] * n + source[mutual]))


def _tell_both(table: Table, both: int) -> None:
    if both:
        table.review.note(f"{counted(both, 'tie')} kept, though another row says that its leaders are set apart")


def _without_nothing(
    table: Table, source: np.ndarray, target: np.ndarray, strength: np.ndarray, negative: np.ndarray
) -> np.ndarray:
    """The rows that tie two leaders."""
    loops, nothing = (source == target) & ~negative, (strength == 0) & ~negative
    if loops.any():
        table.review.note(f"{counted(int(loops.sum()), 'row')} tying a leader to itself left out")
    if (nothing & ~loops).any():
        table.review.note(f"{counted(int((nothing & ~loops).sum()), 'row')} of strength 0 left out: no tie")
    return np.flatnonzero(~loops & ~nothing & ~negative)


def _once(
    table: Table, pair: np.ndarray, kept: np.ndarray, values: dict[str, np.ndarray]
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """The first of the rows kept for each pair, with the largest strength and trust of them."""
    values = {column: value[kept] for column, value in values.items()}
    _, first, place = np.unique(pair[kept], return_index=True, return_inverse=True)
    if len(first) == len(kept):
        return kept, values
    most = {}
    for column, value in values.items():
        largest = np.full(len(first), -np.inf)
        np.fmax.at(largest, place, value)
        most[column] = np.where(np.isinf(largest), np.nan, largest)
    differ = sum(bool(((value != most[column][place]) & ~np.isnan(value)).any()) for column, value in values.items())
    how = "; the largest strength and trust of each pair were kept" if differ else ""
    table.review.note(f"{counted(len(kept) - len(first), 'row')} repeating a tie merged with it{how}")
    order = np.argsort(first, kind="stable")
    return kept[first[order]], {column: value[order] for column, value in most.items()}


def _tell_mirrored(table: Table, mirrored: int, listed_both_ways: int) -> None:
    """Say how many rows count both ways although nothing says so, and how to have them count one way."""
    if not mirrored:
        return
    rows = f"{counted(mirrored, 'row')} mirrored: they count both ways"
    if listed_both_ways:
        why = f"though {listed_both_ways:,} others are listed in both directions, as in a list of one-way ties"
        table.review.note(f"{rows}, {why}; if it is one, say {ONE_WAY}")
    else:
        table.review.note(f"{rows}, since nothing says that they count one way; if they do, say {ONE_WAY}")


def _ends(table: Table, ids: tuple[str, ...], names: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """The indices of the leaders at both ends, (rows,); cells that name nobody are problems."""
    people = People(ids, names)
    cells = {column: texts(table, column) for column in ("source", "target")}
    found: dict[str, np.ndarray] = {}
    ways: dict[str, list[str]] = {NAME: [], NUMBER: []}
    nobody: dict[str, list[tuple[int, str]]] = {}
    shared: set[str] = set()
    for column in cells:
        at = []
        for cell, line in zip(cells[column], table.lines, strict=True):
            place, way = people.find(cell)
            at.append(place)
            if place < 0:
                nobody.setdefault(column, []).append((line, cell))
                shared |= {cell} if way else set()
            elif way in ways:
                ways[way].append(cell)
        found[column] = np.array(at, dtype=np.int64)
    _tell_reconciled(table, ways, people, ids)
    _tell_two_meanings(table, {*cells["source"], *cells["target"]}, ids, names)
    known = (*ids, *(name for name in names if name not in people.by_id))
    for column, places in nobody.items():
        _refuse_shared(table, column, [each for each in places if each[1] in shared])
        _refuse(table, column, [each for each in places if each[1] not in shared], known)
    table.review.close()
    return found["source"], found["target"]


def who_is(table: Table, column: str, ids: tuple[str, ...], names: tuple[str, ...]) -> np.ndarray:
    """The index of the leader whom each cell of a column names by id, name or number, (rows,); -1 where it is empty.

    Cells that name nobody are problems.
    """
    people = People(ids, names)
    cells = texts(table, column)
    found = np.array([people.find(cell)[0] for cell in cells], dtype=np.int64)
    nobody = [(line, cell) for place, cell, line in zip(found, cells, table.lines, strict=True) if cell and place < 0]
    known = (*ids, *(name for name in names if name not in people.by_id))
    guess = did_you_mean(nobody[0][1], known) if nobody else ""
    remedy = (guess.removeprefix("; ") if guess else "write the id or the name of one") + ", or delete the row"
    table.review.cells("no leader of this roster", remedy, nobody, column)
    return found


def _tell_reconciled(table: Table, ways: dict[str, list[str]], people: People, ids: tuple[str, ...]) -> None:
    """Note ends that are no ids but names, or the same numbers written otherwise."""
    if named := ways[NAME]:
        first = f"{quote(named[0])} is the name of leader {quote(ids[people.find(named[0])[0]])}"
        table.review.note(f"{counted(len(named), 'end')} of ties given by name: {first}")
    if numbered := ways[NUMBER]:
        first = f"{quote(numbered[0])} is leader {quote(ids[people.find(numbered[0])[0]])}"
        table.review.note(
            f"{counted(len(numbered), 'end')} of ties given by the same number written otherwise: {first}"
        )


def _tell_two_meanings(table: Table, used: set[str], ids: tuple[str, ...], names: tuple[str, ...]) -> None:
    """Note words that are the id of one leader and the name of another."""
    other = {key for key, name in zip(ids, names, strict=True) if key != name}
    both = [name for key, name in zip(ids, names, strict=True) if name != key and name in other and name in used]
    if both:
        table.review.note(f"{quote(both[0])} is the id of one leader and the name of another; ties were read by id")


def _refuse_shared(table: Table, column: str, places: list[tuple[int, str]]) -> None:
    """Ends that are the name of several leaders."""
    table.review.cells("the name of several leaders", "write the id of the one who is meant", places, column)


def _refuse(table: Table, column: str, places: list[tuple[int, str]], known: tuple[str, ...]) -> None:
    """Empty ends, and ends that are nobody, each in a sentence."""
    empty = [(line, cell) for line, cell in places if not cell]
    if len(empty) == 1:
        table.review.problem("is empty; write a leader's id", empty[0][0], column)
    else:
        table.review.cells("empty", "write a leader's id, or delete the row", empty, column)
    nobody = [(line, cell) for line, cell in places if cell]
    if len(nobody) == 1:
        line, cell = nobody[0]
        guess = did_you_mean(cell, known) or "; add the leader or delete the tie"
        table.review.problem(f"{quote(cell)} is no leader's id{guess}", line, column)
    elif nobody:
        guesses = {cell: did_you_mean(cell, known) for _, cell in nobody[:3]}
        meant = [f"{quote(cell)}{guess}" for cell, guess in guesses.items() if guess]
        remedy = f"add these leaders or delete the ties{': ' if meant else ''}{listed(meant)}"
        table.review.cells("no leader's id", remedy, nobody, column)
