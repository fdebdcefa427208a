"""Results: what a study or a sweep came to, as tables and figures, and as a notebook shows it."""

import shutil
from collections.abc import Callable
from functools import cached_property
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pandas as pd

from commonweal.analysis.in_units import in_units
from commonweal.errors import InputError
from commonweal.front import studies
from commonweal.front.plot import Plot
from commonweal.study.conditions import told_name
from commonweal.study.study import Study
from commonweal.study.sweep import finished_sweep, sweep_in
from commonweal.units import Units, told_in, units_of

KEYS: Final = ("scenario", "strategy", "basis", "condition", "replicate", "round", "measure")
"""columns that tell the rows of a table apart"""
HEADLINES: Final = ("welfare_net", "worst_off", "cooperation")
"""measures that a notebook shows of a comparison"""


class Results:
    """A study's results. Tables are pandas frames whose `attrs["units"]` give the unit of each column."""

    def __init__(self, folder: str | Path, study: Study | None = None) -> None:
        """study: what was just played. Raises InputError where the folder has no results."""
        self.folder = Path(folder)
        """where they are; see `save`"""
        self.manifest: dict[str, Any] = studies.read(self.folder).manifest
        """what was asked for, of what version, when"""
        self.study = study

    @cached_property
    def effects(self) -> pd.DataFrame:
        """A row per scenario, basis, strategy and measure: mean paired differences from doing nothing, with intervals.

        Columns are those of effects.csv. Of a design each condition is held against the first.
        """
        return studies.effects(self.folder)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row per run, its measures as means over its rounds. Raises InputError in a published copy."""
        return studies.read(self.folder, whole=True).runs

    @cached_property
    def rounds(self) -> pd.DataFrame:
        """A row per condition, round and measure: mean and quantiles over replicates. Raises InputError where they were
        not kept."""
        return studies.rounds(self.folder)

    @cached_property
    def worlds(self) -> pd.DataFrame:
        """A row per scenario, basis, strategy, headline measure and world of an ensemble; no rows without one."""
        return studies.read(self.folder).worlds

    @cached_property
    def draws(self) -> pd.DataFrame:
        """A row per world of an ensemble: what it has in the place of conf's numbers; no rows without one."""
        return studies.read(self.folder).draws

    @cached_property
    def curves(self) -> pd.DataFrame:
        """A row per scenario, sum, strategy and measure of cost curves; no rows where `run.sums` was empty."""
        return studies.read(self.folder).curves

    @property
    def plot(self) -> Plot:
        """The figures: `results.plot.equity()`; those of one panel take `ax=`."""
        return Plot(self)

    def to_xarray(self, table: str = "runs") -> Any:
        """A table (runs, rounds or effects) as an xarray Dataset over scenario, strategy and so on, with units.

        Raises InputError where xarray is not installed.
        """
        if table not in ("runs", "rounds", "effects"):
            raise InputError(f"to_xarray: {table!r} is no table; choose runs, rounds or effects")
        if find_spec("xarray") is None:
            raise InputError("to_xarray needs xarray; install it with: pip install xarray")
        frame: pd.DataFrame = getattr(self, table)
        keys = [name for name in KEYS if name in frame.columns and not ("condition" in frame and name == "scenario")]
        dataset = frame.set_index(keys).to_xarray()
        for name, unit in frame.attrs["units"].items():
            if name in dataset and unit:
                dataset[name].attrs["units"] = unit
        return dataset

    def save(self, folder: str | Path) -> "Results":
        """Copy everything into a new folder, for good. Returns the results there. Raises InputError."""
        place = Path(folder).expanduser()
        try:
            shutil.copytree(self.folder, place, ignore=shutil.ignore_patterns(".lock*", ".*.tmp"))
        except OSError as error:
            why = "is there already" if place.exists() else f"cannot be written ({error.strerror or error})"
            raise InputError(f"{place} {why}; give a new folder") from None
        return Results(place, self.study)

    def __repr__(self) -> str:
        return f"<Results: {self._about()}>"

    def _about(self) -> str:
        about = self.manifest
        if studies.compares(about):
            what = f"{len(about['strategies']) - 1} against doing nothing in {', '.join(about['scenarios'])}"
        else:
            what = f"{about['conditions']:,} conditions of the design {about['design']}"
        size = f"{about['replicates']:,} replicates of {about['rounds']:,} rounds, {about['leaders']:,} leaders"
        kept = "kept until Python ends (save() keeps them)" if studies.is_temporary(self.folder) else self.folder
        return f"{what}; {size}; {kept}"

    def _repr_html_(self) -> str:
        """The answer in sentences, and the ranking."""
        found, units = studies.read(self.folder), units_of(self.manifest)
        if studies.compares(self.manifest):
            from commonweal.report.answer import answer

            with told_in(units):
                said, frame = answer(in_units(found)), _readable(_rows(_compared(in_units(found))))
            said += [f"{units.key}."] if units.money else []
        else:
            said, frame = _best(found, units)
        sentences = "".join(f"<p>{escape(each)}</p>" for each in said)
        rows = frame.to_html(index=False, border=0, na_rep="", float_format=lambda value: f"{value:.3f}")
        return f"{sentences}{rows}<p><small>{escape(self._about())}</small></p>"


def _best(found: studies.Results, units: Units) -> tuple[list[str], pd.DataFrame]:
    """What amounts are told in, and the conditions with the highest welfare net of spend."""
    from commonweal.commands._best import LEADER, PERSON, best, key

    rows = pd.DataFrame(best(found))
    amounts = dict.fromkeys(("welfare_net", "half_interval", "worst_off"), PERSON) | {"spend": LEADER}
    there = {name: rows[name].astype(float) * units.times(unit) for name, unit in amounts.items()}
    names = [told_name(name, units) for name in rows["name"]]
    return [key(units)] if units.money else [], rows.assign(name=names, **there)


def _readable(ranked: pd.DataFrame) -> pd.DataFrame:
    """The final table with an effect and its interval in one cell."""
    found = pd.DataFrame(
        ranked[["scenario", "basis", "rank", "strategy", "prob_best", "best_communities", "verdict", "spend"]]
    )
    for name in HEADLINES if len(ranked) else ():
        cells = zip(ranked[name], ranked[f"{name}_low"], ranked[f"{name}_high"], strict=True)
        found[name] = ["" if low != low else f"{at:+.3f} ({low:+.3f} to {high:+.3f})" for at, low, high in cells]
    return found


def _compared(found: studies.Results) -> dict[str, Any]:
    """Per scenario and basis the strategies, best first. Raises InputError where none are compared."""
    from commonweal.commands._ranking import document

    if not studies.compares(found.manifest):
        raise InputError(f"{found.folder} compares no strategies; cw.analyse says what its conditions do")
    return document(found)["scenarios"]


class Sweep:
    """What `commonweal run -m` came to: the results of its jobs, and tables of all of them."""

    def __init__(self, folder: str | Path) -> None:
        """Raises InputError where the folder holds no sweep, or one that is unfinished."""
        found = finished_sweep(folder)
        if found is None:
            raise InputError(f"{folder} holds no sweep; give a folder that commonweal run -m wrote")
        self._kept = found
        self.folder = found.folder
        self.manifest: dict[str, Any] = found.manifest
        """the command, the versions, and what came of each job"""
        self.jobs: dict[str, Results] = {
            each.sweeps: Results(each.folder) for each in found.played if each.folder is not None
        }
        """the results of each job, by what it sweeps"""

    @property
    def effects(self) -> pd.DataFrame:
        """The effects of every job below each other: the job, what it sweeps, and the columns of effects.csv.

        Raises InputError where no job compares strategies.
        """
        return self._kept.effects

    @cached_property
    def runs(self) -> pd.DataFrame:
        """A row per run of every job: the job, what it sweeps, and the columns of its runs. Raises InputError."""
        return self._joint(lambda results: results.runs)

    def _joint(self, of: Callable[[Results], pd.DataFrame]) -> pd.DataFrame:
        tables = []
        for job in self._kept.played:
            frame = of(self.jobs[job.sweeps])
            about = {name: value for name, value in job.about().items() if name not in frame.columns}
            tables.append(pd.DataFrame({"job": job.sweeps, **about}, index=frame.index).join(frame))
        return pd.concat(tables, ignore_index=True)

    def table(self) -> pd.DataFrame:
        """The final table of every job below each other. Raises InputError where one compares no strategies."""
        return self._joint(table)

    def __repr__(self) -> str:
        return f"<Sweep: {len(self.jobs):,} jobs in {self.folder}>"

    def _repr_html_(self) -> str:
        rows = pd.DataFrame({"job": list(self.jobs), "results": [each._about() for each in self.jobs.values()]})
        return rows.to_html(index=False, border=0)


def load(folder: str | Path) -> Results:
    """The results in a folder that a run wrote, finished or published; of `run -m` the results of all its jobs.

    What a sweep is read as has `jobs`, `effects`, `runs` and `manifest` (commonweal.front.results.Sweep). Raises
    InputError where there are none.
    """
    return Results(folder) if sweep_in(folder) is None else Sweep(folder)  # pyright: ignore[reportReturnType]


def folder_of(results: "str | Path | Results | Sweep") -> Path:
    """The folder of some results, however they are given."""
    return Path(results).expanduser() if isinstance(results, str | Path) else results.folder


def table(results: "str | Path | Results | Sweep") -> pd.DataFrame:
    """The final table: strategies and doing nothing, ranked by welfare net of spend, per scenario and basis.

    For each measure its effect, and the ends of its 95 % interval as <measure>_low and <measure>_high. Of a sweep
    that of every job, each row with its job and what that sweeps.
    """
    folder = folder_of(results)
    return Sweep(folder).table() if sweep_in(folder) is not None else _rows(_compared(studies.read(folder)))


def _rows(scenarios: dict[str, Any]) -> pd.DataFrame:
    rows = []
    for scenario, bases in scenarios.items():
        for basis, ranked in bases.items():
            for each in ranked:
                measures = each.pop("measures")
                effects = {
                    f"{name}{end}": (found or {}).get(key)
                    for name, found in measures.items()
                    for key, end in (("effect", ""), ("low", "_low"), ("high", "_high"))
                }
                rows.append({"scenario": scenario, "basis": basis, **each, **effects})
    return pd.DataFrame(rows)
