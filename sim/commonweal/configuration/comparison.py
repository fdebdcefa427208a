"""A comparison: strategies in scenarios, each beside doing nothing, as an experiment lists them."""

from collections.abc import Mapping
from typing import Any, Final

from commonweal.configuration.compose import Composition
from commonweal.configuration.conf import kind
from commonweal.configuration.overrides import PLURAL
from commonweal.configuration.plan import Plan, names_of
from commonweal.configuration.sections import chosen, part, section
from commonweal.errors import InputError
from commonweal.study.conditions import BASELINE
from commonweal.study.variation import GROUPS, Variation

COMPARISON: Final = "comparison"
"""the design of strategy x scenario; conf/design has no class for it, since conf/experiment says what it holds"""


def compared(composed: Composition, lists: Mapping[str, list[str]], allow: tuple[str, ...]) -> Plan:
    """Per scenario doing nothing, and each strategy at full strength. Raises InputError."""
    if odd := next(iter(section(composed, "design")), None):
        raise InputError(f"design.{odd} is not a parameter of design={COMPARISON}; choose another with design=")
    variants: dict[str, dict[str, Any]] = {group: _variants(composed, group, lists.get(group)) for group in PLURAL}
    variants["strategy"] = {BASELINE: dict(part(composed, "strategies", BASELINE))} | variants["strategy"]
    strategies, scenarios = list(variants["strategy"]), list(variants["scenario"])
    names = {group: composed.choices[group] if group not in PLURAL else next(iter(variants[group])) for group in GROUPS}
    plain = {group: dict(section(composed, group)) for group in GROUPS if group not in PLURAL}
    first = {group: dict(values[names[group]]) for group, values in variants.items()}
    kinds = {group: {name: kind(group, name, allow) for name in variants.get(group, [chosen(composed, group)])}
             for group in GROUPS}  # fmt: skip
    columns = {
        "scenario": [name for name in scenarios for _ in strategies],
        "strategy": strategies * len(scenarios),
    }
    return Plan(Variation(plain | first, names, variants, kinds, allow), columns, names_of(columns), ("scenario",))


def _variants(composed: Composition, group: str, names: list[str] | None) -> dict[str, dict[str, Any]]:
    """The values of each variant that is compared, by name."""
    if names is not None:
        return {name: dict(part(composed, PLURAL[group], name)) for name in names}
    return {chosen(composed, group): dict(section(composed, group))}
