"""Plan: the conditions that a configuration comes to, and the configuration that they change."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from commonweal.study.conditions import BASELINE, label, name_part
from commonweal.study.designs.design import Columns
from commonweal.study.variation import Variation


class Plan(NamedTuple):
    """What is to be played, as a comparison or a design makes it."""

    variation: Variation
    columns: Columns
    names: tuple[str, ...]
    """what conditions are called"""
    across: tuple[str, ...]
    """columns within whose values conditions are compared"""


def names_of(columns: Columns) -> tuple[str, ...]:
    """What conditions are called: the strategies of a portfolio, then what else is changed; each is another."""
    length = len(next(iter(columns.values())))
    names: list[list[str]] = [[] for _ in range(length)]
    mixed = False
    for path, values in columns.items():
        column = label(path)
        strategy = re.fullmatch(r"strategy\.parts\.\w+\.intensity", path) is not None
        mixed = mixed or strategy
        for name, value in zip(names, values, strict=True):
            if strategy and value in (0, 1):
                name += [column] * int(value)
            elif value is not None:
                name.append(name_part(path, value))
    return distinct([" + ".join(each) or (BASELINE if mixed else "as configured") for each in names])


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names made distinct where several conditions would be called the same."""
    seen: dict[str, int] = {}
    found = []
    for name in map(str, names):
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)
