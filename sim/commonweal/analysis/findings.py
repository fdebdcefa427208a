"""Findings: what the runs of a design say, table by table, by the analyses that fit the design.

Of the runs one measure at a time is read, by DuckDB.
"""

from collections.abc import Sequence
from functools import partial
from itertools import combinations
from typing import Any, Final

import numpy as np
import pandas as pd

from commonweal.analysis.budget import best_affordable, pareto
from commonweal.analysis.effects import COLUMNS, compare
from commonweal.analysis.factorial import contrasts
from commonweal.analysis.precedence import precedence
from commonweal.analysis.regret import box, regret
from commonweal.analysis.sobol import indices, screening, shares
from commonweal.errors import InputError
from commonweal.model.params import nearest
from commonweal.model.run import RUN_MEASURES
from commonweal.study.conditions import BASELINE
from commonweal.study.dataset import Dataset, label, told
from commonweal.study.designs.design import flat, ranges
from commonweal.study.query import connect

HOURS: Final = 160.0
"""working hours of a month, a leader's whole endowment of time (conf/convener/field.yaml)"""
START: Final = "_start"
"""ends the columns that say when a strategy begins"""
FEW: Final = 20
"""conditions up to which a message lists them"""
MOST_BESIDE: Final = 1000
"""conditions that are held against the first, each with its correction for all the others"""
EVERYWHERE: Final = "all"
"""stands for the mean over the values of `across`"""


class Findings:
    """The runs of a design, by condition and replicate."""

    def __init__(self, dataset: Dataset, manifest: dict[str, Any]) -> None:
        self.dataset, self.manifest = dataset, manifest
        self._read: dict[str, np.ndarray] = {}
        table = dataset.conditions()
        self.conditions: pd.DataFrame = table.to_pandas().sort_values("place").reset_index(drop=True)
        fields = [table.schema.field(name) for name in table.column_names]
        self.across: list[str] = manifest["across"]
        paths = {each.name: (each.metadata or {}).get(b"path", b"").decode() for each in fields}
        self.paths = {name: path for name, path in paths.items() if path and name not in self.across}
        """per column of conditions.parquet that is varied the path of its parameter"""
        self.factors = list(self.paths)
        groups, played = self._groups(paths), self._played()
        self.groups = {name: rows for name, rows in groups.items() if played[rows].all()}
        self.left_out = [name for name in groups if name not in self.groups]
        """values of `across` some of whose conditions have not been played yet"""
        if not self.groups:
            what = "no runs yet" if not played.any() else "conditions that have not been played yet"
            raise InputError(f"{dataset.folder} has {what}; commonweal resume {dataset.folder} plays them")

    def _groups(self, paths: dict[str, str]) -> dict[str, np.ndarray]:
        """Per value of `across` the rows of its conditions, in the same order in each."""
        if not self.across:
            varied = any(path == "scenario" for path in self.paths.values())
            chosen = self.manifest.get("chosen", {}).get("scenario", EVERYWHERE)
            return {EVERYWHERE if varied else chosen: np.arange(len(self.conditions))}
        written = [self.conditions[name].map(partial(told, paths[name])) for name in self.across]
        key = pd.concat(written, axis=1).agg(", ".join, axis=1)
        return {str(name): np.flatnonzero(key == name) for name in dict.fromkeys(key)}

    def _played(self) -> np.ndarray:
        """(conditions,) whether there are runs, in the order of the design."""
        with connect(self.dataset) as connection:
            there = connection.sql("SELECT DISTINCT condition FROM _runs").fetchnumpy()["condition"]
        return self.conditions["condition"].isin(np.ma.getdata(there).tolist()).to_numpy()

    def failed(self) -> int:
        """Runs that came to nothing."""
        with connect(self.dataset) as connection:
            return connection.sql("SELECT count(*) FROM runs WHERE status = 'failed'").fetchall()[0][0]

    @property
    def ordered(self) -> bool:
        """Whether there are two strategies of which each is begun before the other in some condition."""
        starts = self._starts()
        orders = starts[starts.nunique(axis=1) == starts.shape[1]]
        return any(len(set(orders[one] < orders[other])) == 2 for one, other in combinations(orders.columns, 2))

    def _starts(self) -> pd.DataFrame:
        """Per condition of a group the round in which each strategy begins, as far as that is varied."""
        first = self.conditions.iloc[next(iter(self.groups.values()))]
        return first.filter(regex=f"{START}$").rename(columns=lambda name: name.removesuffix(START))

    def values(self, measure: str) -> np.ndarray:
        """(conditions, replicates) of a measure in the order of the design; nan where it is missing or undefined."""
        if measure not in RUN_MEASURES:
            raise InputError(f"{measure} is no measure of a run; {nearest(measure, list(RUN_MEASURES))}")
        if measure not in self._read:
            self._read[measure] = self._values(measure)
        return self._read[measure]

    def _values(self, measure: str) -> np.ndarray:
        with connect(self.dataset) as connection:
            found = connection.sql(f'SELECT condition, replicate, "{measure}" AS value FROM _runs').fetchnumpy()
        row = np.empty(len(self.conditions), np.int64)
        row[self.conditions["condition"]] = np.arange(len(row))
        whole = np.full((len(row), int(found["replicate"].max()) + 1), np.nan)
        whole[row[found["condition"]], found["replicate"]] = np.ma.filled(found["value"].astype(float), np.nan)
        return whole

    def costs(self) -> tuple[np.ndarray, np.ndarray]:
        """(conditions,) money in MU per leader and round, and hours of a leader per round, on the mean."""
        money = _mean(self.values("money"))
        time = _mean(self.values("spend")) - money
        return money, time / float(self.manifest["config"]["people"]["endowment"]) * HOURS

    def _by_group(self, table: Any) -> pd.DataFrame:
        frames = [table(rows).assign(across=name) for name, rows in self.groups.items()]
        if len(self.groups) > 1:
            frames.insert(0, table(None).assign(across=EVERYWHERE))
        whole = pd.concat(frames, ignore_index=True)
        whole.insert(0, "across", whole.pop("across"))
        return whole

    def _of(self, values: np.ndarray, rows: np.ndarray | None) -> np.ndarray:
        """The values of a group's conditions; of None the mean over groups."""
        return values[rows] if rows is not None else np.mean([values[each] for each in self.groups.values()], axis=0)

    def _whole(self, values: np.ndarray, rows: np.ndarray | None) -> np.ndarray:
        """The same in those replicates in which every condition has a value. Raises InputError where there are none."""
        some = self._of(values, rows)
        there = ~np.isnan(some).any(axis=0)
        if not there.any():
            gaps = np.isnan(some).all(axis=1)
            odd = self.choices()[int(gaps.argmax())] if gaps.any() else None
            why = f"{odd} has none" if odd else "each condition has others"
            folder = self.dataset.folder
            raise InputError(
                f"{folder} has no replicate in which every condition came to a value ({why}); "
                f"commonweal status {folder} says what is missing or failed"
            )
        return some[:, there]

    def effects(self, measure: str) -> pd.DataFrame:
        """Main effects and interactions of a design of two levels, per group and over all of them."""
        values = self.values(measure)
        first = self.conditions.iloc[next(iter(self.groups.values()))]
        upper = {label(path): both[1] for path, both in flat(self.manifest["config"]["design"]["over"]).items()}
        levels = pd.DataFrame({name: (first[name] == upper[name]).astype(int) for name in self.factors})
        return self._by_group(lambda rows: contrasts(levels, self._whole(values, rows)))

    def differences(self, measure: str) -> pd.DataFrame:
        """What each condition does beside the first of its group: mean paired differences under the same luck."""
        found = self.against(self.choices()[0], [measure])
        found = found.rename(columns={"scenario": "across", "strategy": "choice", "baseline": "first"})
        columns = ["across", "choice", "effect", "low", "high", "p", "p_holm", "n", "mean", "first", "spend"]
        return found.reindex(columns=columns)

    def sensitivity(self, measure: str) -> pd.DataFrame:
        """Sobol indices per group; luck's shares of the variance of single runs stand below the parameters."""
        values, problem = self.values(measure), self._problem()

        def table(rows: np.ndarray | None) -> pd.DataFrame:
            found, shares = indices(problem, self._whole(values, rows))
            luck = pd.DataFrame({"parameter": [f"share of {name}" for name in shares], "share": list(shares.values())})
            return pd.concat([found, luck], ignore_index=True)

        return self._by_group(table)

    def screen(self, measure: str) -> pd.DataFrame:
        """Morris's measures per group."""
        values, problem = self.values(measure), self._problem()
        points = self.conditions.iloc[next(iter(self.groups.values()))][self.factors].to_numpy(float)
        levels = int(self.manifest["config"]["design"]["levels"])
        return self._by_group(lambda rows: screening(problem, points, self._whole(values, rows), levels))

    def _problem(self) -> dict[str, Any]:
        bounds = ranges(self.manifest["config"]["design"]["over"])
        names = [label(path) for path in bounds]
        return {"num_vars": len(bounds), "names": names, "bounds": [list(each) for each in bounds.values()]}

    def regrets(self, measure: str) -> pd.DataFrame:
        """Regret of every choice over the values of `across`, least first."""
        if len(self.groups) < 2:
            raise InputError("regret is over several scenarios; give the design design.across={scenario:[...]}")
        better = RUN_MEASURES[measure].better or 1
        means = better * _mean(self.values(measure))
        table = pd.DataFrame({name: means[rows] for name, rows in self.groups.items()}, index=self.choices())
        return regret(pd.DataFrame(table.dropna())).rename_axis("choice").reset_index()

    def choices(self) -> list[str]:
        """What the conditions of a group are called, without the group; a mix of no strategies is the baseline."""
        name, rows = next(iter(self.groups.items()))
        group = name.replace(", ", " + ")
        called = self.conditions["name"].iloc[rows]
        return [BASELINE if each == group else each.removeprefix(f"{group} + ") for each in called]

    def against(self, reference: str, measures: Sequence[str], choices: Sequence[str] | None = None) -> pd.DataFrame:
        """Every choice less the one called `reference`, paired by replicate: the columns of
        commonweal.analysis.effects.

        choices: only these; p_holm and prob_best are over them. The column scenario has the group, and the mean over
        the groups first. spend is that of the choice. Raises InputError where there is no choice of that name.
        """
        names = self.choices()
        for name in [reference, *(choices or ())]:
            if name not in names:
                known = nearest(name, names) if len(names) <= FEW else "commonweal status says what it holds"
                raise InputError(f"{self.dataset.folder} has no condition {name!r}; {known}")
        others = [at for at, name in enumerate(names) if name != reference and (choices is None or name in choices)]
        spend, frames = self.values("spend"), []
        for measure in measures:
            values = self.values(measure)

            def table(rows: np.ndarray | None, values=values, measure=measure) -> pd.DataFrame:
                some, spent = self._of(values, rows), _mean(self._of(spend, rows))
                with_it = {names[at]: some[at] for at in others}
                found = pd.DataFrame(
                    compare(with_it, some[names.index(reference)], RUN_MEASURES[measure].better), columns=list(COLUMNS)
                )
                return found.assign(measure=measure, spend=[spent[names.index(name)] for name in found["strategy"]])

            frames.append(self._by_group(table))
        whole = pd.concat(frames, ignore_index=True).assign(basis="full strength", intensity=1.0)
        return whole.assign(scenario=whole["across"]).reindex(columns=list(COLUMNS))

    def spend_of(self, name: str) -> dict[str, float]:
        """What a choice spends per group, and on the mean over several: MU per leader and round."""
        at, spend = self.choices().index(name), _mean(self.values("spend"))
        found = {group: float(spend[rows][at]) for group, rows in self.groups.items()}
        return ({EVERYWHERE: float(np.mean(list(found.values())))} if len(found) > 1 else {}) | found

    def precedence(self, measure: str) -> pd.DataFrame:
        """Whether one strategy had better be begun before another: a row per pair, per group and over all of them."""
        values, starts = self.values(measure), self._starts()
        try:
            return self._by_group(lambda rows: precedence(starts, self._whole(values, rows)))
        except ValueError as error:
            raise InputError(f"{self.dataset.folder}: {error}") from None

    def affordable(self, budgets: Sequence[tuple[float, float]]) -> pd.DataFrame:
        """The best choice for each budget by welfare gross of spend, per group and over all of them."""
        welfare, names, (money, hours) = self.values("welfare"), self.choices(), self.costs()

        def table(rows: np.ndarray | None) -> pd.DataFrame:
            return best_affordable(
                self._whole(welfare, rows), self._of(money, rows), self._of(hours, rows), names, budgets
            )

        try:
            return self._by_group(table)
        except ValueError as error:
            raise InputError(str(error)) from None

    def front(self) -> pd.DataFrame:
        """The choices that none beats on both mean welfare net of spend and welfare of the worst-off group."""
        net, worst, names = self.values("welfare_net"), self.values("worst_off"), self.choices()
        money, hours = self.costs()

        def table(rows: np.ndarray | None) -> pd.DataFrame:
            one, other = (_mean(self._of(each, rows)) for each in (net, worst))
            at = pareto(one, other)
            columns = {"choice": [names[each] for each in at], "welfare_net": one[at], "worst_off": other[at]}
            return pd.DataFrame(columns | {"money": self._of(money, rows)[at], "hours": self._of(hours, rows)[at]})

        return self._by_group(table)

    def told_apart(self, measure: str) -> bool:
        """Whether conditions differ by more than luck makes them differ."""
        values = self.values(measure)
        return shares(values[:, ~np.isnan(values).any(axis=0)])[0] > 0.0

    def failures(self, measure: str, below: float | None) -> pd.DataFrame:
        """Where the mean of a measure is bad: below a value, or in the worst quarter of the conditions."""
        means = _mean(self.values(measure)) * (RUN_MEASURES[measure].better or 1)
        limit = float(np.nanquantile(means, 0.25)) if below is None else below * (RUN_MEASURES[measure].better or 1)
        x = self.conditions[self.factors].select_dtypes("number").astype(float)
        if x.empty:
            raise InputError("no parameter with numbers is varied; failures can be looked for over ranges only")
        try:
            found = box(x, means < limit)
        except ValueError as error:
            raise InputError(f"{measure} below {limit:g}: {error}; give another --below") from None
        return found.assign(coverage=found.attrs["coverage"], density=found.attrs["density"], limit=limit)


def _mean(values: np.ndarray) -> np.ndarray:
    """(conditions,) means over replicates, of those that have a value; nan where none has."""
    there = ~np.isnan(values)
    count = there.sum(axis=1)
    return np.where(there, values, 0.0).sum(axis=1) / np.where(count, count, np.nan)
