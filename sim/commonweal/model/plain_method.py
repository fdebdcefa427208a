"""Plain methods: what a rule does, once more among leaders who are objects.

A kernel works on tables of many communities. Beside it, in the same file, stands the same rule as one would say it:
`plain_X` does what the method `X` does, for the leaders of `commonweal.agents.plain` (the plain twin), which the
model does not import. A rule without it is played by the engine; the plain twin refuses it.
"""

from collections.abc import Callable, Iterable

from commonweal.errors import InputError
from commonweal.model.params import Params


def plain_method[F: Callable](method: F) -> F:
    """Marks a method that a rule has to write before the plain twin can play it."""
    method.unwritten = True  # pyright: ignore[reportFunctionMemberAccess]
    return method


def refuse_unwritten(rules: Iterable[Params]) -> None:
    """Raises InputError where one of the rules lacks a plain method of its kind."""
    for rule in rules:
        kind = type(rule)
        for name in dir(kind):
            if name.startswith("plain_") and getattr(getattr(kind, name), "unwritten", False):
                raise InputError(
                    f"{kind.__name__} in {kind.__module__} has no {name}, so the plain twin cannot play it: write "
                    f"{name} beside its kernel, or use commonweal.agents.cooperation.Cooperation"
                )
