"""Money told: what the amounts that were asked for come to, once, in MU and in the user's own money."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from commonweal.amounts import FOR
from commonweal.configuration.compose import Composition
from commonweal.configuration.own_money import option_of
from commonweal.study.study import Study
from commonweal.units import HOUR, LEADERS_MONTH, WORKING_MONTH, Units

FAR: Final = 2.0
"""times by which an hour may be worth more or less than a leader's month makes it before that is said"""
ALWAYS: Final = ("equal_spend", "run.sums", "convener.budget")
"""options that are told of wherever there are units, in whatever they were written; null and [] are none"""


def notes(study: Study, composed: Composition) -> Iterator[str]:
    """Where the units are from, whether they fit one another, and what each amount comes to."""
    units = study.units
    if composed.units_of is not None:
        yield f"units as {composed.units_of} has them (units=none tells amounts in MU)"
    if units.money and units.hour:
        yield from _misfit(units)
    always = {path: _at(composed.values, path) for path in (ALWAYS if units.money else ())}
    for path, values in (always | {**composed.asked}).items():
        if numbers := [each for each in values if isinstance(each, int | float)]:
            yield f"{path}: {_told(path, numbers, study)}"


def _misfit(units: Units) -> Iterator[str]:
    """That an hour of staff and an MU are of quite different worth from what a leader's month makes of them."""
    times = units.hour / units.mu / HOUR
    if not 1 / FAR <= times <= FAR:
        yield (
            f"units.mu and units.hour do not fit one another: a leader's month, {LEADERS_MONTH:,.0f} MU, is "
            f"{_short(LEADERS_MONTH * units.mu)} {units.money} by the one and, at {WORKING_MONTH:g} hours, "
            f"{_short(WORKING_MONTH * units.hour)} {units.money} by the other; both are taken as given, an hour of "
            f"staff costing {_short(units.hour / units.mu)} MU; give one of them, and the other follows"
        )


def _told(path: str, values: Sequence[float], study: Study) -> str:
    """Values of an option, for whom and how long they are, and what they come to for all."""
    units, rounds = study.units, study.size.rounds
    what = FOR[option_of(path) or path]
    said = f"{', '.join(map(_short, values))} MU"
    if units.money:
        said = f"{', '.join(_short(each * units.mu) for each in values)} {units.money} ({said})"
    if what is None:
        return said
    span = "a month" if what[1] == "month" else f"for the whole run, {rounds:,} months"
    said += f" per leader {span}"
    leaders = _leaders(study)
    if leaders is None or len(values) > 1:
        return said
    whole = values[0] * leaders
    told = f"{_short(whole * units.mu)} {units.money}" if units.money else f"{_short(whole)} MU"
    return f"{said}; {told}{' a month' if what[1] == 'month' else ''} for all {leaders:,} leaders"


def _leaders(study: Study) -> int | None:
    """How many leaders each community has; None where it differs."""
    varied = any(path.partition(".")[0] == "community" for path in study.columns)
    return None if varied else study.leaders


def _at(values: Mapping[str, Any], path: str) -> list[Any]:
    """What stands at a path, each of several."""
    node: Any = values
    for step in path.split("."):
        node = node.get(step) if isinstance(node, Mapping) else None
    return node if isinstance(node, list) else [node]


def _short(number: float) -> str:
    """A number as people write it: 1,235 and not 1234.5678, 0.5 and not 0."""
    return f"{number:,.4g}" if abs(number) < 1000 else f"{number:,.0f}"
