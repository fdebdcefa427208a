"""Leaders and groups turned into arrays."""

from typing import Any

import numpy as np

from commonweal.roster.cells import answers, labels, numbers, shares, texts
from commonweal.roster.columns import GROUPS, LEADERS
from commonweal.roster.describe import counted, did_you_mean, listed, quote
from commonweal.roster.people import tell_alike
from commonweal.roster.table import Table
from commonweal.roster.values import whole


def leaders_part(table: Table) -> dict[str, Any]:
    """Ids, names and what is known of each leader, (n,); group labels are left to `groups_part`."""
    ids = _keys(table, "id")
    names = texts(table, "name")
    sectors, sector = labels(texts(table, "sector"))
    part = {
        "ids": tuple(ids),
        "names": tuple(name or key for name, key in zip(names, ids, strict=True)),
        "sectors": sectors,
        "sector": sector,
        "served": texts(table, "group"),
        "issues": table.issues(LEADERS.issue),
        "priorities": shares(table, LEADERS.issue),
        "seated": answers(table, "seated"),
    }
    part |= {column: numbers(table, column, rule) for column, rule in LEADERS.numbers.items()}
    if len(ids) < 2:
        number = "is only one leader" if ids else "are no leaders"
        table.review.problem(f"there {number}; two are needed to cooperate, so add their rows")
    table.review.close()
    _tell_same_numbers(table, ids)
    _tell_same_names(table, ids, names)
    names_alone, served = sorted({*names} - {*ids, ""}), sorted({*part["served"]} - {""})
    for words, noun in ((ids, "id"), (names_alone, "name"), (sectors, "sector"), (served, "group")):
        tell_alike(words, noun, table.review)
    return part


def _tell_same_numbers(table: Table, ids: list[str]) -> None:
    """Note ids that are the same number written in two ways."""
    alike: dict[str, list[str]] = {}
    for each in ids:
        if number := whole(each):
            alike.setdefault(number, []).append(each)
    if same := [each for each in alike.values() if len(each) > 1]:
        shown = " and ".join(map(quote, same[0]))
        table.review.note(f"the ids {shown} are the same number, and were read as {counted(len(same[0]), 'leader')}")


def _tell_same_names(table: Table, ids: list[str], names: list[str]) -> None:
    """Note leaders of several ids and one name."""
    called: dict[str, list[str]] = {}
    for key, name in zip(ids, names, strict=True):
        if name:
            called.setdefault(name, []).append(key)
    if same := [(name, keys) for name, keys in called.items() if len(keys) > 1]:
        (name, keys), more = same[0], f" (and {len(same) - 1:,} more such)" if len(same) > 1 else ""
        who = f"the leaders {listed([quote(key) for key in keys])} are all called {quote(name)}{more}"
        table.review.note(f"{who}, and were read as {len(keys)}; delete all rows but one if they are one")


def groups_part(table: Table | None, served: list[str], issues: tuple[str, ...]) -> dict[str, Any]:
    """Group of each leader, (n,), and size, marginalised (G,) and need (G, K) of each group.

    `served` is each leader's group or '', `issues` those of the leaders table. Groups that nobody serves are
    kept and noted; a group served that a groups table does not list is a problem.
    """
    names = _keys(table, "group") if table else []
    groups, group = labels(served, tuple(names))
    needs = table.issues(GROUPS.issue) if table else ()
    issues = issues or needs
    size, marginalised = np.full(len(groups), np.nan), np.full(len(groups), np.nan)
    need = np.full((len(groups), len(issues)), np.nan)
    if table:
        _compare_groups(table, {*names}, {*served} - {""})
        _compare_issues(table, issues, needs)
        index = {name: g for g, name in enumerate(groups)}
        rows = [index.get(name, 0) for name in names]
        size[rows] = numbers(table, "size", GROUPS.numbers["size"])
        marginalised[rows] = answers(table, "marginalised")
        given = shares(table, GROUPS.issue)
        table.review.close()
        if needs:
            need[rows] = given[:, [needs.index(issue) for issue in issues]]
    known = {"groups": groups, "group": group, "group_size": size, "marginalised": marginalised}
    return known | {"issues": issues, "need": need}


def _compare_groups(table: Table, listed: set[str], served: set[str]) -> None:
    for name in sorted(served - listed):
        guess = did_you_mean(name, listed) or "; add its row (the other cells may stay empty)"
        table.review.problem(f"the group {quote(name)} that a leader serves is not listed{guess}")
    for name in sorted(listed - served - {""}) if served else ():
        table.review.note(f"nobody serves the group {quote(name)}")


def _compare_issues(table: Table, issues: tuple[str, ...], needs: tuple[str, ...]) -> None:
    """Both tables must name the same issues, if both name any."""
    for issue in sorted({*issues} ^ {*needs}) if needs else ():
        has, lacks = (LEADERS.issue, GROUPS.issue) if issue in issues else (GROUPS.issue, LEADERS.issue)
        remedy = "give leaders and groups the same issues"
        table.review.problem(f"there is {quote(has + issue)} but no {quote(lacks + issue)}; {remedy}")


def _keys(table: Table, column: str) -> list[str]:
    """The texts that name the rows: each given, each once."""
    keys = texts(table, column)
    first: dict[str, int] = {}
    for key, line in zip(keys, table.lines, strict=True):
        if not key:
            table.review.problem("is empty; every row needs one", line, column)
        elif key in first:
            again = f"{quote(key)} is already in line {first[key]}" if first[key] else f"{quote(key)} is there twice"
            table.review.problem(f"{again}; give each row its own", line, column)
        else:
            first[key] = line
    return keys
