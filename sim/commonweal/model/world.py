"""A world: every parameter of one condition, parsed from configuration into closed objects.

The name of a conf file chooses the class, the only one of its kind in the module of the same name:
conf/talk/degroot.yaml is sim/commonweal/model/mechanisms/talk/degroot.py. (A strategy with members is a portfolio,
whatever its name; a file without a class of its own fills that of the file it begins with.) Nothing in a conf file
is ever executed; modules of the user's own are imported only when the command line allows them.
"""

import hashlib
import importlib
import inspect
import json
import re
from collections.abc import Mapping
from dataclasses import fields
from types import ModuleType
from typing import Any, Final

import numpy as np

from commonweal import own_modules
from commonweal.errors import InputError
from commonweal.files import shipped
from commonweal.model.community.community import Community
from commonweal.model.community.people import People
from commonweal.model.convener import Convener
from commonweal.model.mechanisms.agree import Agree
from commonweal.model.mechanisms.choose import Choose
from commonweal.model.mechanisms.decision_rule.decision_rule import DecisionRule
from commonweal.model.mechanisms.game.game import Game
from commonweal.model.mechanisms.learn import Learn
from commonweal.model.mechanisms.meet import Meet
from commonweal.model.mechanisms.pledge import Pledge
from commonweal.model.mechanisms.settle import Incentives
from commonweal.model.mechanisms.talk.talk import Talk
from commonweal.model.mechanisms.trust.trust import Trust
from commonweal.model.own_code import digest
from commonweal.model.params import Params, nearest, parse
from commonweal.model.scenario import Scenario
from commonweal.model.strategies.portfolio import Portfolio
from commonweal.model.strategies.strategy import Strategy


class World(Params):
    """One condition: a community, its people and mechanisms, a scenario and a strategy. Not the luck."""

    community: Community
    people: People
    meet: Meet
    talk: Talk
    pledge: Pledge
    agree: Agree
    decision_rule: DecisionRule
    choose: Choose
    game: Game
    incentives: Incentives
    trust: Trust
    learn: Learn
    convener: Convener
    scenario: Scenario
    strategy: Strategy

    def fingerprint(self) -> str:
        """A hash of every value, and of the roster's content where there is one."""
        values = json.dumps(plain(self), sort_keys=True) + self.roster_fingerprint()
        return hashlib.blake2b(values.encode(), digest_size=16).hexdigest()

    def roster_fingerprint(self) -> str:
        """A hash of the roster's content; '' where there is none."""
        roster = self.community.roster()
        if roster is None:
            return ""
        digest = hashlib.blake2b(digest_size=16)
        for each in fields(roster):
            value = getattr(roster, each.name)
            digest.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
        return digest.hexdigest()


def plain(value: Any) -> Any:
    """Parameters as nested dictionaries, each with what its class is called: see `called`."""
    if isinstance(value, Params):
        names = {"class": called(type(value))}
        return names | {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {name: plain(each) for name, each in value.items()}
    return list(value) if isinstance(value, tuple) else value


def called(kind: type[Params]) -> str:
    """What a class of parameters is known by in identities: the name of its conf file, wherever its module stands.

    A class of the user's own is known by its whole path and its code: two of one name need not be the same.
    """
    if kind.__module__.partition(".")[0] == __name__.partition(".")[0]:
        return f"{kind.__module__.rpartition('.')[2]}.{kind.__qualname__}"
    return f"{kind.__module__}.{kind.__qualname__} {digest(kind)}"


ONE_CLASS: Final[dict[str, type[Params]]] = {
    "people": People, "meet": Meet, "pledge": Pledge, "agree": Agree, "choose": Choose, "incentives": Incentives,
    "learn": Learn, "convener": Convener, "scenario": Scenario,
}  # fmt: skip
"""groups whose files all fill the same class"""

CLASS_PER_FILE: Final[dict[str, tuple[str, type[Params]]]] = {
    "community": ("commonweal.model.community", Community),
    "talk": ("commonweal.model.mechanisms.talk", Talk),
    "decision_rule": ("commonweal.model.mechanisms.decision_rule", DecisionRule),
    "game": ("commonweal.model.mechanisms.game", Game),
    "trust": ("commonweal.model.mechanisms.trust", Trust),
    "strategy": ("commonweal.model.strategies", Strategy),
}
"""groups in which the file's name chooses the class, in the package named"""


class NoClassError(InputError):
    """No module has a class for a file."""


def find_class(group: str, name: str, allow: tuple[str, ...] = ()) -> type[Params]:
    """The class that conf/<group>/<name>.yaml fills.

    allow: modules or packages of the user's own, installed or in the current folder, that may be looked in.
    Raises NoClassError when there is none, InputError where its module cannot be used.
    """
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise InputError(f"{group}={ascii(name)[1:-1]} is not a name: use letters, digits and underscores")
    if group in ONE_CLASS:
        return ONE_CLASS[group]
    package, base = CLASS_PER_FILE[group]
    return class_of_file(group, name, package, base, allow)


def class_of_file[P: Params](
    group: str, name: str, package: str, base: type[P], allow: tuple[str, ...] = ()
) -> type[P]:
    """The class of the kind `base` in the module of the package that has the file's name. As find_class."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise InputError(f"{group}={name} is not a name: use small letters, digits and underscores")
    own_modules.allow(allow)
    for module_name in (f"{package}.{name}", *(f"{allowed}.{name}" for allowed in allow), *allow):
        try:
            module = importlib.import_module(module_name)
        except ModuleNotFoundError as error:
            if error.name is None or not f"{module_name}.".startswith(f"{error.name}."):
                raise InputError(
                    f"{group}={name}: {module_name} needs the module {error.name}, which is missing; install it, or "
                    f"allow it too if it is in this folder"
                ) from None
            continue
        except Exception as error:
            if module_name.startswith("commonweal."):
                raise
            raise InputError(
                f"{group}={name}: {module_name} cannot be imported: {type(error).__name__}: {error}"
            ) from error
        kinds = _own_classes(module, base)
        if len(kinds) > 1:
            raise InputError(f"{group}={name}: {module_name} has {len(kinds)} classes of the kind; it must have one")
        if kinds and inspect.isabstract(kinds[0]):
            lacks = ", ".join(sorted(kinds[0].__abstractmethods__))
            raise InputError(f"{group}={name}: {kinds[0].__name__} in {module_name} has no {lacks}; write it")
        if kinds:
            return kinds[0]
    known = sorted(path.stem for path in (shipped("conf") / group).glob("*.yaml"))
    raise NoClassError(
        f"{group}={name}: no module {package}.{name} has a class for it; let the file begin with one of a kind that is "
        f"known (defaults: [...]), or allow a module of your own: allow=[your_module]; {nearest(name, known)}"
    )


def _own_classes[P: Params](module: ModuleType, base: type[P]) -> list[type[P]]:
    """The classes of the kind `base` that a module defines itself."""
    found = (kind for _, kind in inspect.getmembers(module, inspect.isclass) if kind.__module__ == module.__name__)
    return [kind for kind in found if issubclass(kind, base)]


def build_world(
    values: Mapping[str, Mapping[str, Any]], names: Mapping[str, str], allow: tuple[str, ...] = ()
) -> World:
    """A world from plain values.

    values: per group its values; names: per group the name of the conf file chosen. Raises InputError.
    """
    parts = {group: build_part(group, values[group], names.get(group, group), allow) for group in World.model_fields}
    return World(**parts)  # pyright: ignore[reportArgumentType]


def build_part(group: str, values: Mapping[str, Any], name: str, allow: tuple[str, ...] = ()) -> Params:
    """The part of a world that a group fills, from its plain values and the name of its file. Raises InputError."""
    given = dict(values)
    if group != "strategy" or "members" not in given:
        return parse(find_class(group, name, allow), given, group)
    given["members"] = {
        name: parse(find_class("strategy", name, allow), member, f"strategy.members.{name}")
        for name, member in given["members"].items()
    }
    return parse(Portfolio, given, group)
