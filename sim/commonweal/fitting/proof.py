"""Simulation-based calibration: of towns whose numbers are known, how often a fit's intervals hold them.

As `talts_2018` has it. Towns are drawn from the prior and played; each is fitted from what was seen of it, as users'
towns are. The first wave is the same for all, since it does not depend on what was seen.
"""

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.fitting.batches import Notify, perform_all, watched
from commonweal.fitting.fit import Fitted, Size, gone_on, rows_of, target_of
from commonweal.fitting.observed import Observed
from commonweal.fitting.town import Town
from commonweal.study.parts import Parts

LEVEL: Final = 0.95
FAR: Final = 1_000_000
"""worlds by which the luck of one town's fit is apart from that of the next"""


class Proof(NamedTuple):
    """How towns' own numbers lie among the accepted worlds."""

    names: list[str]
    ranks: np.ndarray
    """(towns, parameters) share of the accepted worlds that lie below; evenly spread where all is well"""
    narrowed: np.ndarray
    """(towns, parameters) spread of the accepted worlds, as a share of the prior's"""

    def covered(self) -> np.ndarray:
        """(towns, parameters) whether the 95 % interval holds the town's own number."""
        tail = (1 - LEVEL) / 2
        return (self.ranks >= tail) & (self.ranks <= 1 - tail)

    def frame(self) -> pd.DataFrame:
        """Per parameter the coverage, how it was narrowed, and whether coverage is within its binomial band.

        The band holds all parameters at once in 95 of 100 proofs that are well calibrated (Bonferroni).
        """
        from scipy.stats import binom

        towns, count = self.ranks.shape
        low, high = (binom.ppf(each, towns, LEVEL) / towns for each in (0.025 / count, 1 - 0.025 / count))
        share = self.covered().mean(axis=0)
        return pd.DataFrame({
            "parameter": self.names, "covered": share, "narrowed": self.narrowed.mean(axis=0),
            "low": low, "high": high, "within": (share >= low) & (share <= high),
        })  # fmt: skip


def everything(n: int, months: int) -> Observed:
    """That all was seen of n leaders in so many months: what proofs are of."""
    ones, pairs = np.ones(n), np.ones((n, n))
    np.fill_diagonal(pairs, np.nan)
    each = dict.fromkeys(range(1, months + 1), ones)
    return Observed(
        n, gave=dict(each), agreed=dict.fromkeys(each, 1.0), accepted=dict(each), met=dict.fromkeys(each, pairs),
        expected={months: ones}, trust={months: pairs}, tie={months: pairs},
    )  # fmt: skip


def prove(town: Town, observed: Observed, size: Size, towns: int, parts: Parts, notify: Notify) -> Proof:
    """Fit towns whose numbers are known. observed: what is seen of each; its values do not matter."""
    from commonweal.fitting.summaries import summarise
    from commonweal.fitting.watch import watch

    names = tuple(summarise(watch(town.world(), town.seed, range(2), observed), observed))

    def play(what: str, label: str, normal: np.ndarray, before: int) -> np.ndarray:
        return perform_all(
            what, label, rows_of(town, normal), watched,
            lambda first: (town.past, town.seed, before + first, observed, names), parts, town.options.workers, notify,
        )  # fmt: skip

    normal = town.prior.sample(size.first, town.seed)
    first = play("the first wave", "first", normal, 0)
    truth = town.prior.sample(towns, town.seed + 10_000)
    seen = play("towns", "towns", truth, FAR)[:, 0]
    ranks, narrowed = np.empty(truth.shape), np.empty(truth.shape)
    for at in range(towns):
        told = dict(zip(names, map(float, seen[at]), strict=True))
        found = _fit_one(town, told, size, normal, first, names, at, play)
        accepted = found.accepted
        below = accepted.normal < truth[at]
        ranks[at] = accepted.weight @ below
        middle = accepted.weight @ accepted.normal
        narrowed[at] = np.sqrt(accepted.weight @ (accepted.normal - middle) ** 2)
        notify("towns fitted", at + 1, towns)
    return Proof(town.prior.names, ranks, narrowed)


def _fit_one(town, seen, size: Size, normal, first, names: tuple[str, ...], at: int, play) -> Fitted:
    target = target_of(seen, first)
    columns = [names.index(name) for name in target.names]

    def later(wave: int, drawn: np.ndarray, before: int) -> np.ndarray:
        told = play("later waves", f"town{at:04d}-{wave}", drawn, (at + 2) * FAR + before)
        return told[:, :, columns]

    return gone_on(town, target, size, normal, first[:, :, columns], later)
