"""Assumptions: the numbers of the chosen files of conf that no evidence gives, with the range of each."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from commonweal.configuration.parameters import Parameter, parameters
from commonweal.study.draw import OF_A_STRATEGY, Assumption

LEFT_OUT: Final = (
    "community.leaders", "community.degree", "people.attention", "agree.amendments", "meet.by_tie", "meet.by_sector",
    "meet.by_friend", "people.groups", "strategy/shared_vision.revision",
)  # fmt: skip
"""whole numbers that say how large a community is or how often something is tried, and shares that must sum to one"""


def assumptions(choices: Mapping[str, str], strategies: Collection[str], conf: Path | None = None) -> list[Assumption]:
    """Every assumed number that acts, those of known direction too, in the order of conf.

    choices: per group the name of the file chosen. strategies: those whose own numbers act. What a scenario sets is
    left out: it is the question, and not what is doubted.
    """
    return [found for each in parameters(conf) if (found := assumption(each, choices, strategies)) is not None]


def assumption(each: Parameter, choices: Mapping[str, str], strategies: Collection[str]) -> Assumption | None:
    """What of a value of conf may be drawn; None if it is not assumed, or does not act."""
    if each.group == "strategy":
        acts, name = each.variant in strategies, f"{OF_A_STRATEGY}{each.variant}.{each.name}"
    else:
        acts, name = each.group != "scenario" and choices.get(each.group) == each.variant, each.path
    if not acts or each.range is None or name in LEFT_OUT:
        return None
    return Assumption(name, float(each.value), *each.range)


def held(assumption: Assumption, values: Mapping[str, Any]) -> bool:
    """Whether the user has set the number to something else, so that it is known, and not drawn.

    values: per group what was composed, and for each strategy, as `strategy/<name>`, what its file holds.
    """
    group, *path = assumption.name.split(".")
    node: Any = values.get(group)
    for step in path:
        node = node.get(step) if isinstance(node, Mapping) else None
    return node != assumption.value
