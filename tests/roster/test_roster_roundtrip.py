"""Any roster written to tables reads back the same, and the order of rows does not matter."""

import csv
import random
import re
import unicodedata
from math import isnan
from pathlib import Path
from tempfile import TemporaryDirectory

import networkx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from commonweal.roster import Roster, read_roster
from commonweal.roster.describe import text
from commonweal.roster.gaps import components
from commonweal.roster.grid import FOOTNOTE
from commonweal.roster.matrix import SUMS
from commonweal.roster.unsaid import is_missing

LEADERS = (
    "endowment",
    "standing",
    "slope",
    "intercept",
    "promise_keeping",
    "belief",
    "reservation",
    "seated",
)
ODD = re.compile(rf"[#/%:=_+*-]|{FOOTNOTE.pattern}", re.IGNORECASE)
"""what remarks, drawn lines and footnotes begin with"""
WORDS = (
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=12)
    .map(lambda word: text(unicodedata.normalize("NFC", word).strip()))
    .filter(lambda word: word and not is_missing(word) and word.lower() not in SUMS and not ODD.match(word))
)


def maybe(numbers):
    return st.none() | numbers


@st.composite
def towns(draw):
    """Leaders, ties and groups as dictionaries of what their tables hold; None is an empty cell."""
    ids = draw(st.lists(WORDS, min_size=2, max_size=8, unique=True))
    groups = draw(st.lists(WORDS, min_size=1, max_size=3, unique=True))
    issues = draw(st.lists(WORDS, min_size=2, max_size=4, unique=True))
    positive, share = st.floats(1e-9, 1e9), st.floats(0, 1)
    kinds = dict.fromkeys(LEADERS, share) | {
        "endowment": positive,
        "standing": positive,
        "seated": st.booleans(),
    }

    def weights(prefix):
        parts = draw(maybe(st.lists(st.integers(1, 10), min_size=len(issues), max_size=len(issues))))
        whole = sum(parts or [])
        shares = [part / whole for part in parts] if parts else [None] * len(issues)
        return {prefix + issue: share for issue, share in zip(issues, shares, strict=True)}

    leaders = [
        {
            "id": key,
            "name": draw(maybe(WORDS)),
            "sector": draw(maybe(WORDS)),
            "group": draw(maybe(st.sampled_from(groups))),
        }
        | {column: draw(maybe(kind)) for column, kind in kinds.items()}
        | weights("priority_")
        for key in ids
    ]
    pairs = [(i, j) for i in ids for j in ids if i != j]
    ties = [
        {"source": i, "target": j, "strength": draw(maybe(st.floats(1e-9, 1))), "trust": draw(maybe(share))}
        for i, j in draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=10, unique=True))
    ]
    served = [
        {"group": name, "size": draw(maybe(positive)), "marginalised": draw(maybe(st.booleans()))} | weights("need_")
        for name in groups
    ]
    return leaders, ties, served


def read(*tables, delimiter=",", **options) -> Roster:
    with TemporaryDirectory() as folder:
        paths = []
        for name, rows in zip(("leaders", "ties", "groups"), tables, strict=True):
            paths.append(Path(folder) / f"{name}.csv")
            with paths[-1].open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
                writer.writeheader()
                writer.writerows(rows)
        return read_roster(*paths, **options)


def floats(rows, column):
    return [float("nan") if row[column] is None else float(row[column]) for row in rows]


@given(towns(), st.sampled_from(",;\t"))
def test_written_and_read_it_is_the_same(town, delimiter):
    leaders, ties, groups = town
    roster = read(*town, delimiter=delimiter, directed=True)
    assert roster.ids == tuple(row["id"] for row in leaders)
    assert roster.names == tuple(row["name"] or row["id"] for row in leaders)
    assert [roster.sectors[i] if i >= 0 else None for i in roster.sector] == [row["sector"] for row in leaders]
    assert [roster.groups[i] if i >= 0 else None for i in roster.group] == [row["group"] for row in leaders]
    for column in LEADERS:
        assert_array_equal(getattr(roster, column), floats(leaders, column))
    for k, issue in enumerate(roster.issues):
        assert_allclose(roster.priorities[:, k], floats(leaders, "priority_" + issue), rtol=1e-12)
    found = {
        (roster.ids[i], roster.ids[j]): row for row, (i, j) in enumerate(zip(roster.source, roster.target, strict=True))
    }
    rows = [found.pop((row["source"], row["target"])) for row in ties]
    assert not found
    assert_array_equal(roster.strength[rows], floats(ties, "strength"))
    assert_array_equal(roster.trust[rows], floats(ties, "trust"))
    rows = [roster.groups.index(row["group"]) for row in groups]
    assert_array_equal(roster.group_size[rows], floats(groups, "size"))
    assert_array_equal(roster.marginalised[rows], floats(groups, "marginalised"))
    for k, issue in enumerate(roster.issues):
        assert_allclose(roster.need[rows, k], floats(groups, "need_" + issue), rtol=1e-12)


def as_sets(roster: Roster) -> dict:
    """The roster with everything under its name, so that no order is left."""

    def known(value):
        return None if isnan(value) else float(value)

    people = {
        key: (
            roster.names[i],
            roster.sector[i],
            roster.group[i],
            *(known(getattr(roster, column)[i]) for column in LEADERS),
            *map(known, roster.priorities[i]),
        )
        for i, key in enumerate(roster.ids)
    }
    ties = {
        (roster.ids[i], roster.ids[j]): (known(strength), known(trust))
        for i, j, strength, trust in zip(roster.source, roster.target, roster.strength, roster.trust, strict=True)
    }
    return {
        "people": people,
        "ties": ties,
        "sectors": roster.sectors,
        "groups": roster.groups,
        "gaps": len(roster.filled),
    }


@given(towns(), st.randoms(use_true_random=False), st.booleans())
def test_the_order_of_rows_does_not_matter(town, luck: random.Random, directed):
    before = read(*town, directed=directed)
    shuffled = [luck.sample(rows, len(rows)) for rows in town]
    after = read(*shuffled, directed=directed)
    assert as_sets(after) == as_sets(before)
    assert after.ids == tuple(row["id"] for row in shuffled[0])
    assert_array_equal(after.group_size, before.group_size)
    assert_array_equal(after.need, before.need)
    assert np.array_equal(np.lexsort((after.target, after.source)), np.arange(len(after.source)))


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=14))
def test_components_are_those_of_networkx(pairs):
    graph = networkx.Graph(pairs)
    graph.add_nodes_from(range(12))
    source, target = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    label = components(12, source, target)
    assert sorted(map(sorted, networkx.connected_components(graph))) == sorted(
        np.flatnonzero(label == k).tolist() for k in range(label.max() + 1)
    )
