"""The estuaries two years on, each forecast by a fit to the others, which nothing it rests on has seen.

How ties fade and form, and trust, is not taken from conf, which all five have gone into: it is even within wide bounds,
and fitted to what came of the four others, by the nearest worlds with regression adjustment, as `commonweal fit` does.
The fifth is then played from its own ties and trust of 1999. Beside the forecast stand no change at all, and
regressions on 1999 that are fitted to the same four.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.errors import InputError
from commonweal.fitting.adjust import accept, drawn
from commonweal.fitting.prior import Prior, Unknown
from commonweal.fitting.waves import metric_of
from commonweal.model import luck
from commonweal.model.world import World
from commonweal.validation.estuaries import (
    FITTED,
    MONTHS,
    Estuary,
    classes,
    lived,
    mean_trust,
    named_in,
    read_estuaries,
    world,
)
from commonweal.validation.experiments import SEED
from commonweal.validation.rows import NAN, Row

FILES: Final[dict[str, tuple[str, ...]]] = {
    "second_wave.csv": ("estuary", "id", "answered_2001", "trust_2001"),
    "ties_2001.csv": ("estuary", "source", "target"),
}
BOUNDS: Final = {
    "meet.decay": (0.02, 0.4), "meet.habit": (0.02, 1.0), "meet.by_tie": (0.0, 1.0), "meet.by_sector": (0.0, 0.5),
    "meet.by_friend": (0.0, 0.5), "meet.gain": (0.05, 1.0), "meet.mutual": (0.0, 1.0),
    "people.trusting_spread": (0.05, 0.25), "people.trust_spread": (0.05, 0.25), "people.trust": (0.4, 0.8),
    "trust.leaning": (0.05, 0.6), "trust.lesson": (0.0, 0.05), "trust.reciprocity": (0.0, 0.3),
}  # fmt: skip
"""what the estuaries tell of, and how wide it is before: those of meet are the bounds of its calibration"""
COMMUNITIES: Final = 4
"""times that each estuary is played in each world"""
ENOUGH: Final = 100
"""accepted worlds of equal weight"""
LEAST: Final = 0.02
"""probability that a forecast gives at least to what came, where surprise is weighed"""


class Wave(NamedTuple):
    """What came of n organisations in 2001."""

    answered: np.ndarray
    """(n,) bool"""
    named: np.ndarray
    """(n, n) bool, who named whom"""
    trust: np.ndarray
    """(n,) trust in the others, 0..1; nan where unknown"""


class Forecast(NamedTuple):
    """What is forecast of an estuary."""

    ties: np.ndarray
    """(n, n) the chance that a row names a column"""
    trust: np.ndarray
    """(n,) trust in the others"""


def is_there(folder: Path) -> bool:
    """Whether a folder of the estuaries holds their second wave too."""
    return all((folder / name).is_file() for name in FILES)


def read_second_wave(folder: Path, estuaries: Sequence[Estuary]) -> list[Wave]:
    """What came of the estuaries of a folder in 2001. Raises InputError."""
    tables = {}
    for name, columns in FILES.items():
        try:
            tables[name] = pd.read_csv(folder / name, dtype={"id": str, "source": str, "target": str})
        except (OSError, ValueError) as error:
            raise InputError(f"{folder / name} cannot be read ({error}); mend it, or take it away") from None
        if missing := [column for column in columns if column not in tables[name]]:
            raise InputError(f"{folder / name} has no column {missing[0]}; it must have {', '.join(columns)}")
    waves = []
    for number, estuary in enumerate(estuaries):
        row = {name: place for place, name in enumerate(estuary.ids)}
        about, ties = (table[table["estuary"] == number] for table in tables.values())
        strange = [name for name in [*about["id"], *ties["source"], *ties["target"]] if name not in row]
        if strange:
            raise InputError(
                f"{folder}: the second wave names {strange[0]} in estuary {number}, who is not in leaders.csv"
            )
        answered, trust = np.zeros(estuary.size, bool), np.full(estuary.size, np.nan)
        places = [row[name] for name in about["id"]]
        answered[places] = about["answered_2001"].astype(bool)
        trust[places] = about["trust_2001"]
        named = np.zeros((estuary.size, estuary.size), bool)
        named[[row[name] for name in ties["source"]], [row[name] for name in ties["target"]]] = True
        np.fill_diagonal(named, False)
        waves.append(Wave(answered, named, trust))
    return waves


def prior() -> Prior:
    """Even within the bounds."""
    unknown = tuple(Unknown(name, low, high, 0.0, 1.0, NAN, "", False) for name, (low, high) in BOUNDS.items())
    return Prior(unknown, np.eye(len(unknown)), ())


def world_of(values: dict[str, float]) -> World:
    """The estuaries' world; encounters that are not by tie, sector or friend are by reputation."""
    parts = [f"meet.{name}" for name in ("by_tie", "by_sector", "by_friend")]
    total = sum(values[name] for name in parts)
    shares = {name: values[name] / max(total, 1.0) for name in parts}
    return world(values | shares | {"meet.by_reputation": max(1.0 - total, 0.0)})


def played(estuaries: Sequence[Estuary], values: dict[str, float], number: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Of each estuary in a world, who names whom after two years, (communities, n, n), and trust, (communities, n)."""
    of = world_of(values)
    run = luck.run_keys(SEED, range(number * COMMUNITIES, (number + 1) * COMMUNITIES))
    found = []
    for estuary in estuaries:
        state, _ = lived(of, estuary, run, MONTHS)
        trust = mean_trust(state)
        trust = np.where(np.isnan(trust), state.leaders.trusting, trust)
        found.append((named_in(state, estuary.size, COMMUNITIES), trust.reshape(COMMUNITIES, -1)))
    return found


def summary(
    estuaries: Sequence[Estuary], waves: Sequence[Wave], later: Sequence[tuple[np.ndarray, np.ndarray]]
) -> np.ndarray:  # fmt: skip
    """(communities, numbers) of those who answered: shares of ties that stay and begin, by class, and trust."""
    counts: dict[str, np.ndarray] = {}
    before, after = [], []
    for estuary, wave, (named, trust) in zip(estuaries, waves, later, strict=True):
        for name, pairs in classes(estuary).items():
            seen = pairs & wave.answered[:, None]
            counts[name] = counts.get(name, 0) + np.stack([named[:, seen].sum(axis=1), np.full(len(named), seen.sum())])
        both = ~np.isnan(estuary.trust) & ~np.isnan(wave.trust)
        before.append(estuary.trust[both])
        after.append(trust[:, both])
    first, last = np.concatenate(before), np.concatenate(after, axis=1)
    centred = first - first.mean()
    columns = [there / np.maximum(of, 1) for there, of in counts.values()]
    slope = (last * centred).sum(axis=1) / (centred**2).sum()
    return np.column_stack([*columns, last.mean(axis=1), slope, last.std(axis=1)])


def forecasts(estuaries: Sequence[Estuary], waves: Sequence[Wave], worlds: int) -> list[dict[str, Forecast]]:
    """Of each estuary what the model, a regression and no change forecast, from the four others and its own 1999."""
    of = prior()
    normal = of.sample(worlds, SEED)
    rows = of.frame(normal).to_dict("records")
    later = [played(estuaries, row, number) for number, row in enumerate(rows)]
    found = []
    for out in range(len(estuaries)):
        rest = [at for at in range(len(estuaries)) if at != out]
        others, theirs = [estuaries[at] for at in rest], [waves[at] for at in rest]
        told = np.stack([summary(others, theirs, [each[at] for at in rest]) for each in later])
        came = [(wave.named[None], wave.trust[None]) for wave in theirs]
        target = summary(others, theirs, came)[0]
        tells = told.reshape(-1, told.shape[-1]).std(axis=0) > 0  # of a class in which no pair is, all say the same
        told, target = told[:, :, tells], target[tells]
        weights = np.full(worlds, 1 / worlds)
        kept = accept(normal, told, weights, metric_of(normal, told, weights), target, min(ENOUGH, worlds // 4))
        again = of.frame(kept.normal[drawn(kept, ENOUGH)]).to_dict("records")
        mine = [played([estuaries[out]], row, worlds + number)[0] for number, row in enumerate(again)]
        named, trust = (np.concatenate(each) for each in zip(*mine, strict=True))
        model = Forecast(named.mean(axis=0), trust.mean(axis=0))
        found.append({"model": model, "regression": regression(estuaries[out], others, theirs),
                      "no change": Forecast(estuaries[out].named.astype(float), estuaries[out].trust)})  # fmt: skip
    return found


def regression(of: Estuary, others: Sequence[Estuary], waves: Sequence[Wave]) -> Forecast:
    """Logistic regression of ties on those of 1999, least squares of trust on trust, fitted to the others."""
    import statsmodels.api as sm

    seen = [wave.answered[:, None] & ~np.eye(len(wave.answered), dtype=bool) for wave in waves]
    x = np.concatenate([_features(each)[which] for each, which in zip(others, seen, strict=True)])
    y = np.concatenate([wave.named[which] for wave, which in zip(waves, seen, strict=True)])
    logit = sm.GLM(y.astype(float), x, family=sm.families.Binomial()).fit()
    ties = logit.predict(_features(of).reshape(-1, x.shape[1])).reshape(of.size, of.size)
    first, last = (np.concatenate(each) for each in zip(*(_twice(a, b) for a, b in zip(others, waves, strict=True)),
                                                        strict=True))  # fmt: skip
    slope, level = np.polyfit(first, last, 1)
    return Forecast(ties, level + slope * np.where(np.isnan(of.trust), first.mean(), of.trust))


def _features(of: Estuary) -> np.ndarray:
    """(n, n, features) of each pair in 1999."""
    old = of.named.astype(float)
    popular = np.broadcast_to(np.log1p(old.sum(axis=0))[None, :], old.shape)
    via = ((old @ old) > 0).astype(float)
    same = (of.side[:, None] == of.side[None, :]).astype(float)
    return np.stack([np.ones_like(old), old, old.T, popular, via, same], axis=-1)


def _twice(of: Estuary, wave: Wave) -> tuple[np.ndarray, np.ndarray]:
    both = ~np.isnan(of.trust) & ~np.isnan(wave.trust)
    return of.trust[both], wave.trust[both]


def scores(estuaries: Sequence[Estuary], waves: Sequence[Wave], made: Sequence[dict[str, Forecast]]) -> pd.DataFrame:
    """A row per way of forecasting: Brier score of ties, mean -log of the chance of what came, RMSE of trust."""
    rows = []
    for name in made[0]:
        chance, came, off = [], [], []
        for of, wave, each in zip(estuaries, waves, made, strict=True):
            seen = wave.answered[:, None] & ~np.eye(of.size, dtype=bool)
            chance.append(each[name].ties[seen])
            came.append(wave.named[seen].astype(float))
            both = ~np.isnan(of.trust) & ~np.isnan(wave.trust)
            off.append(each[name].trust[both] - wave.trust[both])
        p, y = np.concatenate(chance), np.concatenate(came)
        held = np.clip(p, LEAST, 1 - LEAST)
        rows.append({
            "forecast": name, "brier": float(((p - y) ** 2).mean()),
            "surprise": float(-(y * np.log(held) + (1 - y) * np.log(1 - held)).mean()),
            "trust": float(np.sqrt((np.concatenate(off) ** 2).mean())),
        })  # fmt: skip
    return pd.DataFrame(rows).set_index("forecast")


def second_wave_rows(folder: Path, worlds: int) -> Iterator[Row]:
    """Forecasts of 2001 by fits that have not seen the estuary, against no change and regressions."""
    estuaries = read_estuaries(folder)
    waves = read_second_wave(folder, estuaries)
    found = scores(estuaries, waves, forecasts(estuaries, waves, worlds))
    words = {
        "brier": "ties of 2001, Brier score",
        "surprise": "ties of 2001, mean surprise",
        "trust": "trust of 2001, RMSE",
    }
    for column, what in words.items():
        model, unchanged, regressed = (float(found.loc[each, column]) for each in ("model", "no change", "regression"))
        beside = f"no change {unchanged:.4f}, regression {regressed:.4f}"
        said = f"each of {len(FITTED)} forecast by a fit to the others; {beside}"
        verdict = "reproduced" if model < unchanged else "missed"
        yield Row("predicted", f"estuaries left out: {what}", "berardo_scholz_2010", unchanged, model, 0.0, unchanged,
                  "share", verdict, said)  # fmt: skip
