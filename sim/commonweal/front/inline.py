"""Strategies written where they are used: objects or classes among the names of those in conf."""

import inspect
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from commonweal.configuration.conf import options
from commonweal.errors import InputError
from commonweal.model.params import parse
from commonweal.model.strategies.strategy import Strategy

Given = str | Strategy | type[Strategy]
"""a strategy of conf by its name, or one's own"""
Several = Given | Iterable[Given] | Mapping[str, Strategy | type[Strategy]]


class Selection(NamedTuple):
    """What is compared."""

    names: list[str]
    """strategies of conf"""
    own: dict[str, Strategy]
    """one's own, by what they are called"""


def selection(strategies: Several) -> Selection:
    """Names and objects apart; within a session. Raises InputError.

    One's own is called after its class (TownHall is town_hall), or by its key where strategies are a table.
    """
    if isinstance(strategies, Mapping):
        return Selection([], {_checked(str(name)): _ready(each, str(name)) for name, each in strategies.items()})
    several = [strategies] if isinstance(strategies, str | Strategy | type) else list(strategies)
    found = Selection([each for each in several if isinstance(each, str)], {})
    for each in several:
        if isinstance(each, str):
            continue
        name = _checked(_called(each))
        if name in found.own:
            raise InputError(f"two strategies are called {name}; name them: {{{name!r}: ..., 'another': ...}}")
        found.own[name] = _ready(each, name)
    return found


def _called(own: object) -> str:
    kind = own if isinstance(own, type) else type(own)
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind.__name__).lower()


def _checked(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,99}", name):
        raise InputError(f"{name!r} cannot name a strategy; use letters, digits and _")
    if name in options("strategy"):
        raise InputError(f"{name} is a strategy of commonweal; call your own by another name: {{'my_{name}': ...}}")
    return name


def _ready(own: object, name: str) -> Strategy:
    """The strategy itself; a class is filled with its own defaults."""
    if isinstance(own, Strategy):
        return own
    if not (isinstance(own, type) and issubclass(own, Strategy)):
        raise InputError(f"{name} is {own!r}, which is no strategy; give a name, or a subclass of cw.Strategy")
    if inspect.isabstract(own):
        lacks = ", ".join(sorted(own.__abstractmethods__))
        raise InputError(f"{name}: {own.__name__} has no {lacks}; write it")
    return parse(own, {}, name)
