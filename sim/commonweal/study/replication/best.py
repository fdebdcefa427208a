"""Best: more replicates until the best condition is known with a given probability.

Ranking and selection under common random numbers: the chance that the condition with the best mean is not the best
is at most the sum, over the others, of the chance that each is better, by the t distribution of its paired
differences (Bonferroni; Nelson & Matejcik 1995, Management Science 41:1935-1945).
"""

from typing import Any

import numpy as np
from pydantic import Field
from scipy import special

from commonweal.model.run import RUN_MEASURES
from commonweal.study.replication.rule import Sequential, Verdict


class Best(Sequential):
    """With `across`, the best condition is to be known within each of its values, such as each scenario."""

    probability: float = Field(gt=0.5, lt=1)
    """with which the best must be known"""
    indifference: float = Field(ge=0, le=1e9)
    """a condition that is worse by no more than this, in the measure's unit, counts as best too"""

    def look(self, connection: Any, across: list[str]) -> Verdict:
        value = f'{"-" if RUN_MEASURES[self.measure].better < 0 else ""}"{self.measure}"'
        groups = "".join(f', "{name}"' for name in across)
        within = f"PARTITION BY {groups[2:]}" if across else ""
        same = "".join(f' AND other."{name}" IS NOT DISTINCT FROM top."{name}"' for name in across)
        table = connection.sql(
            f"""WITH values_ AS (SELECT condition, replicate, {value} AS value{groups} FROM runs),
                     means AS (SELECT condition, avg(value) AS mean{groups} FROM values_ GROUP BY ALL),
                     top AS (SELECT * FROM means WHERE mean IS NOT NULL
                             QUALIFY row_number() OVER ({within} ORDER BY mean DESC, condition) = 1)
                SELECT top.condition AS best, count(best.value - other.value) AS n,
                       avg(best.value - other.value) AS mean, stddev_samp(best.value - other.value) AS spread
                FROM values_ AS other
                JOIN top ON other.condition <> top.condition{same}
                JOIN values_ AS best ON best.condition = top.condition AND best.replicate = other.replicate
                GROUP BY top.condition, other.condition"""
        ).fetchnumpy()
        best, n, mean, spread = (np.ma.getdata(column) for column in table.values())
        if not len(n) or n.min() < 2:
            return Verdict(False, {"probability": None})
        error = np.maximum(spread, 1e-300) / np.sqrt(n)
        wrong = special.stdtr(n - 1, -(mean + self.indifference) / error)
        least = min(1.0 - wrong[best == each].sum() for each in np.unique(best))
        reached = {"probability": max(0.0, float(least)), "best": sorted(int(each) for each in np.unique(best))}
        return Verdict(bool(least >= self.probability), reached)
