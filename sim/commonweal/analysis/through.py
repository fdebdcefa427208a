"""Through whom: whose giving a strategy's effect comes by, and who gains.

Each strategy is played with and without it under the same luck. Leaders are then held, set by set, to the share that
they gave without it, and what is left of the effect is what came by the giving of the others. A set's part is its
Shapley value over the sets of one kind; they sum to the effect, with what is left when nobody gives otherwise.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import permutations
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.analysis.effects import interval
from commonweal.analysis.shapley import ALL, shapley
from commonweal.model import luck
from commonweal.model.community.labels import labels
from commonweal.model.community.populate import populate
from commonweal.model.levers import Levers
from commonweal.model.measures import MEASURES
from commonweal.model.mechanisms.choose import Choose
from commonweal.model.round import begin, play
from commonweal.model.run import BATCH
from commonweal.model.state import State
from commonweal.model.world import World
from commonweal.study.orders import orders_of

COLUMNS: Final = {
    "scenario": "",
    "strategy": "",
    "measure": "",
    "by": "groups, hubs, exemplars or sectors; whole where it is of all leaders",
    "whom": "a set of leaders; `none of these`: what comes with everybody giving as without the strategy; `all`: the "
    "whole effect",
    "leaders": "how many they are in a community, on the mean",
    "gives": "by how much more of what they are free to give they give with the strategy, a share",
    "gives_low": "lower end of its 95 % interval, over luck",
    "gives_high": "upper end",
    "gains": "by how much more welfare, net of spend, those have whom they serve, MU per person and round",
    "gains_low": "lower end of its 95 % interval, over luck",
    "gains_high": "upper end",
    "carries": "what of the strategy's effect comes by their giving otherwise, in the measure's unit",
    "low": "lower end of its 95 % interval, over luck and over the orders that were played",
    "high": "upper end",
    "share": "of the whole effect",
}
WHOLE, OTHERS = "whole", "the others"
MARGINALISED, BEST_CONNECTED, FIRST = "leaders of marginalised groups", "the best connected", "exemplars"
HUBS: Final = 0.1
"""share of leaders who are the best connected"""
OFTEN: Final = 0.5
"""share of a run's months in which exemplars are asked to give first, at least"""
FEW: Final = 5
"""sets whose orders are all played; of more, PAIRS of orders"""
PAIRS, SEED = 8, 1


class Path(NamedTuple):
    """One world as it was played, leader by leader, in a batch of communities."""

    giving: np.ndarray
    """(rounds, L) share given of what a leader is free to give, nan before they arrive"""
    people: np.ndarray
    """(L,) people of the group they serve that fall to them, summed over rounds"""
    welfare: np.ndarray
    """(L,) welfare of these, net of what the convener spent, MU, summed over rounds"""
    asked: np.ndarray
    """(L,) share of rounds in which they are asked to give first"""
    outcome: np.ndarray
    """(B,) the measure, mean over rounds"""


class Held:
    """The rule of choice, but that some leaders give what they gave in another run with the same luck."""

    def __init__(self, rule: Choose, giving: np.ndarray, held: np.ndarray) -> None:
        """giving: (rounds, L); held: (L,) who is."""
        self.rule, self.giving, self.held = rule, giving, held

    def lead(self, state: State, levers: Levers, round_: int, *game: float) -> None:
        self.rule.lead(state, levers, round_, *game)
        self._hold(state, round_)

    def choose(self, state: State, levers: Levers, round_: int, *game: float) -> None:
        self.rule.choose(state, levers, round_, *game)
        self._hold(state, round_)

    def leaning(self) -> tuple[float, ...]:
        return self.rule.leaning()

    def _hold(self, state: State, round_: int) -> None:
        held = self.held & state.leaders.present
        state.leaders.contribution[held] = self.giving[round_ - 1, held]
        state.leaders.asked[held] = 0.0


class Kind(NamedTuple):
    """Leaders by one thing: what each set of them is called, and to which each belongs, (L,)."""

    names: tuple[str, ...]
    of: np.ndarray


class Found(NamedTuple):
    """What communities say of one strategy, by kinds of sets; arrays are of a batch of communities each."""

    effects: dict[tuple[str, tuple[str, ...]], list[dict[frozenset[str], np.ndarray]]]
    """per kind and its names, by the sets whose leaders give as under the strategy, the effect: (B,)"""
    about: dict[tuple[str, str], list[np.ndarray]]
    """per kind and name how many leaders, by how much more they give, by how much more people have: (3, B)"""


def through(
    worlds: Mapping[str, World], seed: int, replicates: int, rounds: int, measure: str,
    notify: Callable[[int, int], None],
) -> pd.DataFrame:  # fmt: skip
    """Through whom the effect of each strategy comes: columns as in COLUMNS, but for the scenario.

    worlds: by strategy, the first doing nothing. notify: told how many replicates are done of those of all strategies.
    Replicates in which the measure is not defined are left out.
    """
    nothing, *strategies = worlds
    step = max(1, BATCH // worlds[nothing].community.size)
    found = {name: Found({}, {}) for name in strategies}
    for first in range(0, replicates, step):
        keys = luck.run_keys(seed, range(first, min(first + step, replicates)))
        without, kinds = _path(worlds[nothing], keys, rounds, measure), _kinds(worlds[nothing], keys)
        for number, (name, of) in enumerate(found.items()):
            _add(of, worlds[name], keys, rounds, measure, without, kinds)
            notify(first * len(found) + len(keys) * (number + 1), replicates * len(found))
    frame = pd.concat([_rows(of).assign(strategy=name) for name, of in found.items()], ignore_index=True)
    return frame.assign(measure=measure).loc[:, [name for name in COLUMNS if name != "scenario"]]


def _path(world: World, keys: np.ndarray, rounds: int, measure: str) -> Path:
    state = populate(world.community, world.people, world.scenario.conditions, keys, world.game.team)
    begin(world, state)
    leaders, groups, islands = state.leaders, state.groups, state.islands
    size, batch, at = len(leaders.key), len(keys), list(MEASURES).index(measure)
    giving, outcome, out = np.empty((rounds, size)), np.empty((rounds, batch)), np.empty((batch, len(MEASURES)))
    people, welfare, asked = np.zeros(size), np.zeros(size), np.zeros(size)
    for round_ in range(rounds):
        play(world, state, round_ + 1, rounds, out)
        giving[round_] = np.where(leaders.present, leaders.contribution, np.nan)
        served = np.maximum(groups.leaders[leaders.group], 1.0)
        there = np.where(leaders.present, groups.size[leaders.group] / served, 0.0)
        people += there
        welfare += there * (groups.welfare[leaders.group] - (islands.money / islands.people)[leaders.island])
        asked += leaders.exemplar & leaders.present
        outcome[round_] = out[:, at]
    known = ~np.isnan(outcome)
    total, count = np.where(known, outcome, 0.0).sum(axis=0), known.sum(axis=0)
    mean = np.divide(total, count, out=np.full(batch, np.nan), where=count > 0)
    return Path(giving, people, welfare, asked / rounds, mean)


def _kinds(world: World, keys: np.ndarray) -> dict[str, Kind]:
    """How leaders differ before the first round: whom they serve, how many attend to them, their sector."""
    state = populate(world.community, world.people, world.scenario.conditions, keys, world.game.team)
    leaders, ties, size = state.leaders, state.ties, world.community.size
    known = np.bincount(ties.to[ties.to >= 0], minlength=len(leaders.key)).reshape(len(keys), size)
    rank = np.argsort(np.argsort(-known, axis=1, kind="stable"), axis=1)
    found = {
        "groups": _two(MARGINALISED, state.groups.marginalised[leaders.group]),
        "hubs": _two(BEST_CONNECTED, (rank < max(1, round(HUBS * size))).ravel()),
        "sectors": Kind(labels(world.community, world.people).sectors, leaders.sector.astype(np.int64)),
    }
    return {name: kind for name, kind in found.items() if len(set(kind.of.tolist())) > 1}


def _two(name: str, members: np.ndarray) -> Kind:
    return Kind((name, OTHERS), np.where(members, 0, 1))


def _add(
    found: Found, world: World, keys: np.ndarray, rounds: int, measure: str, without: Path, kinds: Mapping[str, Kind]
) -> None:  # fmt: skip
    """What a strategy does in some communities: with everybody's giving, with nobody's, and with that of sets."""
    whole = _path(world, keys, rounds, measure)
    first = _two(FIRST, whole.asked >= OFTEN)
    every = {**kinds, **({FIRST: first} if (first.of == 0).any() else {})}

    def effect(held: np.ndarray) -> np.ndarray:
        other = world.model_copy(update={"choose": Held(world.choose, without.giving, held)})
        return _path(other, keys, rounds, measure).outcome - without.outcome

    nobody = effect(np.ones(len(whole.asked), bool))
    found.about.setdefault((WHOLE, ALL), []).append(_about(whole, without, Kind((ALL,), 0 * first.of), len(keys))[0])
    for name, (names, of) in every.items():
        effects = {frozenset[str](): nobody, frozenset(names): whole.outcome - without.outcome}
        for order in _orders(names):
            for on in (frozenset(order[:last]) for last in range(1, len(order))):
                if on not in effects:
                    effects[on] = effect(~np.isin(of, [names.index(each) for each in on]))
        found.effects.setdefault((name, names), []).append(effects)
        for each, cells in zip(names, _about(whole, without, Kind(names, of), len(keys)), strict=True):
            found.about.setdefault((name, each), []).append(cells)


def _orders(names: Sequence[str]) -> list[tuple[str, ...]]:
    """All orders of a few names, some of many; each followed by its reverse."""
    if len(names) > FEW:
        return list(orders_of(names, PAIRS, SEED).orders)
    half = [each for each in permutations(names) if names.index(each[0]) < names.index(each[-1])]
    return [order for each in half for order in (each, each[::-1])]


def _about(whole: Path, without: Path, kind: Kind, batch: int) -> np.ndarray:
    """(sets, 3, B): how many leaders, by how much more they give, by how much more those have whom they serve."""
    sets, size = len(kind.names), len(kind.of) // batch
    cell = kind.of + sets * np.repeat(np.arange(batch), size)

    def of(values: np.ndarray) -> np.ndarray:
        return np.bincount(cell, values, sets * batch)

    def mean(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
        weight = of(weights)
        return np.divide(of(values), weight, out=np.full(len(weight), np.nan), where=weight > 0)

    def share(path: Path) -> np.ndarray:
        return mean(np.nansum(path.giving, axis=0), (~np.isnan(path.giving)).sum(axis=0))

    gains = mean(whole.welfare, whole.people) - mean(without.welfare, without.people)
    rows = np.stack([of(np.ones(len(cell))), share(whole) - share(without), gains])
    return rows.reshape(3, batch, sets).transpose(2, 0, 1)


def _rows(found: Found) -> pd.DataFrame:
    """A row for the whole, one for nobody, and one per set of leaders."""
    frames = []
    for (kind, names), batches in found.effects.items():
        effects = {on: np.concatenate([each[on] for each in batches]) for on in batches[0]}
        known = ~np.isnan(np.stack(list(effects.values()))).any(axis=0)
        frame = shapley({on: each[known] for on, each in effects.items()}, _orders(names))
        by = [kind] * len(names) + [WHOLE] * 2
        frames.append(frame.rename(columns={"mechanism": "whom"}).assign(by=by))
    rows = pd.concat(frames).drop_duplicates(["by", "whom"], ignore_index=True)
    about = [_means(found.about.get((by, whom))) for by, whom in zip(rows["by"], rows["whom"], strict=True)]
    return pd.concat([rows, pd.DataFrame(about)], axis=1)


def _means(cells: list[np.ndarray] | None) -> dict[str, float]:
    """Of a set of leaders the mean over communities, with intervals; nothing where it is of nobody."""
    if cells is None:
        return {"leaders": 0.0}
    leaders, *others = np.concatenate(cells, axis=1)
    told = {"leaders": float(leaders.mean())}
    for name, values in zip(("gives", "gains"), others, strict=True):
        values = values[~np.isnan(values)]
        low, high, _ = interval(values)
        told |= {name: float(values.mean()) if len(values) else np.nan, f"{name}_low": low, f"{name}_high": high}
    return told
