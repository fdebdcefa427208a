"""Budget: the best choice that a community can afford, how sure that is, and what it gives the worst-off for it."""

from collections.abc import Sequence
from math import isfinite

import numpy as np
import pandas as pd

from commonweal.analysis.effects import probability_best
from commonweal.analysis.outcomes import Outcomes
from commonweal.errors import InputError
from commonweal.study.conditions import told_name
from commonweal.units import told


def best_affordable(
    welfare: np.ndarray, money: np.ndarray, hours: np.ndarray, names: Sequence[str],
    budgets: Sequence[tuple[float, float]],
) -> pd.DataFrame:  # fmt: skip
    """A row per budget: the choice of the highest mean welfare that costs no more than its money and its hours.

    welfare: (choices, replicates) under common luck; money, hours: (choices,) what each costs on the mean; budgets:
    pairs of both. prob_best is the share of bootstrap resamples of replicates in which no other affordable choice
    does better. Raises ValueError where nothing is affordable.
    """
    rows = []
    for most_money, most_hours in budgets:
        affordable: list[int] = np.flatnonzero((money <= most_money) & (hours <= most_hours)).tolist()
        if not affordable:
            cheapest = int(np.argmin(money + hours))
            units, limit = told(), f" and {most_hours:g} of hours" if isfinite(most_hours) else ""
            raise ValueError(
                f"nothing fits a budget of {units.short(most_money * units.mu)} of money{limit}; the cheapest, "
                f"{told_name(names[cheapest], units)}, takes {money[cheapest] * units.mu:.3g} and {hours[cheapest]:.3g}"
            )
        means = welfare[affordable].mean(axis=1)
        best: int = affordable[int(means.argmax())]
        # Differences from the best, so that the baseline of probability_best, 0, is the best choice itself.
        others = {f"choice {each}": welfare[each] - welfare[best] for each in affordable if each != best}
        share, _ = probability_best(others, 1) if others else ({"laissez_faire": 1.0}, {})
        sure = 1.0 - sum(value for name, value in share.items() if name in others)
        rows.append((most_money, most_hours, names[best], float(means.max()), money[best], hours[best], sure))
    columns = ["budget_money", "budget_hours", "best", "welfare", "money", "hours", "prob_best"]
    return pd.DataFrame(rows, columns=columns)


def pareto(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The choices, by number, that no choice beats on both: from the best of `other` to that of `one`.

    Those of which either is nan are left out.
    """
    order = [each for each in np.lexsort((-other, -one)) if not np.isnan(one[each] + other[each])]
    front, highest = [], -np.inf
    for each in order:
        if other[each] > highest:
            front.append(each)
            highest = other[each]
    return np.array(front[::-1], int)


def affordable(outcomes: Outcomes, budgets: Sequence[tuple[float, float]]) -> pd.DataFrame:
    """The best choice for each budget by welfare gross of spend, per group and over all of them. Raises InputError."""
    welfare, names, (money, hours) = outcomes.values("welfare"), outcomes.choices(), outcomes.costs()

    def table(rows: np.ndarray | None) -> pd.DataFrame:
        spent = outcomes.of(money, rows), outcomes.of(hours, rows)
        return best_affordable(outcomes.in_full(welfare, rows), *spent, names, budgets)

    try:
        return outcomes.by_group(table)
    except ValueError as error:
        raise InputError(str(error)) from None


def pareto_front(outcomes: Outcomes) -> pd.DataFrame:
    """The choices that none beats on both mean welfare net of spend and welfare of the worst-off group."""
    names = outcomes.choices()
    money, hours = outcomes.costs()

    def table(rows: np.ndarray | None) -> pd.DataFrame:
        one, other = (outcomes.means_of(each, rows) for each in ("welfare_net", "worst_off"))
        at = pareto(one, other)
        columns = {"choice": [names[each] for each in at], "welfare_net": one[at], "worst_off": other[at]}
        return pd.DataFrame(columns | {"money": outcomes.of(money, rows)[at], "hours": outcomes.of(hours, rows)[at]})

    return outcomes.by_group(table)
