"""Variation: the configuration that a design varies, and the worlds that its changes make of it.

Everything is composed once. A change is a value for the path of a parameter, such as learn.public, or the name of
another file for a whole group, such as scenario; worlds are made from them one by one, when they are needed.
"""

import hashlib
import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from commonweal.errors import InputError
from commonweal.model.params import Params, nearest
from commonweal.model.strategies.portfolio import at_intensity
from commonweal.model.world import World, build_part, plain
from commonweal.study.conditions import INTENSITY, WORLD
from commonweal.study.draw import Draw

GROUPS = tuple(World.model_fields)


@dataclass(frozen=True)
class Variation:
    """Plain values of a world, and of the files that its groups may be changed for."""

    values: dict[str, dict[str, Any]]
    """per group its values"""
    names: dict[str, str]
    """per group the name of the file chosen"""
    variants: Mapping[str, Mapping[str, Any]]
    """per group that is varied, the values of each of its files, or a part that is ready"""
    kinds: dict[str, dict[str, str]] = field(default_factory=dict)
    """per group the files that fill another's class, and whose"""
    allow: tuple[str, ...] = ()
    """modules of the user's own in which classes may be looked up"""
    draws: tuple[Draw, ...] = ()
    """what the worlds of an ensemble have in the place of these values"""
    _parts: dict[str, Params] = field(default_factory=dict, compare=False, repr=False)
    """parts that no change touches, parsed once"""
    _of_world: dict[int, dict[str, Params]] = field(default_factory=dict, compare=False, repr=False)
    """of the world of an ensemble that was made last, the parts that no other change touches"""

    def world(self, changes: Mapping[str, Any]) -> World:
        """The world with some changes; None leaves a parameter as it is. Raises InputError."""
        given = {path: value for path, value in changes.items() if value is not None and path not in (INTENSITY, WORLD)}
        names = {group: str(given[group]) for group in GROUPS if group in given}
        touched = {group: deepcopy(self.variants[group][name]) for group, name in names.items()}
        for group in dict.fromkeys(map(_group, given)):
            touched.setdefault(group, deepcopy(self.values[group]))
        ready = self._parts_of(changes.get(WORLD), touched, names)
        for path in [each for each in given if each not in names]:
            self._set(touched[_group(path)], path, given[path], names)
        ready = ready | {group: self._part(group, values, names.get(group)) for group, values in touched.items()}
        parts = {group: ready.get(group) or self._untouched(group) for group in GROUPS}
        if (intensity := changes.get(INTENSITY)) is not None:
            name = names.get("strategy", self.names.get("strategy", "strategy"))
            parts["strategy"] = at_intensity(name, parts["strategy"], intensity)  # pyright: ignore
        return World(**parts)  # pyright: ignore[reportArgumentType]

    def _parts_of(self, world: int | None, touched: dict[str, Any], names: Mapping[str, str]) -> dict[str, Params]:
        """The parts that a world of an ensemble changes, but for those touched, in which its values are put."""
        if world is None:
            return {}
        strategy = names.get("strategy", self.names.get("strategy", ""))
        values = touched.get("strategy", self.values.get("strategy"))
        drawn: dict[str, dict[str, float]] = {}
        for path, value in self.draws[world].changes(strategy, values if isinstance(values, Mapping) else {}):
            drawn.setdefault(_group(path), {})[path] = value
        if world not in self._of_world:
            self._of_world.clear()
        ready = self._of_world.setdefault(world, {})
        for group, changes in drawn.items():
            if group == "strategy" or group in touched:
                of = touched.setdefault(group, deepcopy(self.values[group]))
            elif group not in ready:
                of = deepcopy(self.values[group])
            else:
                continue
            for path, value in changes.items():
                self._set(of, path, value, names)
            if group not in touched:
                ready[group] = self._part(group, of, None)
        return ready

    def _set(self, values: Any, path: str, value: Any, names: Mapping[str, str]) -> None:
        """Put a value in its place among a group's. Raises InputError where there is no such place."""
        group, *inner = path.split(".")
        for step in inner[:-1]:
            values = values.get(step) if isinstance(values, Mapping) else None
        if not isinstance(values, dict) or inner[-1] not in values:
            raise InputError(f"{path} is not a parameter of {group}={names.get(group, self.names.get(group))}")
        values[inner[-1]] = value

    def _part(self, group: str, values: Any, name: str | None) -> Params:
        if isinstance(values, Params):
            return values
        return build_part(group, values, self._kind(group, name), self.allow)

    def key(self, changes: Mapping[str, Any]) -> str:
        """A hash of some changes: of a file that a group is changed for, of what it holds."""
        content = {
            path: [value, self._kind(path, str(value)), plain(self.variants[path][str(value)])] if path in GROUPS
            else dict(self.draws[value].values) if path == WORLD
            else value
            for path, value in changes.items()
            if value is not None
        }  # fmt: skip
        return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=8).hexdigest()

    def _untouched(self, group: str) -> Params:
        if group not in self._parts:
            self._parts[group] = build_part(group, self.values[group], self._kind(group), self.allow)
        return self._parts[group]

    def _kind(self, group: str, name: str | None = None) -> str:
        """The file whose class a file of the group, or the one chosen, fills."""
        name = name or self.names.get(group, group)
        return self.kinds.get(group, {}).get(name, name)

    def refuse_unknown(self, path: str, where: str) -> None:
        """Raise InputError, naming `where`, for a path that is neither a parameter nor a group that is varied."""
        group, *inner = path.split(".")
        if group not in GROUPS:
            known = [*GROUPS, *(f"{each}.{name}" for each in GROUPS for name in self.values[each])]
            raise InputError(f"{where}: {path} is not a parameter of the model; {nearest(path, known, GROUPS)}")
        if inner and isinstance(node := self._found(group, inner, where), Mapping):
            raise InputError(f"{where}: {path} is a group of parameters; vary one of {', '.join(node)}")

    def _found(self, group: str, inner: list[str], where: str) -> Any:
        """What the path `inner` leads to in a group, or in one of the files it is varied for. Raises InputError."""
        node: Any = self.values[group]
        variants = list(self.variants.get(group, {}).values())
        for at, step in enumerate(inner):
            beside = variants if at == 0 else []
            nodes = [each for each in (node, *beside) if isinstance(each, Mapping) and step in each]
            if not nodes:
                path, start = ".".join([group, *inner]), ".".join([group, *inner[:at]])
                raise InputError(f"{where}: {path} is not a parameter here; {_remedy(node, start, step)}")
            node = nodes[0][step]
        return node

    def fitting(self, path: str, values: list[Any], drawn: bool) -> list[Any]:
        """The values as the parameter takes them: whole numbers where it has one, such as leaders.

        drawn: from a range, so that they are rounded. Raises InputError for others with a fraction.
        """
        if path in GROUPS:
            return values
        node: Any = self.values[path.partition(".")[0]]
        for step in path.split(".")[1:]:
            node = node.get(step) if isinstance(node, Mapping) else None
        if not isinstance(node, int) or isinstance(node, bool):
            return values
        if odd := next((each for each in values if isinstance(each, float) and each % 1 and not drawn), None):
            raise InputError(f"design: {path} is {odd}; it must be a whole number")
        return [round(each) if isinstance(each, float) else each for each in values]


def _remedy(node: Any, start: str, step: str) -> str:
    """What to do where `start`, which is `node`, has no `step`."""
    if not isinstance(node, Mapping):
        return f"{start} is a single value"
    return nearest(f"{start}.{step}", [f"{start}.{each}" for each in node]) if node else f"the {start} chosen has none"


def _group(path: str) -> str:
    """The group of a parameter, or the path itself where it is one."""
    return path.partition(".")[0]
