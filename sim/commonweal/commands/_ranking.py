"""Strategies ranked by their effect on welfare net of spend, as rows for programs and for tables."""

from typing import Any, Final

import pandas as pd

from commonweal.analysis.results import Results
from commonweal.analysis.smallest_effect import declared
from commonweal.commands._cells import FIRST, MEASURES
from commonweal.model.run import RUN_MEASURES
from commonweal.report.verdicts import UNHAD, cost_apart, judged
from commonweal.study.conditions import BASELINE

SCHEMA: Final = 1


def document(results: Results) -> dict[str, Any]:
    """The table for programs; its structure is described by `commonweal table --help`."""
    about = results.manifest
    scenarios = {
        scenario: {basis: ranked(results, scenario, basis) for basis in bases(results, scenario)}
        for scenario in about["scenarios"]
    }
    return {
        "schema": SCHEMA,
        "folder": str(results.folder),
        **{name: about[name] for name in ("experiment", "replicates", "rounds", "leaders", "seed")},
        "smallest_effect": declared(about),
        "failed_runs": failed_runs(results),
        "scenarios": scenarios,
        "baseline": {scenario: levels(results, scenario) for scenario in about["scenarios"]},
    }


def failed_runs(results: Results) -> int:
    """How many runs came to nothing."""
    return results.runs["status"].eq("failed").to_numpy().sum().item()


def bases(results: Results, scenario: str) -> list[str]:
    """On what bases strategies are compared there."""
    effects = results.effects
    return list(dict.fromkeys(effects.loc[effects["scenario"] == scenario, "basis"]))


def ranked(results: Results, scenario: str, basis: str) -> list[dict[str, Any]]:
    """A row per strategy and one for doing nothing, best first."""
    effects = results.effects
    there = effects.loc[(effects["scenario"] == scenario) & (effects["basis"] == basis), :]
    there = pd.concat([judged(there, basis, name, RUN_MEASURES[name].better) for name in MEASURES]).sort_index()
    rows = []
    for strategy, some in there.groupby("strategy", sort=False):
        measured: dict[str, Any] = some.set_index("measure").to_dict("index")  # pyright: ignore
        first = measured.get(FIRST, {})
        row = {
            "rank": _whole(first.get("rank")),
            "strategy": strategy,
            "verdict": first.get("verdict"),
            "cost_apart": cost_apart(first) if first else "",
            "prob_best": first.get("prob_best"),
            "best_communities": first.get("best_communities"),
            "best_worlds": first.get("best_worlds"),
            "spend": next(iter(some["spend"])),
            "intensity": next(iter(some["intensity"])),
            "replicates": _whole(first.get("n")),
        }
        keys = ("effect", "low", "high", "p_holm", "mean", "baseline", "matters", "verdict")
        if row["verdict"] == UNHAD:
            row |= dict.fromkeys(("rank", "prob_best", "best_communities", "best_worlds"))
        row["measures"] = {
            name: {key: measured[name].get(key) for key in keys} if name in measured else None for name in MEASURES
        }
        rows.append(row)
    rows.append(_nothing(results, scenario, rows))
    rows.sort(key=lambda row: (row["rank"] or len(rows), row["strategy"] != BASELINE))
    return [_plain(row) for row in rows]


def _nothing(results: Results, scenario: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The row of doing nothing: no effect, no spend, and what chance of being best the others leave it."""
    nothing = levels(results, scenario)
    none = {"effect": 0.0, "low": 0.0, "high": 0.0, "p_holm": None, "matters": None, "verdict": None}
    firsts = [row["measures"][FIRST] for row in rows if row["measures"][FIRST]]
    return {
        "rank": 1 + sum(each["effect"] > 0 for each in firsts),
        "strategy": BASELINE,
        "verdict": None,
        "cost_apart": "",
        "prob_best": _rest(rows, "prob_best", 1.0),
        "best_communities": _rest(rows, "best_communities", None),
        "best_worlds": _rest(rows, "best_worlds", None),
        "spend": 0.0,
        "intensity": None,
        "replicates": max((row["replicates"] or 0 for row in rows), default=0),
        "measures": {name: none | {"mean": nothing[name], "baseline": nothing[name]} for name in MEASURES},
    }


def _rest(rows: list[dict[str, Any]], name: str, unknown: float | None) -> float | None:
    """The share that the strategies leave doing nothing; `unknown` where none of theirs is known."""
    known = [share for row in rows if (share := row[name]) is not None and share == share]
    return max(0.0, round(1.0 - sum(known), 9)) if known else unknown


def levels(results: Results, scenario: str) -> dict[str, Any]:
    """The measures with nothing done."""
    runs = results.runs
    there = runs[(runs["scenario"] == scenario) & (runs["strategy"] == BASELINE) & (runs["status"] == "succeeded")]
    return _plain({name: there[name].mean() if len(there) else None for name in MEASURES})


def _plain(value: Any) -> Any:
    """Python's own numbers, None for nan: JSON knows no other."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if value is None or isinstance(value, str | int):
        return value
    return float(value) if value == value else None


def _whole(value: Any) -> int | None:
    """A count out of a column that nan has made one of floats."""
    return None if value is None or value != value else int(value)
