"""Every parameter of every file of a world's conf changes something in some world: one that does nothing is a bug."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest
from worlds import Set, arrays, keys, names, played, same_bits, start, with_strategy

from commonweal.configuration.compose import compose
from commonweal.configuration.conf import session
from commonweal.errors import InputError
from commonweal.model.levers import DOSES, LEVERS
from commonweal.model.round import play
from commonweal.model.strategies import STRATEGIES
from commonweal.model.world import World
from commonweal.study.variation import GROUPS, Variation

COMMUNITIES, ROUNDS = 2, 7
BUSY = {name: lever.high / 2 for name, lever in LEVERS.items()} | {"revision": 3.0, "standard": 0.3, "peers": 0.3}
LIVELY = [
    "community.leaders=12", "people.attention=4", "people.groups=4", "learn.quits=0.3", "learn.reassured=0.2",
    "learn.returns=0.5", "meet.forgotten=0.4",
    *(f"scenario.events.{event}={round_}" for event, round_ in
      {"turnover": 0.1, "scandal": 1, "cut": 2, "crisis": 3, "crisis_rounds": 2, "arrival": 1}.items()),
]  # fmt: skip
"""a world in which everything that can happen does"""
WORLDS = {
    "lively": (LIVELY, BUSY),
    "poor": ([*LIVELY, "convener.budget=300"], BUSY),
    "agreeable": ([*LIVELY, "people.reservation=0.05", "people.reservation_spread=0"], BUSY | {"talks": 0.5}),
    "teams": ([*LIVELY, "game.team=4", "decision_rule=unanimity"], BUSY),
    "left alone": (LIVELY, {}),
    "divided": ([*LIVELY, "people.reservation=0.68", "decision_rule=unanimity"], {}),
    "demanding": ([*LIVELY, "people.reservation=0.6"], BUSY),
    "mediated": (
        [*LIVELY, "people.reservation=0.55", "decision_rule=unanimity", "agree.amendments=2"],
        {"mediation": 1.0},
    ),
    "threshold": ([*LIVELY, "game=threshold", "game.provision=0.8", "people.reservation=0.05"], BUSY),
    "sociable": ([*LIVELY, "meet.habit=1.5", "incentives.crowding_out=0.3"], BUSY),
}
INTENSE = [f"strategy.parts.{name}.intensity=0.5" for name in STRATEGIES]
OTHERS = ["people.kinds.conditional_cooperator.share=0.15", "people.kinds.other.share=0.5"]
DIVERSE = ["people.issues=[jobs,health,housing]", "people.common_interest=false", "people.sectors=[a,b,c]"]
DOSED = [f"convener.prices.{dose}.hours=1" for dose in DOSES]
SWITCHED_ON = {
    "convener=lab": [["convener.hour=6"], DOSED],
    "incentives=lab": [["incentives.success=1"]],
    "people=field": [OTHERS],
    "people=lab": [[*DIVERSE, *OTHERS], [*DIVERSE, "people.marginalised=0.5", "people.marginalised_seat=0.5"]],
    "strategy=communication": [["strategy.channel=text"]],
    "strategy=incentives": [["strategy.fine=1", "strategy.standard=0.4"]],
    "strategy=portfolio": [INTENSE],
}
"""what brings to bear parameters that the file itself leaves without effect"""
SAID_TWICE = {"people.common_interest"}
"""must agree with another parameter, or is refused"""


@pytest.fixture(scope="module", autouse=True)
def ready():
    with session():
        yield


def variation(*overrides: str) -> Variation:
    composed = compose(overrides)
    return Variation({group: composed.values[group] for group in GROUPS}, composed.choices, {})


def leaves(values: Mapping[str, Any], start: str) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{start}.{name}")
        else:
            yield f"{start}.{name}", value


def others(value: Any) -> list[Any]:
    """Other values of a parameter, likely ones first; whichever is out of range is refused and passed over."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, list):
        return [value[:-1]]
    if isinstance(value, str):
        return ["text", "face_to_face"]
    if value is None:
        return [300.0]
    if isinstance(value, int):
        return [value + 1, value - 1, value * 2, 2]
    return [value / 2, value * 2, value + 0.3, 0.5]


def changed(of: Variation, path: str, value: Any) -> Iterator[World]:
    """Worlds that differ in one parameter; where several must sum to one, another gives way."""
    siblings = dict(leaves(of.values[path.split(".")[0]], path.split(".")[0]))
    for other in others(value):
        if other == value:
            continue
        try:
            yield of.world({path: other})
            continue
        except InputError:
            pass
        if isinstance(value, float):
            for sibling, its in siblings.items():
                if sibling != path and isinstance(its, float) and sibling.split(".")[-1][:2] == path.split(".")[-1][:2]:
                    try:
                        yield of.world({path: other, sibling: its + value - other})
                        break
                    except InputError:
                        continue


def outcome(world: World) -> list[np.ndarray]:
    out, state = played(world, keys(COMMUNITIES), ROUNDS)
    return [out, *arrays(state).values()]


def differs(world: World, base: list[np.ndarray]) -> bool:
    """Whether the outcome of a world is another one; it is played until it shows in what was measured."""
    state, out = start(world, keys(COMMUNITIES)), np.full_like(base[0], np.nan)
    for at in range(ROUNDS):
        play(world, state, at + 1, ROUNDS, out[at])
        if not same_bits(base[0][at], out[at]):
            return True
    return any(not same_bits(a, b) for a, b in zip(base, [out, *arrays(state).values()], strict=True))


def worlds(group: str, name: str) -> Iterator[tuple[Variation, dict[str, float]]]:
    """Worlds with this file of a group, and levers for them."""
    says_itself = group in ("community", "strategy")
    for overrides, levers in WORLDS.values():
        if any(each.startswith(f"{group}=") for each in overrides):
            continue
        fit = [each for each in overrides if not (says_itself and each.startswith(f"{group}."))]
        yield variation(f"{group}={name}", *fit), levers
    for more in SWITCHED_ON.get(f"{group}={name}", []):
        yield variation(f"{group}={name}", *LIVELY, *more), BUSY


def dead(group: str, name: str) -> set[str]:
    """Parameters of a file that change nothing in any of the worlds."""
    found: set[str] | None = None
    for of, levers in worlds(group, name):
        values = {path: value for path, value in leaves(of.values[group], group) if ".members." not in path}
        found = set(values) - SAID_TWICE if found is None else found

        def levered(world: World, levers=levers) -> World:
            return world if group == "strategy" else with_strategy(world, Set(levers=levers))

        base = outcome(levered(of.world({})))
        found -= {
            path for path in found if any(differs(levered(each), base) for each in changed(of, path, values[path]))
        }
        if not found:
            break
    return found or set()


FILES = [
    pytest.param(group, name, id=f"{group}={name}")
    for group in GROUPS
    for name in names(group)
    if (group, name) != ("community", "roster")
]


@pytest.mark.parametrize(("group", "name"), FILES)
def test_every_parameter_changes_something(group, name):
    assert not dead(group, name)
