"""The question of a study and its answer in a few sentences, from its effects by the decision rule."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from commonweal.analysis.best_mix import BEST_MIX
from commonweal.analysis.results import Results
from commonweal.figures.labels import words
from commonweal.report.meanings import counted, explained, people
from commonweal.report.sentences import capital, interval, listed, number, percent
from commonweal.report.summary import called as basis_called
from commonweal.report.summary import in_turn, per_cent
from commonweal.report.verdicts import HARMS, HELPS, NULL, UNHAD, cost_apart, judged, named_best, nothing_is_best
from commonweal.study.conditions import BASELINE
from commonweal.units import told

UNIT: Final = "MU per person and round"
SPENT: Final = "MU per leader and month"
OUTCOMES: Final = {"welfare_net": "welfare net of spend", "worst_off": "the welfare of the worst-off group"}
OFTEN: Final = 0.1
"""share of other worlds from which a strategy that is best in them is named"""
SURPRISING: Final = ("trust", "cooperation")
"""outcomes that one expects to go along with welfare"""
LISTED: Final = 160
"""letters that a list of names in a sentence may have"""
DOSE: Final = r" [0-9.e-]+(?= \+ |$)"
"""how much of a strategy a mix holds, after its name"""
LONGEST: Final = 200
"""letters of a name in a sentence"""


class Terms(NamedTuple):
    """What is compared, and with what."""

    noun: str
    nothing: str
    """what all else is held against"""


STRATEGIES: Final = Terms("strategy", "doing nothing")


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
        f"Which of {counted(about['strategies'], 'or')} helps {who} work together, and does it improve the lives of "
        "the people they serve, net of what it costs?"
    )


def answer(results: Results) -> list[str]:
    """Three paragraphs, for the reader's money first, and what surprises; one where nothing was compared."""
    if results.effects.empty:
        return ["Nothing was compared: the study played doing nothing only."]
    effects = phrased(results.effects)
    first, *more = in_turn(effects["basis"])
    if more and len(set(effects["strategy"])) > 1:
        found = [best_of(effects, first), changes(effects, first), best_of(effects, more[0])]
    else:
        found = [best_of(effects, first), changes(effects, first), changes(effects, first, "worst_off")]
    surprise = surprises(effects, [first, *more][-1])
    beside = [for_sums(results.curves), *in_worlds(effects, [first, *more]), surprise]
    return _told(results, [*found, *(each for each in beside if each)])


def _told(results: Results, paragraphs: list[str]) -> list[str]:
    """The paragraphs with what is asked about their words."""
    first, *more = explained(paragraphs)
    return [" ".join(filter(None, (first, people(results.manifest)))), *more]


def in_worlds(effects: pd.DataFrame, bases: Sequence[str]) -> list[str]:
    """In how many worlds of an ensemble the strategies that are best in most of them are; nothing without one."""
    found = []
    for basis in bases if "best_worlds" in effects else ():
        rows = effects.loc[(effects["measure"] == "welfare_net") & (effects["basis"] == basis), :]
        share = pd.Series(rows.groupby("strategy", sort=False)["best_worlds"].mean())
        share = share.sort_values(ascending=False, kind="stable")
        if share.notna().any():
            first = [f"“{called(str(name))}” in {percent(value)}" for name, value in share.items() if value >= OFTEN]
            left = f"; no other strategy in more than {percent(OFTEN)}" if len(first) < len(share) else ""
            found.append(f"In other worlds, {basis}, best for welfare net of spend: {listed(first) or 'none'}{left}.")
    return found


def foremost_of(results: Results) -> list[str]:
    """Who does most at each basis, for the reader's money first, and what surprises: the answer beside a summary."""
    effects = phrased(results.effects)
    bases = in_turn(effects["basis"])
    found = [best_of(effects, basis) for basis in bases]
    beside = [for_sums(results.curves), *in_worlds(effects, bases), surprises(effects, bases[-1])]
    return _told(results, [each for each in (*found, *beside) if each])


def for_sums(curves: pd.DataFrame) -> str:
    """Who does most for a sum, by the mean: 'for 5 “inclusion” (in 3 of 4 scenarios)'; '' without a cost curve."""
    rows = curves.loc[curves["measure"] == "welfare_net", :]
    alone, mixed = (rows.loc[(rows["strategy"] == BEST_MIX) == is_mix, :] for is_mix in (False, True))
    best = alone.loc[alone.groupby(["scenario", "sum"])["effect"].idxmax(), :]
    if best.empty:
        return ""
    unit = told().said(SPENT)
    said = [f"What a sum buys, in {unit}, by the mean of welfare net of spend: {_by_sum(best, best['strategy'])}."]
    if len(mixed):
        held = [re.sub(DOSE, "", str(each)).replace(" + ", " and ") for each in mixed["holds"]]
        said.append(
            "Of one strategy or two for half of it each, chosen in some communities and measured in others: "
            f"{_by_sum(mixed, held)}."
        )
    return " ".join(said)


def _by_sum(rows: pd.DataFrame, names: Iterable[str]) -> str:
    """rows: a scenario and a sum each, of which `names` says what is best; where that harms, it is doing nothing."""
    scenarios, parts = len(set(rows["scenario"])), []
    best: dict[float, Counter[str]] = {}
    effects = rows["effect"].to_numpy(float).tolist()
    for sum_, effect, name in zip(rows["sum"].to_numpy(float).tolist(), effects, names, strict=True):
        best.setdefault(sum_, Counter())[name if effect > 0 else BASELINE] += 1
    for sum_ in sorted(best):
        ((name, count),) = best[sum_].most_common(1)
        where = f" (in {count} of {scenarios} scenarios)" if scenarios > 1 else ""
        parts.append(
            f"for {told().short(sum_)} {STRATEGIES.nothing if name == BASELINE else f'“{called(name)}”'}{where}"
        )
    return listed(parts)


def phrased(effects: pd.DataFrame) -> pd.DataFrame:
    """The effects of a comparison with `basis` as it stands in a sentence: 'at equal spend'."""
    return effects.assign(basis="at " + effects["basis"].astype(str))


def best_of(effects: pd.DataFrame, basis: str, terms: Terms = STRATEGIES) -> str:
    """Who does most for welfare net of spend, scenario by scenario."""
    rows, start = judged(effects, basis), capital(basis_called(effects, basis).removeprefix("at "))
    there = {scenario: some for scenario, some in rows.groupby("scenario", sort=False)}
    if len(there) == 1:
        return _only(rows, basis, terms, start)
    winners: dict[str, list[dict[Any, Any]]] = {}
    nothing = 0
    for some in there.values():
        if name := named_best(some):
            winners.setdefault(name, []).append(some.loc[some["strategy"] == name, :].to_dict("records")[0])
        nothing += nothing_is_best(some)
    parts = [
        f"“{called(name)}” does most in {_of(len(found), len(there))} ({_range(found)})"
        for name, found in sorted(winners.items(), key=lambda each: -len(each[1]))
    ]
    parts += [f"{terms.nothing} is best in {_of(nothing, len(there))}"] if nothing else []
    left = len(there) - nothing - sum(map(len, winners.values()))
    parts += [f"no {terms.noun} can be named best in {_of(left, len(there))}"] if left else []
    return f"{start}, for welfare net of spend, {listed(parts)}."


def _only(rows: pd.DataFrame, basis: str, terms: Terms, start: str) -> str:
    """The same of one scenario, among what can be had there."""
    rows = rows.loc[rows["verdict"] != UNHAD, :]
    if rows.empty:
        return f"{start}, no {terms.noun} can be had for so little."
    first = rows.iloc[0]
    effect = f"{_share([first])}{number(first.effect)} {told().said(UNIT)}{interval(first.low, first.high)}"
    name = called(first.strategy)
    if nothing_is_best(rows):
        where = "" if terms.nothing in basis else f" {basis}"
        return f"{capital(terms.nothing)} is best for welfare net of spend{where}; next comes “{name}”, with {effect}."
    if len(rows) == 1:
        return f"{start}, “{name}” changes welfare net of spend by {effect}."
    if named_best(rows):
        return f"{start}, “{name}” does most for welfare net of spend: {effect}."
    sure = (
        f", and it is {first.prob_best:.2f} sure that its mean is the best"
        if first.prob_best == first.prob_best
        else ""
    )
    share = first.get("best_communities", np.nan)
    often = f"; it is best in {percent(share)} of the communities" if share == share else ""
    return (
        f"{start}, no {terms.noun} can be named best for welfare net of spend; “{name}” comes first "
        f"({effect}){sure}{often}."
    )


def changes(effects: pd.DataFrame, basis: str, measure: str = "welfare_net") -> str:
    """What every strategy does to welfare net of spend, or whether it does the same to the worst-off group."""
    what, net = OUTCOMES[measure], _kinds(effects, basis, "welfare_net")
    kinds = net if measure == "welfare_net" else _kinds(effects, basis, measure)
    if kinds is not net and _grouped(kinds) == _grouped(net):
        return f"The same holds for {what}."
    said = [f"{_some(names)} {_plural(text, len(names))}" for text, names in kinds.items()]
    return f"What this does to {what} {basis}: {'; '.join(said)}."


def surprises(effects: pd.DataFrame, basis: str) -> str:
    """What raises welfare net of spend and lowers trust or cooperation in the same scenarios, or the other way round.

    Empty where nothing does.
    """
    net = judged(effects, basis).set_index(["scenario", "strategy"])["verdict"]
    scenarios = len(set(net.index.get_level_values("scenario")))
    kinds: dict[str, list[str]] = {}
    for measure in SURPRISING:
        other = judged(effects, basis, measure).set_index(["scenario", "strategy"])["verdict"].reindex(net.index)
        for one, two, text in ((HELPS, HARMS, "raises {} but lowers {}"), (HARMS, HELPS, "lowers {} but raises {}")):
            where = net.index[((net == one) & (other == two)).to_numpy()]
            for name, count in where.get_level_values("strategy").value_counts(sort=False).items():
                at = "" if scenarios == 1 else f" in {_of(count, scenarios)}"
                kinds.setdefault(text.format(OUTCOMES["welfare_net"], measure) + at, []).append(
                    f"“{called(str(name))}”"
                )
    said = [f"{_some(names)} {_plural(text, len(names))}" for text, names in kinds.items()]
    return f"What may surprise, {basis}: {'; '.join(said)}." if said else ""


def _grouped(kinds: dict[str, list[str]]) -> set[tuple[str, frozenset[str]]]:
    return {(text, frozenset(names)) for text, names in kinds.items()}


def _kinds(effects: pd.DataFrame, basis: str, measure: str) -> dict[str, list[str]]:
    """The strategies by what they do to an outcome, by the decision rule."""
    rows = judged(effects, basis, measure)
    scenarios = len(set(rows["scenario"]))
    kinds: dict[str, list[str]] = {}
    for name, some in rows.groupby("strategy", sort=False):
        helps, harms, null, gone = (list(some["verdict"]).count(kind) for kind in (HELPS, HARMS, NULL, UNHAD))
        parts = [
            verb if scenarios == 1 else f"{verb} in {_of(count, scenarios)}"
            for verb, count in (("raises it", helps), ("lowers it", harms))
            if count
        ]
        if not parts and gone < len(some):
            parts = ["makes no difference that matters" if null + gone == len(some) else "makes no sure difference"]
        if gone:
            parts.append(UNHAD if gone == len(some) else f"{UNHAD} in {_of(gone, scenarios)}")
        text, cost = " and ".join(parts), _cost(some.loc[some["verdict"] != UNHAD, :])
        each = f" ({cost} {told().said(SPENT)})" if cost else ""
        kinds.setdefault(text, []).append(f"“{called(str(name))}”{each}")
    return kinds


def _cost(rows: pd.DataFrame) -> str:
    """What a strategy costs, where in every scenario it is told apart from what it does; else empty."""
    if rows.empty:
        return ""
    costs = [cost_apart(row) for row in rows.sort_values("spend").to_dict("records")]
    least, most = costs[0], costs[-1]
    if least == most:
        return least
    what, _, sum_ = most.rpartition(" ")
    return f"{least} to {sum_}" if what == least.rpartition(" ")[0] else ""


def called(name: str) -> str:
    """A strategy, a mix or a condition in words, whole."""
    return words(name, LONGEST)


def _some(names: list[str]) -> str:
    """The names, or as many of them as there is room for and how many more there are."""
    shown = [name for at, name in enumerate(names) if at < 2 or len(", ".join(names[: at + 1])) <= LISTED]
    left = len(names) - len(shown)
    return listed([*shown, f"{left} more"] if left else shown)


def _plural(text: str, count: int) -> str:
    if count == 1:
        return text
    return text.replace("raises", "raise").replace("lowers", "lower").replace("makes", "make")


def _of(count: int, total: int) -> str:
    if count == total == 2:
        return "both scenarios"
    return f"all {total} scenarios" if count == total else f"{count} of {total} scenarios"


def _range(rows: list[dict[Any, Any]]) -> str:
    """The effects of one strategy in several scenarios, and within what their intervals lie."""
    low, high = (number(end(row["effect"] for row in rows)) for end in (min, max))
    share = _share(rows)
    if len(rows) == 1:
        return f"by {share}{low} {told().said(UNIT)}{interval(rows[0]['low'], rows[0]['high'])}"
    ends = interval(min(row["low"] for row in rows), max(row["high"] for row in rows))
    where = f"depending on the scenario{ends.replace('interval', 'intervals within')}"
    return f"by {share}{low} to {high} {told().said(UNIT)}, {where}"


def _share(rows: Iterable[Mapping[Any, Any]]) -> str:
    """The effects as shares of what there is with nothing done: '+13 to +21 %, that is '; '' where it is not known."""
    shares = [row["effect"] / row["baseline"] if row.get("baseline", 0.0) > 0 else np.nan for row in rows]
    return f"{per_cent(min(shares), max(shares))}, that is " if not np.isnan(shares).any() else ""
