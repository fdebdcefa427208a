"""The ensemble beside the play: replicates computed live, their bands, and paired effects against doing nothing."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from commonweal.analysis.effects import interval
from commonweal.analysis.smallest_effect import matters, threshold
from commonweal.dashboard.setting import COMMUNITIES, SCENARIOS, Setting
from commonweal.figures.labels import in_order
from commonweal.model.measures import HEADLINES, MEASURES
from commonweal.model.run import RUN_MEASURES, Outcome, simulate
from commonweal.report.verdicts import PRIMARY, verdicts
from commonweal.study.pool import usable_cores

SHOWN = in_order((PRIMARY, *HEADLINES))
"""measures that are drawn and compared"""


class Spread(NamedTuple):
    """One measure round by round over replicates, each (rounds,)."""

    mean: np.ndarray
    low: np.ndarray
    """a twentieth of the replicates lies below"""
    high: np.ndarray


class EnsembleResult(NamedTuple):
    """An ensemble of one portfolio, or of doing nothing."""

    spreads: dict[str, Spread]
    runs: np.ndarray
    """(replicates, len(RUN_MEASURES))"""


class Effect(NamedTuple):
    """A paired difference from doing nothing with its 95 % interval."""

    measure: str
    effect: float
    low: float
    high: float
    verdict: str
    """whether it helps, harms or makes no difference that matters; or unsure"""


_kept: dict[Any, tuple[Outcome | None, EnsembleResult]] = {}
"""ensembles played, with their outcome while they are not whole"""
_keeping = threading.Lock()
KEEP = 400
"""ensembles that are remembered, of less than 100 kB each"""
FIRST = 40
"""replicates that are shown before the rest is played"""
_at_a_time = threading.BoundedSemaphore(usable_cores() + 1)
"""ensembles that are played at a time, however many visitors there are"""
_asking: set[object] = set()
"""those who wait for an answer"""


def answers(
    setting: Setting, names: Sequence[str], still_wanted: Callable[[], bool]
) -> Iterator[dict[str, EnsembleResult]]:
    """Doing nothing and each portfolio that is not empty, by name: of the first replicates, five times as many, all.

    Played side by side where there are cores for it. Stops early where it is not wanted any more.
    """
    asking = object()
    _asking.add(asking)
    try:
        yield from _answers(setting, names, still_wanted)
    finally:
        _asking.discard(asking)


def _answers(
    setting: Setting, names: Sequence[str], still_wanted: Callable[[], bool]
) -> Iterator[dict[str, EnsembleResult]]:
    arms = {"nothing": None} | {name: at for at, name in enumerate(names) if any(setting.portfolios[at].values())}

    def wanted(arm: int | None, least: int) -> EnsembleResult | None:
        with _at_a_time:  # so long may this take that it is not wanted any more
            return play(setting, arm, least) if still_wanted() else None

    least = 0
    while least < setting.replicates:
        least = min(5 * least or first_replicates(setting.world(None).community.size), setting.replicates)
        with ThreadPoolExecutor(len(arms)) as side_by_side:
            found = side_by_side.map(wanted, arms.values(), repeat(least))
        played = {name: each for name, each in zip(arms, found, strict=True) if each is not None}
        if len(played) < len(arms) or not still_wanted():
            return
        yield played


def first_replicates(leaders: int) -> int:
    """How many replicates are shown before the rest: fewer of a large community, so that they too come at once."""
    return min(FIRST, max(8, 30 * FIRST // leaders))


def play_ahead(first: Setting) -> None:
    """Play what visitors will ask for, while none of them waits: what is shown first, and doing nothing everywhere.

    Doing nothing is a third of the work of a change of community or scenario.
    """
    nothing = [replace(first, scenario=there, community=name) for there in SCENARIOS for name in COMMUNITIES]
    arms = [(first, None), *((first, at) for at in range(len(first.portfolios))), *((each, None) for each in nothing)]
    for setting, arm in arms:
        for least in range(FIRST, setting.replicates + FIRST, FIRST):
            while _asking:
                time.sleep(0.05)
            play(setting, arm, least)


def play(setting: Setting, portfolio: int | None, least: int | None = None) -> EnsembleResult:
    """The ensemble of one of the setting's portfolios, None for doing nothing. Raises InputError.

    least: the first so many replicates will do, for an answer before the whole one; they are not played again.
    """
    if portfolio is None:
        world = replace(setting, budget=None).world(None)  # nothing is spent: it is the same under any budget
    else:
        world = setting.world(setting.portfolios[portfolio])
    key = world.fingerprint(), setting.replicates, setting.rounds, setting.seed
    wanted = min(least or setting.replicates, setting.replicates)
    before, found = _kept.get(key, (None, None))
    if found is not None and len(found.runs) >= wanted:
        return found
    outcome = simulate(world, setting.seed, range(0 if found is None else len(found.runs), wanted), setting.rounds)
    if before is not None:  # of replicates 0 to where this one begins
        outcome = Outcome(np.concatenate([before.runs, outcome.runs]), np.hstack([before.rounds, outcome.rounds]))
    columns = {name: outcome.rounds[:, :, list(MEASURES).index(name)] for name in SHOWN}
    found = EnsembleResult({name: _spread(values) for name, values in columns.items()}, outcome.runs)
    with _keeping:
        other = _kept.get(key)
        if other is not None and len(other[1].runs) >= wanted:  # played by somebody else meanwhile
            return other[1]
        while len(_kept) >= KEEP and key not in _kept:
            _kept.pop(next(iter(_kept)))
        _kept[key] = (None if len(found.runs) == setting.replicates else outcome), found
    return found


def _spread(values: np.ndarray) -> Spread:
    """values: (rounds, replicates)."""
    quantile = np.nanquantile if np.isnan(values).any() else np.quantile  # the former is slow
    low, high = quantile(values, (0.05, 0.95), axis=1)
    return Spread(np.nanmean(values, axis=1), low, high)


def effects(played: EnsembleResult, nothing: EnsembleResult, smallest: float) -> list[Effect]:
    """What a portfolio changes against nothing, or against another, replicate by replicate under the same luck.

    smallest: the smallest effect of interest, as a share of what nothing, or the other, has.
    """
    found, both = [], min(len(played.runs), len(nothing.runs))
    for name in (*SHOWN, "spend"):
        at = list(RUN_MEASURES).index(name)
        differences = played.runs[:both, at] - nothing.runs[:both, at]
        low, high, p = interval(differences)
        mattering = matters(low, high, threshold(smallest, nothing.runs[:both, at].mean()))
        row = pd.DataFrame({"low": [low], "high": [high], "p_holm": [p], "matters": mattering})
        verdict = str(verdicts(row, RUN_MEASURES[name].better or 1)[0])
        found.append(Effect(name, float(differences.mean()), float(low), float(high), verdict))
    return found
