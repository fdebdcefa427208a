"""Sensitivity: by how much the headline answer depends on what no evidence supports.

The headline answer is, in the calm scenario of the which_strategy study, what each strategy adds to welfare per person
net of spend. Every assumed number that acts there is moved: one at a time, and all together along the trajectories of
Morris (1991), by SALib. What a number does is how far the effects of the single strategies move, and how often another
strategy comes out first.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from commonweal.configuration.assumptions import assumptions
from commonweal.extras import need
from commonweal.model.measures import MEASURES
from commonweal.model.numbers import NUMBERS
from commonweal.model.params import Params
from commonweal.model.run import simulate
from commonweal.model.strategies import STRATEGIES
from commonweal.model.world import World
from commonweal.study.draw import Assumption
from commonweal.validation.laboratory import changed, experiment, without

DEFAULTS: Final = {
    "agree": "field", "choose": "field", "community": "small_world", "convener": "field",
    "decision_rule": "power_weighted", "game": "linear", "incentives": "field", "learn": "field", "meet": "field",
    "people": "field", "pledge": "field", "talk": "bounded_confidence", "trust": "deeds",
}  # fmt: skip
"""the files of the study, as conf/config.yaml chooses them; the strategies' own files besides"""
SEED: Final = 11


def assumed(conf: Path | None = None) -> list[Assumption]:
    """Every assumed number that acts in the study, those of known direction too, in the order of conf."""
    return assumptions(DEFAULTS, STRATEGIES, conf)


def present() -> str:
    """A hash of every value that acts in the study and of the version of its numbers: what a screening is of."""
    worlds = [experiment(f"strategy={strategy}") for strategy in STRATEGIES]
    content = " ".join((NUMBERS, *(of.fingerprint() for of in (without(worlds[0]), *worlds))))
    return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


def effects(values: dict[str, float], replicates: int, months: int) -> np.ndarray:
    """(strategies,) what each strategy adds to net welfare per person, MU per month, with these values for conf's."""
    shared = {name: value for name, value in values.items() if "/" not in name}
    measure = list(MEASURES).index("welfare_net")

    def level(of: World) -> float:
        return float(simulate(of, SEED, range(replicates), months).rounds[:, :, measure].mean())

    worlds = []
    for strategy in STRATEGIES:
        mine = {name.replace(f"/{strategy}", ""): value for name, value in values.items() if f"/{strategy}." in name}
        worlds.append(checked(changed(experiment(f"strategy={strategy}"), {**shared, **mine})))
    base = level(without(worlds[0]))
    return np.array([level(of) for of in worlds]) - base


def checked(of: World) -> World:
    """The same world, held against the bounds of its classes."""
    for name in World.model_fields:
        part = getattr(of, name)
        if isinstance(part, Params):
            type(part).model_validate(part.model_dump())
    return of


def one_at_a_time(replicates: int, months: int, notify: Callable[[int, int], None]) -> pd.DataFrame:
    """Per assumed number how far the effects move between its low and its high value, and the winners there."""
    factors, rows = assumed(), []
    start = effects({}, replicates, months)
    first = STRATEGIES[int(start.argmax())]
    for number, factor in enumerate(factors):
        low, high = (effects({factor.name: value}, replicates, months) for value in (factor.low, factor.high))
        winners = [STRATEGIES[int(each.argmax())] for each in (low, high)]
        rows.append({
            "parameter": factor.name, "value": factor.value, "low": factor.low, "high": factor.high,
            "moved": float(abs(high - low).mean()), "most_moved": STRATEGIES[int(abs(high - low).argmax())],
            "by": float(abs(high - low).max()), "best_at_low": winners[0], "best_at_high": winners[1],
            "changes_the_best": winners != [first, first],
        })  # fmt: skip
        notify(number + 1, len(factors))
    return pd.DataFrame(rows).assign(of=present())


def morris(
    names: Sequence[str], trajectories: int, replicates: int, months: int, notify: Callable[[int, int], None]
) -> pd.DataFrame:
    """Morris screening of the factors named: mean absolute elementary effect and its spread, over the strategies."""
    need("sensitivity", "validate --screen")
    from SALib.analyze import morris as analysis
    from SALib.sample import morris as sample

    factors = [each for each in assumed() if each.name in set(names)]
    problem: dict[str, Any] = {
        "num_vars": len(factors), "names": [each.name for each in factors],
        "bounds": [[each.low, each.high] for each in factors],
    }  # fmt: skip
    points = sample.sample(problem, trajectories, num_levels=4, seed=SEED)
    found = []
    for number, point in enumerate(points):
        found.append(effects(dict(zip(problem["names"], map(float, point), strict=True)), replicates, months))
        notify(number + 1, len(points))
    outcomes = np.array(found)
    each = [analysis.analyze(problem, points, column, num_levels=4, seed=SEED) for column in outcomes.T]
    first = np.bincount(outcomes.argmax(axis=1), minlength=len(STRATEGIES)) / len(outcomes)
    frame = pd.DataFrame({
        "parameter": problem["names"],
        "mu_star": np.mean([one["mu_star"] for one in each], axis=0).astype(float),
        "sigma": np.mean([one["sigma"] for one in each], axis=0).astype(float),
    }).sort_values("mu_star", ascending=False)  # fmt: skip
    frame["of"] = present()
    frame.attrs["first"] = dict(zip(STRATEGIES, first.tolist(), strict=True))
    return frame
