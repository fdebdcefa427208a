"""Sections of a composed configuration, as plain values or as the object that their file's class makes of them."""

from collections.abc import Mapping
from typing import Any

from commonweal.configuration.compose import Composition
from commonweal.configuration.conf import options
from commonweal.errors import InputError
from commonweal.model.params import Params, parse
from commonweal.model.world import class_of_file


def section(composed: Composition, name: str) -> Mapping[str, Any]:
    """A group's values."""
    values = composed.values.get(name)
    if not isinstance(values, Mapping):
        raise InputError(f"{name} is {'missing' if values is None else repr(values)}; it must be a group of parameters")
    return {str(key): value for key, value in values.items()}


def part(composed: Composition, plural: str, name: str) -> Mapping[str, Any]:
    """The values of one variant of several."""
    values = (composed.values.get(plural) or {}).get(name)
    if not isinstance(values, Mapping):
        raise InputError(f"the file of {name} does not keep to its own group; leave out its @package line")
    return {str(key): value for key, value in values.items()}


def of_file[P: Params](composed: Composition, group: str, package: str, base: type[P]) -> P:
    """The parameter object of a group that is not part of the world."""
    return parse(class_of_file(group, chosen(composed, group), package, base), section(composed, group), group)


def chosen(composed: Composition, group: str) -> str:
    """The name of the file chosen of a group. Raises InputError where it is not one."""
    name = composed.choices.get(group)
    if name is None:
        raise InputError(f"{group} must be one name; choose one of {', '.join(options(group))}")
    return name
