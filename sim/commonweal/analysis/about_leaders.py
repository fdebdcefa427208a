"""About leaders: who of a roster gives and gains how much by a strategy, and without whom all would fare otherwise."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.analysis.effects import interval
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
CONFIDENCE: Final = 0.95
"""of the intervals of all leaders, or all groups, together: whoever stands out among them is looked for"""

Change = tuple[float | None, float | None, float | None]
"""the mean of paired differences and the ends of its interval; None where that is not known"""


class Played(NamedTuple):
    """Means over rounds of one world."""

    giving: np.ndarray
    """(replicates, n) share of what leaders are free to give, in the order of the world's labels"""
    welfare: np.ndarray
    """(replicates, G) MU per person and round in each group, net of what the convener spent; nan where not served"""
    whole: np.ndarray
    """(replicates,) welfare net of spend of all people, MU per person and round"""


def about_leaders(study: Study, effects: pd.DataFrame, intensities: dict[str, float]) -> dict[str, Any] | None:
    """Plain values on the leaders and groups of a roster in the first scenario, with nothing done and by a strategy.

    Changes are paired over replicates; `_low` and `_high` are the ends of intervals that hold for all leaders, or all
    groups, at once (`at_once`).
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
    ids = range(len(named.ids))
    removed = _removed(world, with_it.whole, *size) if len(ids) <= MOST else [(None, None, None)] * len(ids)
    given = _at_once((with_it.giving - without.giving).T)
    leaders = [
        {"name": named.names[i], "sector": _of(roster.sectors, roster.sector[i]),
         "group": _of(roster.groups, roster.group[i]), **_ends("without", removed[i]), "without": removed[i][0],
         "gives": float(without.giving[:, i].mean()), "gives_then": float(with_it.giving[:, i].mean()),
         **_ends("gives", given[i])}
        for i in ids
    ]  # fmt: skip
    has, then = without.welfare.mean(axis=0), with_it.welfare.mean(axis=0)
    served = np.flatnonzero(has == has)
    gained = _at_once((with_it.welfare - without.welfare).T[served])
    groups = [
        {"name": named.groups[at], "has": float(has[at]), "has_then": float(then[at]), **_ends("gain", change)}
        for at, change in zip(served, gained, strict=True)
    ]  # fmt: skip
    return {"scenario": scenario, "strategy": strategy, "basis": basis, "leaders": leaders, "groups": groups,
            "replicates": len(size[1]), "own_money": bool(np.isfinite(roster.endowment).all()),
            "own_people": bool(np.isfinite(roster.group_size).all() and (roster.group >= 0).all()),
            "at_once": True}  # fmt: skip


def _at_once(differences: Sequence[np.ndarray] | np.ndarray) -> list[Change]:
    """The mean of each, and intervals of which all hold together with CONFIDENCE (Bonferroni).

    differences: of each leader or group, paired, (replicates,).
    """
    confidence = 1.0 - (1.0 - CONFIDENCE) / max(len(differences), 1)
    found: list[Change] = []
    for each in differences:
        low, high, _ = interval(each, confidence)
        known = low == low
        found.append((float(each.mean()), float(low) if known else None, float(high) if known else None))
    return found


def _ends(name: str, change: Change) -> dict[str, float | None]:
    return {f"{name}_low": change[1], f"{name}_high": change[2]}


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
    giving, welfare, whole = np.zeros((batch, world.community.size)), np.zeros(()), np.zeros(batch)
    net = list(MEASURES).index("welfare_net")
    for round_ in range(1, rounds + 1):
        play(world, state, round_, rounds, out)
        giving += np.where(state.leaders.present, state.leaders.contribution, 0.0).reshape(batch, -1)
        cost = (state.islands.money / state.islands.people)[:, None]
        served = np.where(state.groups.leaders > 0, state.groups.welfare, np.nan).reshape(batch, -1)
        welfare = welfare + (served - cost)
        whole += out[:, net]
    return Played(giving / rounds, welfare / rounds, whole / rounds)


def _removed(world: World, whole: np.ndarray, seed: int, replicates: range, rounds: int) -> list[Change]:
    """By how much welfare net of spend would be another without each leader, as a share of what it is on the mean.

    Each beside itself under the same luck; not known where fewer would be left than a team, or than two. whole:
    (replicates,).
    """
    changes: dict[int, np.ndarray] = {}
    community, mean = world.community, float(whole.mean())
    assert isinstance(community, OwnRoster)
    for leader in range(community.size if mean > 0 else 0):
        try:
            smaller = world.model_copy(update={"community": community.without(leader)})
            changes[leader] = (_played(smaller, seed, replicates, rounds).whole - whole) / mean
        except ValueError:
            continue
    known = dict(zip(changes, _at_once(list(changes.values())), strict=True))
    return [known.get(leader, (None, None, None)) for leader in range(community.size)]
