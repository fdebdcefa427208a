"""About leaders: who of a roster gives and gains how much by a strategy, and without whom all would fare otherwise."""

from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.analysis.effects import holm, interval
from commonweal.model import luck
from commonweal.model.community.labels import labels
from commonweal.model.community.populate import populate
from commonweal.model.community.roster import OwnRoster
from commonweal.model.measures import MEASURES
from commonweal.model.round import begin, play
from commonweal.model.world import World
from commonweal.study.conditions import BASELINE, EQUAL
from commonweal.study.study import Study, at_equal_spend

REPLICATES: Final = 20
"""communities over which means are taken"""
MOST: Final = 60
"""leaders beyond which they are not removed one by one, which takes time by their square"""
WITHOUT: Final = ("without", "without_low", "without_high", "without_p")
"""what a leader's removal changes, the ends of its interval, and its p, corrected for how many are removed (Holm), as
they are called among the plain values"""

Removal = tuple[float | None, float | None, float | None, float | None]
NOT_KNOWN: Final[Removal] = (None, None, None, None)


class Played(NamedTuple):
    """Means over rounds and replicates of one world."""

    giving: np.ndarray
    """(n,) share of what leaders are free to give, in the order of the world's labels"""
    welfare: np.ndarray
    """(G,) MU per person and round in each group, net of what the convener spent"""
    whole: np.ndarray
    """(replicates,) welfare net of spend of all people, MU per person and round"""


def about_leaders(study: Study, effects: pd.DataFrame, intensities: dict[str, float]) -> dict[str, Any] | None:
    """Plain values on the leaders and groups of a roster in the first scenario, with nothing done and by a strategy.

    The strategy is the one that does most at equal spend, or in full where nothing else was played. intensities: of the
    manifest. None where the community is no roster of the user's own, its leaders are, or nothing was compared.
    """
    scenario = study.scenarios[0]
    nothing = _world(study, scenario, BASELINE)
    chosen = _foremost(effects, scenario)
    if chosen is None or nothing is None or study.own or not isinstance(nothing.community, OwnRoster):
        return None
    strategy, basis = chosen
    world = _world(study, scenario, strategy, intensities if basis == EQUAL else {})
    assert world is not None
    size = study.size.seed, range(min(REPLICATES, study.size.replicates)), study.size.rounds
    without, with_it = _played(nothing, *size), _played(world, *size)
    roster, named = nothing.community.roster(), labels(nothing.community, nothing.people)
    removed = _removed(world, with_it.whole, *size) if len(named.ids) <= MOST else [NOT_KNOWN] * len(named.ids)
    leaders = [
        {"name": named.names[i], "sector": _of(roster.sectors, roster.sector[i]),
         "group": _of(roster.groups, roster.group[i]), **dict(zip(WITHOUT, removed[i], strict=True)),
         "gives": float(without.giving[i]), "gives_then": float(with_it.giving[i])}
        for i in range(len(named.ids))
    ]  # fmt: skip
    groups = [
        {"name": name, "has": float(has), "has_then": float(then)}
        for name, has, then in zip(named.groups, without.welfare, with_it.welfare, strict=True) if has == has
    ]  # fmt: skip
    return {"scenario": scenario, "strategy": strategy, "basis": basis, "leaders": leaders, "groups": groups,
            "replicates": len(size[1]), "own_money": bool(np.isfinite(roster.endowment).all())}  # fmt: skip


def _of(names: tuple[str, ...], at: int) -> str:
    return names[at] if 0 <= at < len(names) else ""


def _foremost(effects: pd.DataFrame, scenario: str) -> tuple[str, str] | None:
    """The strategy that does most for welfare net of spend, and the basis: at equal spend where there is one."""
    net = effects.loc[(effects["scenario"] == scenario) & (effects["measure"] == "welfare_net"), :]
    equal = net.loc[(net["basis"] == EQUAL) & (net["spend"] > 0), :]
    rows = equal if len(equal) else net
    best = rows.loc[[rows["effect"].idxmax()], :].to_dict("records")[0] if len(rows) else None
    return best and (str(best["strategy"]), str(best["basis"]))


def _world(study: Study, scenario: str, strategy: str, intensities: dict[str, float] | None = None) -> World | None:
    """The world of a strategy in a scenario, at its intensity where one is given; None where it is no condition."""
    for at, name in enumerate(study.names):
        changes = study.changes(at)
        if (changes.get("scenario", scenario), changes.get("strategy", strategy)) == (scenario, strategy):
            if intensities:
                _, changes = at_equal_spend(name, changes, intensities[name])
            return study.variation.world(changes)
    return None


def _played(world: World, seed: int, replicates: range, rounds: int) -> Played:
    conditions, keys = world.scenario.conditions, luck.run_keys(seed, replicates)
    state = populate(world.community, world.people, conditions, keys, world.game.team)
    begin(world, state)
    batch, out = len(replicates), np.empty((len(replicates), len(MEASURES)))
    giving, welfare, whole = np.zeros((batch, world.community.size)), 0.0, np.zeros(batch)
    net = list(MEASURES).index("welfare_net")
    for round_ in range(1, rounds + 1):
        play(world, state, round_, rounds, out)
        giving += np.where(state.leaders.present, state.leaders.contribution, 0.0).reshape(batch, -1)
        cost = (state.islands.money / state.islands.people)[:, None]
        served = np.where(state.groups.leaders > 0, state.groups.welfare, np.nan).reshape(batch, -1)
        welfare = welfare + (served - cost)
        whole += out[:, net]
    return Played(giving.mean(axis=0) / rounds, np.mean(welfare, axis=0) / rounds, whole / rounds)


def _removed(world: World, whole: np.ndarray, seed: int, replicates: range, rounds: int) -> list[Removal]:
    """By how much welfare net of spend would be another without each leader, as a share of what it is on the mean.

    With its 95 % interval over replicates, each beside itself under the same luck, and its p after Holm's correction
    for all that are removed. whole: (replicates,).
    """
    found: list[Removal] = []
    community = world.community
    assert isinstance(community, OwnRoster)
    for leader in range(community.size):
        try:
            smaller = world.model_copy(update={"community": community.without(leader)})
            change = _played(smaller, seed, replicates, rounds).whole - whole
        except ValueError:  # fewer than a team, or than two
            found.append(NOT_KNOWN)
            continue
        mean = float(whole.mean())
        if mean <= 0:
            found.append(NOT_KNOWN)
            continue
        low, high, p = interval(change)
        low, high = (each / mean if each == each else None for each in (low, high))
        found.append((float(change.mean()) / mean, low, high, p))
    corrected = holm([np.nan if p is None else p for *_, p in found])
    return [(*each[:3], p if p == p else None) for each, p in zip(found, corrected, strict=True)]
