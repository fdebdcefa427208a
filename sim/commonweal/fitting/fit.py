"""A fit, in order: worlds are drawn, played and compared; those that look like the community are kept."""

import hashlib
import json
from typing import Any, Final, NamedTuple

import numpy as np

from commonweal.fitting.adjust import Accepted, accept
from commonweal.fitting.batches import Notify, perform_all, watched
from commonweal.fitting.observed import Observed
from commonweal.fitting.summaries import SUMMARIES, summarise
from commonweal.fitting.town import Town
from commonweal.fitting.watch import given
from commonweal.fitting.waves import Aim, Metric, aim_of, metric_of, weights_of
from commonweal.model.numbers import NUMBERS
from commonweal.study.parts import Parts

FEW: Final = 0.0005
"""of the first wave's worlds: where no more are as far out as the community, none comes near"""
VERSION: Final = "1"
"""of the method: fits of another are not gone on with"""


class Size(NamedTuple):
    """How much is played."""

    first: int = 3000
    """worlds of the first wave"""
    later: int = 1500
    """worlds of each later one"""
    waves: int = 2
    """later waves"""
    worlds: int = 500
    """how many accepted worlds of equal weight the ensemble is worth"""
    future: int = 200
    """accepted worlds that are played under each strategy"""


USUAL: Final = Size()
"""for advice"""
QUICK: Final = Size(600, 300, 1, 150, 40)
"""for a look"""


class Target(NamedTuple):
    """What the community came to."""

    names: tuple[str, ...]
    """the summaries that worlds are compared by"""
    values: np.ndarray
    beyond: dict[str, tuple[float, float, float]]
    """summaries that no world comes near: the community's, and the least and the largest of any world"""
    mute: dict[str, float]
    """summaries that are the same in all worlds, so that they tell nothing: the community's"""


class Fitted(NamedTuple):
    """What came of a fit."""

    accepted: Accepted
    target: Target
    prior_summaries: np.ndarray
    """(worlds of the first wave, replicates, summaries) what the prior comes to; none where nothing was seen"""


def identity_of(town: Town, observed: Observed, size: Size) -> str:
    """A hash of everything that decides the numbers of a fit."""
    content = {
        "numbers": NUMBERS,
        "version": VERSION,
        "world": town.world().fingerprint(),
        "future": [town.future.key({"strategy": each}) for each in town.strategies],
        "prior": [each[:5] for each in town.prior.unknown],
        "turn": hashlib.blake2b(town.prior.turn.tobytes()).hexdigest(),
        "observed": observed.fingerprint(),
        "seed": town.seed,
        "rounds": town.rounds,
        "size": size,
    }
    return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).hexdigest()


def rows_of(town: Town, normal: np.ndarray) -> list[dict[str, Any]]:
    """What each world changes of the configuration."""
    frame = town.prior.frame(normal)
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy().tolist()]


def fit(town: Town, observed: Observed, size: Size, parts: Parts, notify: Notify) -> Fitted:
    """Worlds that look like the town in what was observed. Raises InputError where a world cannot be played."""
    seen = {name: float(each[0]) for name, each in summarise(given(observed, town.world()), observed).items()}
    if not seen:
        count = max(size.worlds, size.future)
        kept = Accepted(town.prior.sample(count, town.seed), np.full(count, 1 / count), np.inf, float(count))
        return Fitted(kept, Target((), np.empty(0), {}, {}), np.empty((0, 0, 0)))
    names = tuple(seen)

    def play(wave: int, normal: np.ndarray, before: int) -> np.ndarray:
        return perform_all(
            f"wave {wave + 1} of {size.waves + 1}", f"wave{wave}", rows_of(town, normal), watched,
            lambda first: (town.past, town.seed, before + first, observed, names), parts, town.options.workers, notify,
        )  # fmt: skip

    normal = town.prior.sample(size.first, town.seed)
    summaries = play(0, normal, 0)
    target = target_of(seen, summaries)
    columns = [names.index(name) for name in target.names]
    first = summaries[:, :, columns]
    return gone_on(town, target, size, normal, first, lambda *wave: play(*wave)[:, :, columns])


def target_of(seen: dict[str, float], summaries: np.ndarray) -> Target:
    """What worlds are compared by: what was seen, but for what all worlds have the same, or none comes near.

    A summary that no world comes near would rule alone which worlds are nearest; the report tells of it instead.
    """
    flat = summaries.reshape(-1, summaries.shape[-1])
    beyond, mute = {}, {}
    for at, (name, value) in enumerate(seen.items()):
        column = flat[:, at]
        low, high = float(column.min()), float(column.max())
        if high - low < 1e-9 and low <= value <= high:
            mute[name] = value
        elif min((column <= value).mean(), (column >= value).mean()) < FEW:
            beyond[name] = value, low, high
    names = tuple(name for name in seen if name in SUMMARIES and name not in beyond and name not in mute)
    return Target(names, np.array([seen[name] for name in names]), beyond, mute)


def gone_on(town: Town, target: Target, size: Size, normal: np.ndarray, first: np.ndarray, play: Any) -> Fitted:
    """Later waves, and what is accepted of all."""
    summaries, aims, sizes = first, [], [size.first]
    weights = np.full(len(normal), 1 / len(normal))
    if not target.names:  # nothing that was seen tells anything
        kept = Accepted(normal, weights, np.inf, float(len(normal)))
        return Fitted(kept, target, first)
    metric = metric_of(normal, summaries, weights)
    for wave in range(1, size.waves + 1):
        aim: Aim = aim_of(metric, target.values)
        drawn = aim.draw(town.prior.sample(size.later, town.seed + wave))
        summaries = np.concatenate([summaries, play(wave, drawn, len(normal))])
        normal = np.concatenate([normal, drawn])
        aims.append(aim)
        sizes.append(size.later)
        weights = weights_of(normal, aims, sizes)
        metric = _near(normal, summaries, weights, metric, target)
    accepted = accept(normal, summaries, weights, metric, target.values, size.worlds)
    return Fitted(accepted, target, first)


def _near(normal: np.ndarray, summaries: np.ndarray, weights: np.ndarray, metric: Metric, target: Target) -> Metric:
    """The metric of the nearer half of the worlds."""
    distance = metric.distance(summaries, target.values).mean(axis=1)
    near = weights * (distance <= np.median(distance))
    return metric_of(normal, summaries, near / near.sum())
