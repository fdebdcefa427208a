"""Sensitivity: by how much the headline answer depends on what no evidence supports.

The headline answer is, in the calm scenario of the which_strategy study, what each strategy adds to welfare per person
net of spend, at full strength and at equal spend. Every assumed number that acts there is moved: one at a time, and, at
full strength, all together along the trajectories of Morris (1991), by SALib. What a number does is how far the effects
of the single strategies move, and how often another strategy comes out first.
"""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from commonweal.analysis.worlds import between
from commonweal.configuration.assumptions import assumptions
from commonweal.extras import need
from commonweal.model.measures import MEASURES
from commonweal.model.numbers import NUMBERS
from commonweal.model.params import Params
from commonweal.model.run import simulate
from commonweal.model.strategies import STRATEGIES
from commonweal.model.strategies.portfolio import at_intensity
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
DOSES: Final = (0.1, 0.3)
"""intensities besides the full, between which equal spend is read: those of conf/ensemble/assumed.yaml"""
BASES: Final = ("full strength", "equal spend")


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
    return _levels(values, replicates, months, ())[0][:, -1]


def effects_by_basis(values: dict[str, float], replicates: int, months: int) -> dict[str, np.ndarray]:
    """The same at full strength and at equal spend: the least that any strategy spends in full with these values.

    Equal spend is read between doses, as in the worlds of an ensemble: prices are among what is moved.
    """
    change, spends = _levels(values, replicates, months, DOSES)
    least = float(spends[:, -1].min(where=spends[:, -1] > 0, initial=np.inf))
    target = np.array([0.0 if np.isinf(least) else least])
    equal, _ = between(change[..., None, None], spends[..., None], (*DOSES, 1.0), target)
    return dict(zip(BASES, (change[:, -1], equal[:, 0, 0]), strict=True))


def _levels(
    values: dict[str, float], replicates: int, months: int, doses: Sequence[float]
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """What each strategy adds to net welfare, and what it spends, at these doses and in full: (strategies, doses)."""
    shared = {name: value for name, value in values.items() if "/" not in name}
    columns = [list(MEASURES).index(name) for name in ("welfare_net", "spend")]

    def level(of: World) -> list[float]:
        return [float(each) for each in simulate(of, SEED, range(replicates), months).rounds.mean(axis=(0, 1))[columns]]

    found, nothing = [], 0.0
    for strategy in STRATEGIES:
        mine = {name.replace(f"/{strategy}", ""): value for name, value in values.items() if f"/{strategy}." in name}
        full = checked(changed(experiment(f"strategy={strategy}"), {**shared, **mine}))
        nothing = nothing if found else level(without(full))[0]
        less = [full.model_copy(update={"strategy": at_intensity(strategy, full.strategy, dose)}) for dose in doses]
        found.append([level(of) for of in (*less, full)])
    welfare, spends = np.moveaxis(np.array(found), 2, 0)
    return welfare - nothing, spends


def checked(of: World) -> World:
    """The same world, held against the bounds of its classes."""
    for name in World.model_fields:
        part = getattr(of, name)
        if isinstance(part, Params):
            type(part).model_validate(part.model_dump())
    return of


def one_at_a_time(replicates: int, months: int, notify: Callable[[int, int], None]) -> pd.DataFrame:
    """Per basis and assumed number how far the effects move between its low and its high value, and the winners there.

    Full strength comes first; within a basis, those numbers that move most.
    """
    factors, rows = assumed(), []
    start = effects_by_basis({}, replicates, months)
    for number, factor in enumerate(factors):
        ends = [effects_by_basis({factor.name: value}, replicates, months) for value in (factor.low, factor.high)]
        for basis in BASES:
            low, high = (each[basis] for each in ends)
            winners = [STRATEGIES[int(each.argmax())] for each in (low, high)]
            first = STRATEGIES[int(start[basis].argmax())]
            rows.append({
                "basis": basis, "parameter": factor.name, "value": factor.value, "low": factor.low,
                "high": factor.high, "moved": float(abs(high - low).mean()),
                "most_moved": STRATEGIES[int(abs(high - low).argmax())], "by": float(abs(high - low).max()),
                "best_at_low": winners[0], "best_at_high": winners[1], "changes_the_best": winners != [first, first],
            })  # fmt: skip
        notify(number + 1, len(factors))
    found = pd.DataFrame(rows).assign(of=present())
    return found.sort_values(["basis", "moved"], ascending=False, kind="stable", ignore_index=True)


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
