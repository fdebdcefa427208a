"""Experiments: which strategies and scenarios are compared.

strategy= and scenario= choose the one of a single comparison; an experiment (conf/experiment) lists several of
each. Values of the chosen one are overridden as strategy.x and scenario.x, of one in a list as
strategies.<name>.x and scenarios.<name>.x.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hydra.core.override_parser.types import Override
from pydantic import field_validator

from commonweal.configuration.compose import Composition, compose
from commonweal.configuration.conf import options
from commonweal.configuration.overrides import PLURAL, lines, target, within
from commonweal.configuration.sections import section
from commonweal.errors import InputError
from commonweal.model.params import Params, nearest, parse


class Experiment(Params):
    """What is compared (conf/experiment)."""

    name: str
    """names the folder of its results"""
    strategies: list[str] | None
    """strategies compared with doing nothing; null for the one chosen by strategy="""
    scenarios: list[str] | None
    """scenarios they are compared in; null for the one chosen by scenario="""

    @field_validator("name")
    @classmethod
    def _fit_for_a_folder(cls, name: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}", name):
            raise ValueError(f"{name!r} cannot name a folder; use letters, digits, _ and -")
        return name


def listed(group: str, names: list[str], overrides: Sequence[str]) -> list[str]:
    """The names an experiment lists, each of them known."""
    field, known = f"experiment.{PLURAL[group]}", options(group, overrides)
    for name in names:
        if name not in known:
            raise InputError(f"{field} names {name!r}, which is not a {group}; {nearest(name, known)}")
        if names.count(name) > 1:
            raise InputError(f"{field} names {name} twice; name each once")
    if not names:
        raise InputError(f"{field} is empty; name at least one, or null for the one chosen by {group}=")
    return names


def refuse_mixed(given: Sequence[Override], experiment: Experiment, lists: Mapping[str, list[str]]) -> None:
    """Raise InputError where one is chosen and several are listed, or values are given to the wrong of the two."""
    for group, plural in PLURAL.items():
        for each in given:
            line, listed = each.input_line, group in lists
            if listed and each.key_or_group == group and each.package is None:
                raise InputError(
                    f"{line} chooses one, but experiment {experiment.name} lists its own {plural}; "
                    f"leave out {line}, or write experiment.{plural}=[{each.value()}]"
                )
            if listed and within(each, group):
                rest = target(each).removeprefix(f"{group}.")
                has = next((name for name in lists[group] if _takes(name, group, str(line))), None)
                which = f"say which: {plural}.{has}.{rest}=..." if has else f"none of them has {rest}"
                raise InputError(
                    f"{line} is for a single {group}, but experiment {experiment.name} compares several; {which}"
                )
            if not listed and within(each, plural):
                rest = target(each).split(".", 2)[-1]
                raise InputError(f"{line} is for an experiment over several {plural}; here write {group}.{rest}=...")


def _takes(name: str, group: str, line: str) -> bool:
    """Whether a variant of a group has what an override sets."""
    try:
        compose([f"{group}={name}", line])
    except InputError:
        return False
    return True


def refuse_singular(given: Sequence[Override], config_name: str | None) -> None:
    """Say so where strategy.x fails because an experiment lists several strategies."""
    others = [each for each in given if not within(each, *PLURAL, *PLURAL.values())]
    if len(others) == len(given):
        return
    try:
        composed = compose(lines(others), config_name)
        experiment = parse(Experiment, section(composed, "experiment"), "experiment")
    except InputError:
        return
    lists = {group: names for group, plural in PLURAL.items() if (names := getattr(experiment, plural))}
    refuse_mixed(given, experiment, lists)


def of_files(first: Composition) -> list[str]:
    """What the experiment's own file changes in the variants it lists, as overrides: they are loaded after it."""
    changed = {plural: first.values.get(plural) or {} for plural in PLURAL.values()}
    return [f"{path}={json.dumps(value)}" for path, value in _leaves(changed)]


def _leaves(values: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{start}{key}.")
        else:
            yield f"{start}{key}", value
