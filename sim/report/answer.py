"""The question of a study and its answer in three sentences, from its effects by the decision rule."""

from typing import Any

import pandas as pd

from sim.design import BASELINE
from sim.figures.words import in_order, words
from sim.report.sentences import interval, listed, number
from sim.report.verdicts import HARMS, HELPS, judged, named_best, nothing_is_best
from sim.store import Results

UNIT = "MU per person and round"


def question(results: Results) -> str:
    """What the study asked."""
    about = results.manifest
    strategies = [words(name) for name in about["strategies"] if name != BASELINE]
    who = f"{about['leaders']:,} leaders with differing priorities"
    if not strategies:
        return f"What do {who} come to when nobody helps them?"
    if len(strategies) == 1:
        return f"Does “{strategies[0]}” help {who} work together, and does it improve the lives of those they serve?"
    return (
        f"Which of {len(strategies)} strategies helps {who} work together, and does it improve the lives of the "
        "people they serve, net of what it costs?"
    )


def answer(results: Results) -> list[str]:
    """Three sentences; one where nothing was compared."""
    effects = results.effects
    if effects.empty:
        return ["Nothing was compared: the study played doing nothing only."]
    bases = in_order(effects["basis"])
    single = len(set(effects["strategy"])) == 1
    said = [_first(effects, basis) for basis in bases[:2]]
    said.append(_all(judged(effects, bases[-1]), bases[-1], "welfare net of spend"))
    if len(said) == 2 or single:
        said = [said[0], _all(judged(effects, bases[-1]), bases[-1], "welfare net of spend")]
        said.append(_all(judged(effects, bases[0], "worst_off"), bases[0], "the welfare of the worst-off group"))
    return said


def _first(effects: pd.DataFrame, basis: str) -> str:
    """Who does most for welfare net of spend, scenario by scenario."""
    rows = judged(effects, basis)
    there = {scenario: some for scenario, some in rows.groupby("scenario", sort=False)}
    if len(there) == 1:
        return _only(rows, basis)
    winners: dict[str, list[dict[Any, Any]]] = {}
    nothing = 0
    for some in there.values():
        if name := named_best(some):
            winners.setdefault(name, []).append(some.loc[some["strategy"] == name, :].to_dict("records")[0])
        nothing += nothing_is_best(some)
    parts = [
        f"“{words(name)}” does most in {_of(len(found), len(there))} ({_range(found)})"
        for name, found in sorted(winners.items(), key=lambda each: -len(each[1]))
    ]
    parts += [f"doing nothing is best in {_of(nothing, len(there))}"] if nothing else []
    left = len(there) - nothing - sum(map(len, winners.values()))
    parts += [f"no strategy can be named best in {_of(left, len(there))}"] if left else []
    return f"At {basis}, for welfare net of spend, {listed(parts)}."


def _only(rows: pd.DataFrame, basis: str) -> str:
    first = rows.iloc[0]
    effect = f"{number(first.effect)} {UNIT}{interval(first.low, first.high)}"
    start = f"At {basis}"
    if nothing_is_best(rows):
        return f"{start}, doing nothing is best for welfare net of spend: “{words(first.strategy)}” adds {effect}."
    if len(rows) == 1:
        return f"{start}, “{words(first.strategy)}” changes welfare net of spend by {effect}."
    if named_best(rows):
        return f"{start}, “{words(first.strategy)}” does most for welfare net of spend: {effect}."
    chance = f"a probability of {first.prob_best:.2f}" if first.prob_best == first.prob_best else "no known probability"
    return (
        f"{start}, no strategy can be named best for welfare net of spend; “{words(first.strategy)}” comes first "
        f"({effect}), with {chance} of being best."
    )


def _all(rows: pd.DataFrame, basis: str, what: str) -> str:
    """What every strategy does to one outcome, by the decision rule."""
    scenarios = len(set(rows["scenario"]))
    kinds: dict[str, list[str]] = {}
    for name, some in rows.groupby("strategy", sort=False):
        helps, harms = (list(some["verdict"]).count(verdict) for verdict in (HELPS, HARMS))
        parts = [
            f"{verb} {_of(count, scenarios)}"
            for verb, count in (("raises it in", helps), ("lowers it in", harms))
            if count
        ]
        text = " and ".join(parts) if parts else "makes no sure difference"
        kinds.setdefault(text, []).append(f"“{words(str(name))}”")
    said = [f"{listed(names)} {_plural(text, len(names))}" for text, names in kinds.items()]
    return f"What this does to {what} at {basis}: {'; '.join(said)}."


def _plural(text: str, count: int) -> str:
    if count == 1:
        return text
    return text.replace("raises", "raise").replace("lowers", "lower").replace("makes", "make")


def _of(count: int, total: int) -> str:
    if total == 1:
        return "the one scenario"
    if count == total == 2:
        return "both scenarios"
    return f"all {total} scenarios" if count == total else f"{count} of {total} scenarios"


def _range(rows: list[dict[Any, Any]]) -> str:
    """The effects of one strategy in several scenarios, and within what their intervals lie."""
    low, high = (number(end(row["effect"] for row in rows)) for end in (min, max))
    if len(rows) == 1:
        return f"by {low} {UNIT}{interval(rows[0]['low'], rows[0]['high'])}"
    ends = interval(min(row["low"] for row in rows), max(row["high"] for row in rows))
    return f"by {low} to {high} {UNIT}, depending on the scenario{ends.replace('interval', 'intervals within')}"
