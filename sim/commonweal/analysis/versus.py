"""Versus: two results side by side, and what differs between what was asked for."""

from collections.abc import Mapping
from pathlib import Path
from textwrap import shorten
from typing import Any, Final

import numpy as np
import pandas as pd

from commonweal.analysis.against import MOST_BESIDE, against
from commonweal.analysis.effects import interval
from commonweal.analysis.had import had
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.results import load
from commonweal.errors import InputError
from commonweal.model.params import nearest
from commonweal.model.run import RUN_MEASURES
from commonweal.study.conditions import BASELINE
from commonweal.study.provenance import by_path

KEYS: Final = ("scenario", "basis", "strategy")
ABOUT: Final = ("numbers", "seed", "replicates", "rounds", "leaders", "smallest_effect")
"""what of a manifest may differ, besides the configuration"""
PLAYED: Final = ("strategy", "strategies", "scenario", "scenarios", "run", "experiment", "design")
"""sections of the configuration that the rows tell of, or that are in ABOUT"""
LISTED: Final = 80
"""letters of a list of names in a sentence"""


def versus(one: Path | str, other: Path | str, measure: str = "welfare_net") -> pd.DataFrame:
    """What both results have, a row per scenario, basis and strategy: each effect, and the second less the first.

    Of designs the conditions beside the first are the strategies. Columns `effect_a`, `low_a`, `high_a`, the same with
    _b, `difference`, `low`, `high`, `paired` and `sure`, whether the 95 % interval of the difference leaves out 0.
    Where both have the same seed and number of replicates, and their runs are there, replicates are paired: they share
    their luck. Else the interval takes the two for independent. What cannot be had for so little is nan. Where each has
    but one scenario, of whatever name, these are held against each other. Raises InputError.
    """
    if measure not in RUN_MEASURES:
        raise InputError(f"{measure!r} is not a measure; {nearest(measure, list(RUN_MEASURES))}")
    tables = [_effects(Path(each), measure) for each in (one, other)]
    luck = [table.attrs["luck"] for table in tables]
    alone = [set(table["scenario"]) for table in tables]
    if all(len(each) == 1 for each in alone) and alone[0] != alone[1]:
        name = " / ".join(each for names in alone for each in names)
        tables = [table.assign(scenario=name) for table in tables]
    found = tables[0].merge(tables[1], on=list(KEYS), suffixes=("_a", "_b"), sort=False)
    if found.empty:
        raise InputError(
            f"{one} and {other} have no strategy in the same scenario in common: the one has {_what(tables[0])}, the "
            f"other {_what(tables[1])}"
        )
    shared = luck[0] == luck[1]
    held = [_held(row, shared) for row in found.to_dict("records")]
    apart = pd.DataFrame(held, columns=["difference", "low", "high", "paired"], index=found.index)
    whole = found.drop(columns=["each_a", "each_b"]).join(apart)
    return whole.assign(sure=(whole["low"] > 0) | (whole["high"] < 0))


def _held(row: Mapping[Any, Any], same_luck: bool) -> tuple[float, float, float, bool]:
    """The second effect less the first with its 95 % interval, and whether replicates are paired."""
    one, other = row["each_a"], row["each_b"]
    if same_luck and one is not None and other is not None and len(one) == len(other):
        apart = other - one
        apart = apart[~np.isnan(apart)]
        if len(apart) > 1:
            low, high, _ = interval(apart)
            return float(apart.mean()), float(low), float(high), True
    difference = row["effect_b"] - row["effect_a"]
    half = float(np.hypot(*((row[f"high_{end}"] - row[f"low_{end}"]) / 2 for end in "ab")))
    return difference, difference - half, difference + half, False


def _effects(folder: Path, measure: str) -> pd.DataFrame:
    """What a study's strategies or conditions change of a measure, and `each`, by replicate where the runs are there.

    Its attribute `luck` says by what luck. Raises InputError.
    """
    results = load(folder, whole=False)
    if results.manifest.get("baseline"):
        table, each = results.effects, _of_comparison(results.runs, measure)
    else:
        outcomes = Outcomes(folder, whole=True)
        names = outcomes.choices()
        if not 1 < len(names) <= MOST_BESIDE:
            raise InputError(f"{folder} has {len(names):,} conditions; 2 to {MOST_BESIDE:,} can be held side by side")
        basis = f"beside {names[0]}"
        table = against(outcomes, names[0], [measure]).assign(basis=basis)
        each = _of_design(outcomes, measure, basis)
    rows = table.loc[table["measure"] == measure, :]
    found = pd.DataFrame(rows[[*KEYS, "effect", "low", "high"]])
    there = had(rows)
    found.loc[~there, ["effect", "low", "high"]] = np.nan
    keys = found[list(KEYS)].to_numpy()
    found["each"] = [each.get(tuple(key)) if one else None for key, one in zip(keys, there, strict=True)]
    found.attrs["luck"] = [results.manifest.get(name) for name in ("seed", "replicates", "numbers")]
    return found


def _of_comparison(runs: pd.DataFrame, measure: str) -> dict[tuple[Any, ...], np.ndarray]:
    """Per key the paired differences from doing nothing, (replicates,); nan where a run of the pair is missing."""
    found: dict[tuple[Any, ...], np.ndarray] = {}
    for scenario, there in runs.groupby("scenario", sort=False):
        nothing = there.loc[there["strategy"] == BASELINE, :].set_index("replicate")[measure]
        others = there.loc[there["strategy"] != BASELINE, :]
        for (basis, strategy), some in others.groupby(["basis", "strategy"], sort=False):
            with_it = some.set_index("replicate")[measure].reindex(nothing.index)
            found[scenario, basis, strategy] = (with_it - nothing).sort_index().to_numpy(float)
    return found


def _of_design(outcomes: Outcomes, measure: str, basis: str) -> dict[tuple[Any, ...], np.ndarray]:
    """The same of a design's conditions beside the first."""
    values, names = outcomes.values(measure), outcomes.choices()

    def table(rows: np.ndarray | None) -> pd.DataFrame:
        some = outcomes.of(values, rows)
        return pd.DataFrame({"name": names, "each": list(some - some[0])})

    return {(row["across"], basis, row["name"]): row["each"] for row in outcomes.by_group(table).to_dict("records")}


def _what(table: pd.DataFrame) -> str:
    """Which strategies a table has, and where; many are cut short."""
    lists = (", ".join(dict.fromkeys(table[name])) for name in ("strategy", "scenario", "basis"))
    return "{} in {}, {}".format(*(shorten(each, LISTED, placeholder=" ...") for each in lists))


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What two manifests do not have in common of what was asked for: by its path, of the one and of the other.

    Which strategies were played in which scenarios is left out, and what changes no number.
    """
    flat = [by_path(_asked(each)) for each in (one, other)]
    pairs = {path: (flat[0].get(path), flat[1].get(path)) for path in dict.fromkeys([*flat[0], *flat[1]])}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def _asked(manifest: Mapping[str, Any]) -> dict[str, Any]:
    config = {name: section for name, section in (manifest.get("config") or {}).items() if isinstance(section, dict)}
    chosen = {name: value for name, value in (manifest.get("chosen") or {}).items() if name not in PLAYED}
    told = {name: manifest.get(name) for name in ABOUT}
    sections = {name: section for name, section in config.items() if name not in PLAYED}
    return told | {f"{name}=": value for name, value in chosen.items()} | sections
