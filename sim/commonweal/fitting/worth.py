"""Worth: what it would be worth to know a parameter, or the answers to a question, before a strategy is chosen.

Expected value of partial perfect information, by regression on the ensemble (`strong_oakley_brennan_2014`): what the
best choice would bring on the mean if the answer were known, less what the choice brings that is best without it. It is
in the unit of the effects, MU per person and month, and 0 where no answer changes the choice.
"""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtri
from scipy.stats import rankdata

from commonweal.fitting.future import ITEMS, Future
from commonweal.fitting.prior import Prior

DEGREE: Final = 3
"""of the polynomial in an answer's place among the others"""
LOT: Final = 14
"""the seed by which they are dealt"""
SHUFFLES: Final = 40
"""times that answers are dealt anew, to see what luck alone makes of them"""


class Worth(NamedTuple):
    """What there is to know."""

    best: str
    """the strategy that is best on the mean"""
    effects: pd.DataFrame
    """per strategy its effect on the mean over the ensemble, and the chance that it is the best of a world"""
    all_known: float
    """what it would be worth to know a world's parameters altogether, at the least"""
    table: pd.DataFrame
    """per parameter and question: name, kind, words, worth, by_luck, told"""


def worth(ahead: Future, strategies: tuple[str, ...], prior: Prior) -> Worth:
    """What it would be worth to know each parameter, and each thing that the roster leaves out."""
    net = ahead.net - ahead.net[:, :, :1]
    mean = net.mean(axis=(0, 1))
    best = int(mean.argmax())
    gain = net - net[:, :, best : best + 1]
    parameters = {each.name: ("parameter", each.meaning) for each in prior.unknown}
    places = prior.places(ahead.normal)
    asked = {name: places[:, None, [at]] for at, name in enumerate(parameters)}
    found = _table(asked, gain.mean(axis=1, keepdims=True), parameters)
    questions = {name: ("question", ITEMS[name].words) for name in ahead.answers}
    found += _table(ahead.answers, gain, questions)
    table = pd.DataFrame(found).sort_values("worth", ascending=False, ignore_index=True, kind="stable")
    effects, told = _effects(net, strategies), table.loc[table["told"], "worth"]
    return Worth(strategies[best], effects, max([_all_known(net, best), *told]), table)


def _table(
    asked: dict[str, np.ndarray], gain: np.ndarray, about: dict[str, tuple[str, str]]
) -> list[dict[str, object]]:  # fmt: skip
    """A row for each thing that may be known, less what luck alone makes of as many worlds.

    asked: (worlds, communities, features) each. gain: (worlds, communities, choices). What is told is worth more than
    the most that any of them would be worth if worlds were dealt anew, in 19 of 20 such deals.
    """
    lot = np.random.default_rng(LOT)
    deals = [lot.permutation(len(gain)) for _ in range(SHUFFLES)]
    flat = {name: features.reshape(-1, features.shape[-1]) for name, features in asked.items()}
    by_luck = {
        name: np.array([partial(features, gain[deal].reshape(-1, gain.shape[-1])) for deal in deals])
        for name, features in flat.items()
    }
    most = np.quantile(np.max([*by_luck.values()], axis=0), 0.95) if by_luck else 0.0
    rows = []
    for name, features in flat.items():
        found, luck = partial(features, gain.reshape(-1, gain.shape[-1])), float(by_luck[name].mean())
        kind, words = about[name]
        rows.append({"name": name, "kind": kind, "words": words, "worth": max(found - luck, 0.0), "by_luck": luck,
                     "told": bool(found > most)})  # fmt: skip
    return rows


def partial(features: np.ndarray, gain: np.ndarray) -> float:
    """What the best choice brings more for knowing the features, as a regression has it.

    features: (rows, features). gain: (rows, choices) what each choice brings more than the one that is best without.
    """
    places = [ndtri((rankdata(column) - 0.5) / len(column)) for column in features.T if np.ptp(column) > 0]
    powers = [place**power for place in places for power in range(1, DEGREE + 1)]
    design = np.column_stack([np.ones(len(gain)), *powers])
    fitted = design @ np.linalg.lstsq(design, gain, rcond=None)[0]
    return float(fitted.max(axis=1).mean() - fitted.mean(axis=0).max())


def _all_known(net: np.ndarray, best: int) -> float:
    """What it would be worth to know every parameter: chosen by half of its communities, weighed by the others."""
    half = net.shape[1] // 2
    halves = net[:, :half].mean(axis=1), net[:, half:].mean(axis=1)
    rows = np.arange(len(net))
    chosen = [
        (other[rows, one.argmax(axis=1)] - other[:, best]).mean() for one, other in (halves, halves[::-1])
    ]  # fmt: skip
    return max(float(np.mean(chosen)), 0.0)


def _effects(net: np.ndarray, strategies: tuple[str, ...]) -> pd.DataFrame:
    """Per strategy the effect on the mean, the middle 95 % over worlds, and in what share of worlds it is the best."""
    worlds = net.mean(axis=1)
    first = np.bincount(worlds.argmax(axis=1), minlength=len(strategies)) / len(worlds)
    low, high = np.quantile(worlds, [0.025, 0.975], axis=0)
    frame = pd.DataFrame({
        "strategy": strategies, "effect": worlds.mean(axis=0), "low": low, "high": high, "best_in": first,
    })  # fmt: skip
    return frame.sort_values("effect", ascending=False, ignore_index=True)
