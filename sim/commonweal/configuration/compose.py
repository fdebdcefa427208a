"""Compose: from overrides to plain values.

Nothing in a conf file is ever executed: keys by which Hydra would call something are refused.
"""

import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import hydra
from hydra.core.global_hydra import GlobalHydra
from hydra.core.override_parser.overrides_parser import OverridesParser
from hydra.core.override_parser.types import Override
from omegaconf import DictConfig, OmegaConf, open_dict

from commonweal.configuration.conf import CONFIG_NAME
from commonweal.configuration.own_money import in_mu, says_units, units_beside
from commonweal.configuration.refusal import sentence
from commonweal.errors import InputError
from commonweal.harmless import fault
from commonweal.units import Units

LAUNCHERS: Final = ("hydra._internal.core_plugins.", "hydra_plugins.")
"""where launchers and sweepers that may be instantiated come from: Hydra and its installed plugins"""


@dataclass(frozen=True)
class Composition:
    """What conf files and overrides come to; taken apart, what `build_world` takes: values and choices."""

    values: dict[str, Any]
    """everything but Hydra's own section, interpolations resolved"""
    choices: dict[str, str]
    """per group the name of the file chosen"""
    asked: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """MU by option, of what was written as an amount with its unit or is varied by a design"""
    units_of: Path | None = None
    """the mapping of a roster that says the units"""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter((self.values, self.choices))


def compose(overrides: Sequence[str], config_name: str | None = CONFIG_NAME, partly: bool = False) -> Composition:
    """What the overrides make of conf; within a `session`, or a job of Hydra's.

    partly: values that must be given may still be missing (???), as those that a sweep gives are.
    Raises InputError: one sentence with the field, its value and what would be right.
    """
    if not GlobalHydra.instance().is_initialized():
        raise InputError(
            "compose needs to know where conf is: call it within `with commonweal.configuration.conf.session():`"
        )
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", ".* is not available", UserWarning)
            config = hydra.compose(config_name, list(overrides), return_hydra_config=True)
        _refuse_calls(config)
        with open_dict(config):
            hydras = config.pop("hydra")
        values = OmegaConf.to_container(config, resolve=not partly, throw_on_missing=not partly)
    except Exception as error:
        raise InputError(sentence(error, overrides)) from error
    choices = {group: name for group, name in hydras.runtime.choices.items() if isinstance(name, str)}
    assert isinstance(values, dict)
    return _in_mu({str(key): value for key, value in values.items()}, choices, overrides, partly)


def _in_mu(values: dict[str, Any], choices: dict[str, str], overrides: Sequence[str], partly: bool) -> Composition:
    """The values with amounts as MU, in units that are the roster's own where nothing else says them."""
    units = values.get("units")
    silent = isinstance(units, dict) and not any(units.get(name) is not None for name in Units._fields)
    beside = units_beside(values) if silent and not says_units(overrides) else None
    if beside is not None:
        values = values | {"units": beside[0]}
    found, asked = in_mu(values, choices, partly)
    return Composition(found, choices, asked, beside and beside[1])


def parsed(overrides: Sequence[str]) -> list[Override]:
    """The overrides as Hydra understands them. Raises InputError where it does not, or one would change nothing."""
    if odd := fault(list(overrides), "an override"):
        raise InputError(odd)
    try:
        found = OverridesParser.create().parse_overrides(list(overrides))
    except Exception as error:
        raise InputError(sentence(error, overrides)) from error
    for each in found:
        if each.value() == {} and not each.key_or_group.startswith("design."):
            raise InputError(
                f"{each.input_line} changes nothing: a table is completed, not replaced; leave it out, or write "
                f"{each.key_or_group}.NAME=... for each value"
            )
    return found


def free_keys(overrides: Sequence[str]) -> list[str]:
    """Overrides, those that name parameters within a design as additions: conf cannot know what a user will vary.

    A whole table of parameters takes the place of the one in the file.
    """
    found: list[str] = []
    for line in overrides:
        match = re.match(r"design\.(over|across|without)([.=])", line)
        if match and match[2] == "=":
            found.append(f"++design.{match[1]}=null")
        found.append(f"++{line}" if match else line)
    return found


def _refuse_calls(config: DictConfig) -> None:
    """Hydra instantiates launchers, sweepers and callbacks; a conf file must not name others of its own."""
    for part in ("launcher", "sweeper"):
        target = str(OmegaConf.select(config, f"hydra.{part}._target_"))
        if not target.startswith(LAUNCHERS):
            raise InputError(f"hydra.{part}._target_ is {target}, which is not an installed plugin; leave it out")
    if OmegaConf.select(config, "hydra.callbacks"):
        raise InputError("hydra.callbacks is set; conf files are never executed: leave it out")
    for key in config:
        if key != "hydra" and (path := _target(config._get_node(key), str(key))):
            raise InputError(f"{path} is set; conf files are never executed: leave it out")


def _target(node: Any, path: str) -> str:
    """The path of the first `_target_` at or below a node, or ''."""
    if isinstance(node, DictConfig) and not (node._is_missing() or node._is_none() or node._is_interpolation()):
        for key in node:
            if key == "_target_":
                return f"{path}.{key}"
            if found := _target(node._get_node(key), f"{path}.{key}"):
                return found
    return ""
