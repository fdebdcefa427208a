"""A comparison: per scenario doing nothing, and each strategy at full strength."""

from collections.abc import Mapping
from typing import Any

from commonweal.configuration.compose import Composed
from commonweal.configuration.overrides import PLURAL
from commonweal.configuration.sections import chosen, kind, part, section
from commonweal.model.world import World, build_world
from commonweal.study.conditions import BASELINE, Condition


def conditions(composed: Composed, lists: Mapping[str, list[str]], allow: tuple[str, ...]) -> tuple[Condition, ...]:
    """Per scenario doing nothing, and each strategy at full strength."""
    found = {group: _variants(composed, group, lists.get(group)) for group in PLURAL}
    found["strategy"] = {BASELINE: part(composed, "strategies", BASELINE)} | found["strategy"]
    kinds = {group: kind(group, chosen(composed, group), allow) for group in World.model_fields if group not in PLURAL}
    shared = {group: section(composed, group) for group in World.model_fields if group not in PLURAL}
    return tuple(
        Condition(
            scenario,
            strategy,
            "baseline" if strategy == BASELINE else "full strength",
            1.0,
            build_world(
                shared | {"scenario": surroundings, "strategy": values},
                kinds | {"scenario": scenario, "strategy": kind("strategy", strategy, allow)},
                allow,
            ),
        )
        for scenario, surroundings in found["scenario"].items()
        for strategy, values in found["strategy"].items()
    )


def _variants(composed: Composed, group: str, names: list[str] | None) -> dict[str, Mapping[str, Any]]:
    """The values of each variant that is compared, by name."""
    if names is not None:
        return {name: part(composed, PLURAL[group], name) for name in names}
    return {chosen(composed, group): section(composed, group)}
