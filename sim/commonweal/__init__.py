"""Commonweal: a laboratory for helping community leaders cooperate.

    import commonweal as cw

    results = cw.compare(["communication", "inclusion"], scenario="crisis", replicates=8, rounds=24)
    results.effects

Every verb of the command line is a function of the same name; that of `list`, which is Python's own, is `studies`.
Nothing is imported before it is asked for.
"""

import sys

# Under `python -m` the current folder is searched first still: a typing.py there must not be taken for Python's.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from commonweal.agents.leader import Leader as Leader
    from commonweal.errors import InputError as InputError
    from commonweal.front.ask import analyse as analyse
    from commonweal.front.ask import query as query
    from commonweal.front.ask import status as status
    from commonweal.front.ask import studies as studies
    from commonweal.front.ask import table as table
    from commonweal.front.ask import versus as versus
    from commonweal.front.branches import branch as branch
    from commonweal.front.cooperation import Cooperation as Cooperation
    from commonweal.front.evidence import calibrate as calibrate
    from commonweal.front.evidence import forecast as forecast
    from commonweal.front.evidence import validate as validate
    from commonweal.front.fitted import fit as fit
    from commonweal.front.hand_over import dashboard as dashboard
    from commonweal.front.hand_over import notebook as notebook
    from commonweal.front.hand_over import report as report
    from commonweal.front.play import compare as compare
    from commonweal.front.play import design as design
    from commonweal.front.play import resume as resume
    from commonweal.front.play import run as run
    from commonweal.front.results import load as load
    from commonweal.front.town import roster as roster
    from commonweal.front.why import why as why
    from commonweal.model.levers import Levers as Levers
    from commonweal.model.strategies.strategy import Strategy as Strategy

else:
    ModuleType = type(sys)

_WHERE = {
    "compare": "front.play", "design": "front.play", "run": "front.play", "resume": "front.play",
    "load": "front.results",
    "analyse": "front.ask", "query": "front.ask", "status": "front.ask", "studies": "front.ask", "table": "front.ask",
    "versus": "front.ask",
    "branch": "front.branches", "calibrate": "front.evidence", "forecast": "front.evidence",
    "validate": "front.evidence", "fit": "front.fitted",
    "dashboard": "front.hand_over", "notebook": "front.hand_over", "report": "front.hand_over",
    "roster": "front.town", "why": "front.why",
    "Cooperation": "front.cooperation", "Leader": "agents.leader", "Strategy": "model.strategies.strategy",
    "Levers": "model.levers", "InputError": "errors",
}  # fmt: skip
"""every name of the front door, and the module that has it"""

__all__ = sorted(_WHERE)  # pyright: ignore[reportUnsupportedDunderAll]


def _module(name: str) -> "Any":
    from importlib import import_module

    return import_module(f"{__name__}.{name}")


def __getattr__(name: str) -> "Any":
    """A name of the front door, when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])
    if name in _ROOMS:
        return _module(name)
    found = getattr(_module(_WHERE[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return [*__all__, *(name for name in globals() if name.startswith("__"))]


_ROOMS = ("dashboard", "report", "roster")
"""packages of this one that have the name of a verb"""


class _Room(ModuleType):
    """A package that is also the verb of its name: `commonweal.report` holds modules, `commonweal.report(...)` writes
    one."""

    @property
    def _verb(self) -> "Any":
        name = self.__name__.rpartition(".")[2]
        return getattr(_module(_WHERE[name]), name)

    def __call__(self, *arguments: "Any", **keywords: "Any") -> "Any":
        return self._verb(*arguments, **keywords)

    @property
    def __signature__(self) -> "Any":
        from inspect import signature

        return signature(self._verb)


class _Door(ModuleType):
    """This package: Python puts a package that was imported onto it, and one of _ROOMS is then made callable."""

    def __setattr__(self, name: str, value: "Any") -> None:
        if name in _ROOMS and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Door
