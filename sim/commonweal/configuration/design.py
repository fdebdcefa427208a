"""A design: the conditions it makes of one configuration, each parameter and value of them checked."""

import re
from collections.abc import Sequence
from typing import Any, Final

from hydra.core.override_parser.types import Override

from commonweal.configuration.compose import Composed, compose
from commonweal.configuration.conf import options
from commonweal.configuration.overrides import lines, within
from commonweal.configuration.sections import kind, of_file, section
from commonweal.errors import InputError
from commonweal.model.params import nearest
from commonweal.study.comparison import Study
from commonweal.study.conditions import BASELINE
from commonweal.study.dataset import label, told
from commonweal.study.designs.design import NAME, Columns, Design, OfRanges
from commonweal.study.replication.rule import Rule
from commonweal.study.survey import Survey
from commonweal.study.variation import GROUPS, Variation

VARIANTS: Final = "variants"
"""where the files are loaded that a design chooses among"""
MANY: Final = 100
"""distinct numbers of a parameter beyond which only the least and the greatest are tried before a design is played"""


def survey_of(
    study: Study, composed: Composed, given: Sequence[Override], allow: tuple[str, ...], config_name: str | None
) -> Survey:
    """The conditions that a design makes of a study's configuration. Raises InputError."""
    design = of_file(composed, "design", "commonweal.study.designs", Design)
    try:
        columns = design.conditions()
    except InputError:
        raise
    except ValueError as error:
        raise InputError(f"design: {error}") from None
    names = columns.pop(NAME, None)
    groups = {path: values for path, values in columns.items() if path in GROUPS}
    for each in given:
        if group := next((group for group in groups if within(each, group)), None):
            raise InputError(f"{each.input_line} is for a single {group}, but the design varies {group} itself")
    wanted = {group: [each for each in dict.fromkeys(values) if each is not None] for group, values in groups.items()}
    for group, files in wanted.items():
        known = options(group)
        if odd := next((each for each in files if each not in known), None):
            raise InputError(f"design: {group}={odd} is not known; {nearest(str(odd), known)}")
    loads = [f"+{group}@{VARIANTS}.{group}.{name}={name}" for group, files in wanted.items() for name in files]
    if loads:
        composed = compose([*lines(given), *loads], config_name)
    variation = Variation(
        {group: dict(section(composed, group)) for group in GROUPS},
        {group: composed.choices[group] for group in GROUPS},
        composed.values.get(VARIANTS) or {},
        {group: {name: kind(group, name, allow) for name in {composed.choices[group], *wanted.get(group, [])}}
         for group in GROUPS},
        allow,
    )  # fmt: skip
    if isinstance(design, OfRanges):
        for path, ends in (design.over or {}).items():
            _checked(variation, path, list(ends))
    columns = {path: _checked(variation, path, values) for path, values in columns.items()}
    name = composed.choices["design"]
    return Survey(
        experiment=name if study.experiment == "single" else study.experiment,
        design=name,
        variation=variation,
        names=_distinct(names or _names(columns)),
        columns=columns,
        across=tuple(label(path) for path in design.across),
        size=study.size,
        rule=of_file(composed, "replication", "commonweal.study.replication", Rule),
        config={key: value for key, value in study.config.items() if key != VARIANTS},
        command=study.command,
    )


def _checked(variation: Variation, path: str, values: list[Any]) -> list[Any]:
    """A column of a design as its parameter takes it. Raises InputError for an unknown one, or a value out of range."""
    variation.refuse_unknown(path, "design")
    values = variation.fitting(path, values)
    distinct = list({repr(each): each for each in values if each is not None}.values())
    if len(distinct) > MANY and all(isinstance(each, int | float) for each in distinct):
        distinct = [min(distinct), max(distinct)]
    if path in GROUPS or not any(path.startswith(f"{group}.") for group in variation.variants):
        for each in distinct:
            variation.world({path: each})
    return values


def _names(columns: Columns) -> list[str]:
    """What conditions are called: the strategies of a portfolio, then what else is changed."""
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
                name.append(told(path, value))
    return [" + ".join(each) or (BASELINE if mixed else "as configured") for each in names]


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names made distinct where several conditions would be called the same."""
    seen: dict[str, int] = {}
    found = []
    for name in map(str, names):
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)
