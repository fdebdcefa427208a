"""A design: the conditions it makes of one configuration, each parameter and value of them checked."""

from collections.abc import Sequence
from typing import Any, Final

from hydra.core.override_parser.types import Override

from commonweal.configuration.compose import Composition, compose
from commonweal.configuration.conf import kind, options
from commonweal.configuration.overrides import lines, within
from commonweal.configuration.own_money import OwnMoney
from commonweal.configuration.plan import Plan, distinct, names_of
from commonweal.configuration.sections import of_file, section
from commonweal.errors import InputError
from commonweal.model.params import nearest
from commonweal.study.conditions import label
from commonweal.study.designs.design import NAME, Columns, Design, DesignOfRanges
from commonweal.study.variation import GROUPS, Variation

VARIANTS: Final = "variants"
"""where the files are loaded that a design chooses among"""
MANY: Final = 100
"""distinct numbers of a parameter beyond which only the least and the greatest are tried before a design is played"""


def designed(composed: Composition, given: Sequence[Override], allow: tuple[str, ...], config_name: str | None) -> Plan:
    """The conditions that the design chosen makes of a configuration. Raises InputError."""
    design = of_file(composed, "design", "commonweal.study.designs", Design)
    try:
        columns = design.conditions()
    except InputError:
        raise
    except ValueError as error:
        raise InputError(f"design: {error}") from None
    names = columns.pop(NAME, None)
    money = OwnMoney(composed.values, composed.choices)
    columns = {path: money.read(path, values) for path, values in columns.items()}
    wanted = _files(columns, given)
    variation = _variation(composed, wanted, given, allow, config_name)
    ranged = (design.over or {}) if isinstance(design, DesignOfRanges) else {}
    for path, ends in ranged.items():
        _checked(variation, path, list(ends))
    columns = {path: _checked(variation, path, values, drawn=path in ranged) for path, values in columns.items()}
    across = tuple(label(path) for path in design.across)
    return Plan(variation, columns, distinct(names) if names else names_of(columns), across)


def _files(columns: Columns, given: Sequence[Override]) -> dict[str, list[str]]:
    """The files that a design chooses of each group. Raises InputError for unknown ones, and for overrides of one."""
    groups = {path: values for path, values in columns.items() if path in GROUPS}
    for each in given:
        if group := next((group for group in groups if within(each, group)), None):
            raise InputError(f"{each.input_line} is for a single {group}, but the design varies {group} itself")
    wanted = {group: [each for each in dict.fromkeys(values) if each is not None] for group, values in groups.items()}
    for group, files in wanted.items():
        known = options(group)
        if odd := next((each for each in files if each not in known), None):
            raise InputError(f"design: {group}={odd} is not known; {nearest(str(odd), known)}")
    return wanted


def _variation(
    composed: Composition, wanted: dict[str, list[str]], given: Sequence[Override], allow: tuple[str, ...],
    config_name: str | None,
) -> Variation:  # fmt: skip
    """The configuration with every file that is wanted of a group beside the one chosen."""
    loads = [f"+{group}@{VARIANTS}.{group}.{name}={name}" for group, files in wanted.items() for name in files]
    if loads:
        composed = compose([*lines(given), *loads], config_name)
    return Variation(
        {group: dict(section(composed, group)) for group in GROUPS},
        {group: composed.choices[group] for group in GROUPS},
        composed.values.get(VARIANTS) or {},
        {group: {name: kind(group, name, allow) for name in {composed.choices[group], *wanted.get(group, [])}}
         for group in GROUPS},
        allow,
    )  # fmt: skip


def _checked(variation: Variation, path: str, values: list[Any], drawn: bool = False) -> list[Any]:
    """A column of a design as its parameter takes it. Raises InputError for an unknown one, or a value out of range.

    drawn: from a range.
    """
    variation.refuse_unknown(path, "design")
    values = variation.fitting(path, values, drawn)
    distinct = list({repr(each): each for each in values if each is not None}.values())
    if len(distinct) > MANY and all(isinstance(each, int | float) for each in distinct):
        distinct = [min(distinct), max(distinct)]
    if path in GROUPS or not any(path.startswith(f"{group}.") for group in variation.variants):
        for each in distinct:
            variation.world({path: each})
    return values
