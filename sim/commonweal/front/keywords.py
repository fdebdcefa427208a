"""Keyword arguments as overrides: conf's own names, with two underscores where conf has a dot."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from commonweal.advice import grammatical
from commonweal.configuration.compose import compose
from commonweal.configuration.conf import groups
from commonweal.configuration.places import in_full
from commonweal.errors import InputError
from commonweal.front.town import Town
from commonweal.study.study import Size

OWN_LEADERS: Final = ("leaders_file", "ties_file", "groups_file", "directed")
"""what conf/community/roster.yaml takes: they choose it, too"""


def overrides(settings: Mapping[str, Any], chosen: Iterable[str] = ()) -> list[str]:
    """Settings as overrides of `commonweal run`; within a session. Raises InputError.

    `learn__public=0.3` is learn.public=0.3. A bare name is a group (`scenario="crisis"`), an option (`workers=2`), or
    stands for the one parameter of that name (`replicates=8` for run.replicates=8). chosen: overrides given besides.
    """
    settings = _unfolded(settings)
    files = [each for each in groups() if isinstance(settings.get(each), str)]
    picked = [*chosen, *(f"{group}={written(group, settings[group])}" for group in files)]
    paths = places([name for name in settings if name not in files], picked)
    given = {paths.get(name, name): written(name, value) for name, value in settings.items()}
    return in_full(f"{path}={value}" for path, value in given.items())


def places(names: Iterable[str], chosen: Iterable[str]) -> dict[str, str]:
    """The path in conf of each name, where the files `chosen` are. Raises InputError where it may be several.

    One that conf does not have is left as it is, to be refused with all the others.
    """
    values: dict[str, Any] = {}
    found = {}
    for name in names:
        path = name.replace("__", ".")
        if "." not in path and not values:
            typed = in_full(chosen)
            values = compose([each for each in typed if re.match(r"[a-z_/]+=", each)], partly=True).values
        if "." not in path and path not in values:
            path = _of_leaf(path, values)
        found[name] = path
    return found


def _of_leaf(name: str, values: Mapping[str, Any]) -> str:
    if name in Size.model_fields:
        return f"run.{name}"
    there = [group for group, inner in values.items() if isinstance(inner, Mapping) and name in inner]
    if len(there) > 1:
        either = " or ".join(f"{group}.{name}" for group in there)
        raise InputError(f"{name} may be {either}; say which: {there[0]}__{name}=...")
    return f"{there[0]}.{name}" if there else name


def _unfolded(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings, a roster that was read as its files; the files of a roster choose it."""
    found = dict(settings)
    if isinstance(town := found.get("community"), Town):
        found |= town.files
        found["community"] = "roster"
    if any(name in found for name in OWN_LEADERS):
        found.setdefault("community", "roster")
    return {f"community.{name}" if name in OWN_LEADERS else name: value for name, value in found.items()}


def written(name: str, value: Any) -> str:
    """A value as Hydra's grammar has it. Raises InputError for what no conf file can hold."""
    match value:
        case np.generic() | np.ndarray():
            return written(name, value.tolist())
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case int() | float():
            return repr(value)
        case str() | Path():
            return grammatical(str(value))
        case Mapping():
            pairs = (f"{str(key).replace('__', '.')}:{written(name, each)}" for key, each in value.items())
            return f"{{{','.join(pairs)}}}"
        case list() | tuple() | range():
            return f"[{','.join(written(name, each) for each in value)}]"
    raise InputError(f"{name} is {value!r}, which conf cannot hold; give a number, a text, a list or a table")
