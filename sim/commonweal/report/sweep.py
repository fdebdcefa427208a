"""What a report says of a sweep: its jobs side by side."""

from functools import partial
from typing import Any, Final

import pandas as pd

from commonweal.advice import command
from commonweal.analysis.had import had
from commonweal.analysis.in_units import amounts, in_units
from commonweal.analysis.results import Results, load
from commonweal.errors import InputError
from commonweal.figures.forest import forest
from commonweal.figures.labels import effect_label, in_order, title, words
from commonweal.report.answer import changes, phrased
from commonweal.report.comparison import few
from commonweal.report.page import Cell, Page, Part, Picture, Section, Table, blank
from commonweal.report.pictures import drawn
from commonweal.report.sentences import capital, listed, many
from commonweal.report.summary import in_turn
from commonweal.report.tables import LONG, UNKNOWN, effect
from commonweal.report.verdicts import PRIMARY, UNHAD, judged, rule, said
from commonweal.study.conditions import told_name
from commonweal.study.sweep import Sweep
from commonweal.units import Units, told, units_of

MOST: Final = 40
"""rows of a figure"""
READ: Final = (
    "Effect: what a strategy does to welfare per person and round, net of spend, in MU, with its 95 % interval below "
    "it. Each job is a study of its own: Holm's correction is within a job, and two jobs differ surely only "
    "where the interval of their difference leaves out 0 (commonweal versus)."
)


def tell(found: Sweep) -> Page:
    """The page of a sweep. Raises InputError where its jobs compare no strategies, or one cannot be read."""
    read = _compared(found)
    effects, about = phrased(amounts(found.effects, told())), _about(found, [each.manifest for each in read.values()])
    bases, left = in_turn(effects["basis"]), len(found.jobs) - len(read)
    answer = [
        f"{told_name(name, told())}: {changes(phrased(in_units(each).effects), bases[0])}"
        for name, each in list(read.items())[:MOST]
    ]
    return blank(about, _question(found), *answer)._replace(
        played=f"{many(len(read), 'job')}; {'; '.join(sorted({_size(each.manifest) for each in read.values()}))}",
        warnings=[*few(about), *([f"{many(left, 'job')} left no comparison and is not shown."] if left else [])],
        rule=f"The rule: {rule('strategy', float(about.get('smallest_effect') or 0.0))}",
        sections=[
            Section("The jobs side by side", told().said(READ), [_table(effects, basis) for basis in bases], wide=True)
        ],
        pictures=[each for basis in bases for each in _pictures(effects, basis)],
        strategies=list(dict.fromkeys(name for each in read.values() for name in each.manifest["strategies"])),
    )


def units(found: Sweep) -> Units:
    """What amounts are told in: what all jobs were asked for, MU where they differ."""
    asked = {units_of(load(each.folder, whole=False).manifest) for each in found.played if each.folder is not None}
    return asked.pop() if len(asked) == 1 else Units()


def _compared(found: Sweep) -> dict[str, Results]:
    """The results of the jobs that compare strategies, by what they sweep. Raises InputError where there are none."""
    read = {
        each.sweeps or "as given": load(each.folder, whole=False) for each in found.played
        if each.compared and each.folder is not None
    }  # fmt: skip
    if not read:
        one = next((each.folder for each in found.played), found.folder)
        raise InputError(
            f"{found.folder} compares no strategies in any of its jobs; report on them one by one: "
            f"{command('report', str(one))}"
        )
    return read


def _question(found: Sweep) -> str:
    swept = list(dict.fromkeys(key for each in found.played for key in each.swept))
    return f"What changes where {listed(swept) or 'nothing'} {'change' if len(swept) > 1 else 'changes'}?"


def _size(manifest: dict[str, Any]) -> str:
    return f"{manifest['replicates']:,} replicates, {manifest['leaders']:,} leaders, {manifest['rounds']:,} months"


def _about(found: Sweep, manifests: list[dict[str, Any]]) -> dict[str, Any]:
    """A manifest for the page: what the jobs have in common, and what made the sweep."""
    seeds = ", ".join(dict.fromkeys(str(each["seed"]) for each in manifests))
    least = min(each["replicates"] for each in manifests)
    of_all = {
        "seed": seeds,
        "replicates": least,
        "identity": f"of {many(len(manifests), 'job')}, in each job's manifest",
    }
    return {**manifests[0], **found.manifest, **of_all}


def _table(effects: pd.DataFrame, basis: str) -> Part:
    """A row per job and strategy, and per scenario where a job has several, best first within a job."""
    several = effects["scenario"].nunique() > 1
    cells = []
    for job in in_order(effects["job"]):
        name = told_name(str(job), told())
        for row in judged(effects.loc[effects["job"] == job, :], basis).to_dict("records"):
            where = [Cell(words(row["scenario"]))] * several
            changes = Cell(UNKNOWN, "n") if row["verdict"] == UNHAD else effect(row)
            found = [changes, Cell(said(row), row["verdict"].split()[0]), Cell(f"{row['spend']:,.2f}", "n")]
            cells.append([Cell(name), Cell(words(row["strategy"], LONG)), *where, *found])
    head = [Cell("job"), Cell("strategy"), *[Cell("scenario")] * several, Cell("effect", "n"), Cell("verdict"),
            Cell("spend", "n")]  # fmt: skip
    return Part(capital(basis), "", [Table(capital(basis), f"jobs, {basis}", head, cells)])


def _pictures(effects: pd.DataFrame, basis: str) -> list[Picture]:
    """The jobs in rows, a panel per scenario; nothing where there are too many."""
    rows = effects.loc[(effects["measure"] == PRIMARY) & (effects["basis"] == basis) & had(effects), :]
    several = rows.groupby("job")["strategy"].nunique().max() > 1
    called = rows["job"] + (", " + rows["strategy"] if several else "")
    if called.nunique() > MOST:
        return []
    table = rows.assign(panel=rows["scenario"], row=called)
    return list(drawn(partial(
        forest, table, f"{title(PRIMARY)}, job by job, {basis}",
        "Mean differences from doing nothing over the whole run, paired by replicate.", effect_label(PRIMARY),
    )))  # fmt: skip
