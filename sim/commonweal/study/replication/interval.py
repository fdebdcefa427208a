"""Interval: more replicates until a named contrast is known closely enough."""

from math import sqrt
from typing import Any

from pydantic import Field
from scipy import special

from commonweal.advice import setting
from commonweal.errors import InputError
from commonweal.model.params import nearest
from commonweal.study.replication.rule import Sequential, Verdict


class Interval(Sequential):
    """The contrast is the mean paired difference between two conditions, under the same luck."""

    of: str | None
    """name of a condition, as conditions.parquet has it"""
    against: str | None
    """name of the condition it is compared with; null for the first"""
    width: float = Field(gt=0, le=1e9)
    """the 95 % interval, from end to end, is to be no wider, in the measure's unit"""

    def look(self, connection: Any, across: list[str]) -> Verdict:
        names = [name for (name,) in connection.sql("SELECT name FROM conditions ORDER BY condition").fetchall()]
        against = names[0] if self.against is None else self.against
        if self.of is None:
            raise InputError(f"replication.of is missing; write {setting('replication.of', names[-1])}")
        for field, name in (("of", self.of), ("against", against)):
            if name not in names:
                raise InputError(f"replication.{field} is {name!r}, which is no condition; {nearest(name, names)}")
        n, mean, spread = connection.execute(
            f"""SELECT count(d), avg(d), stddev_samp(d) FROM (
                  SELECT max("{self.measure}") FILTER (name = $of) - max("{self.measure}") FILTER (name = $against) AS d
                  FROM runs WHERE name IN ($of, $against) GROUP BY replicate)""",
            {"of": self.of, "against": against},
        ).fetchone()
        if n < 2:
            return Verdict(False, {"pairs": n})
        width = 2 * float(special.stdtrit(n - 1, 0.975)) * spread / sqrt(n)
        return Verdict(width <= self.width, {"pairs": n, "difference": mean, "width": width})
