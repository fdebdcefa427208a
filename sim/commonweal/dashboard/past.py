"""Past studies: what was found in the folders of results that the page was started for."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from commonweal.advice import command
from commonweal.analysis.in_units import amounts
from commonweal.dashboard.picture import estimate
from commonweal.errors import InputError
from commonweal.figures.labels import words
from commonweal.report.verdicts import PRIMARY, UNHAD, judged, said
from commonweal.study.dataset import open_study
from commonweal.study.folder import MANIFEST
from commonweal.study.tables import altered_tables
from commonweal.units import Units, told_in, units_of

COLUMNS = {"scenario", "strategy", "basis", "measure", "effect", "low", "high", "p_holm"}
"""what a table of effects must have to be ranked"""
DEPTHS = ("", "*/", "*/*/")
"""how far below the root a study may lie"""


def root() -> Path:
    """Where results are looked for: COMMONWEAL_RESULTS, or results/."""
    return Path(os.environ.get("COMMONWEAL_RESULTS", "results"))


def above() -> Path:
    """Where the names of studies begin: the root, or the folder above it where the root is itself a study's."""
    return root().parent if (root() / MANIFEST).exists() else root()


def studies() -> tuple[list[str], list[str]]:
    """The finished rankings of strategies there, published ones too, as paths below `above`, newest first.

    And why other folders with a manifest cannot be shown, a sentence each.
    """
    found, left_out = [], []
    for path in sorted(path for depth in DEPTHS for path in root().glob(f"{depth}{MANIFEST}")):
        folder = path.parent
        try:
            found.append((str(_manifest(folder).get("started")), str(folder.relative_to(above()))))
        except InputError as error:
            left_out.append(_to_read(folder) or str(error))
    return [name for _, name in sorted(found, reverse=True)], left_out


def _to_read(folder: Path) -> str:
    """What to read in the place of a ranking: a study's executed notebook; empty where there is none."""
    page, notebook = folder / "notebook.html", folder / "notebook.ipynb"
    if page.is_file():
        return f"{folder}: read {page} in a browser"
    return f"{folder}: make a page of it (commonweal notebook --html {notebook})" if notebook.is_file() else ""


def units(name: str) -> Units:
    """What a study, one of `studies`, was asked to be told in."""
    return units_of(open_study(above() / name)[1])


def ranked(name: str) -> dict[str, list[list[str]]]:
    """By scenario and basis: strategy, effect on welfare net of spend with its interval, verdict; best first.

    name: one of `studies`. Raises InputError where it is none, or cannot be read.
    """
    folder = above() / name
    if name not in studies()[0]:
        raise InputError(f"{name} is no finished study in {root()}")
    if altered_tables(folder, _manifest(folder), whole=False):
        raise InputError(f"{folder / 'effects.csv'} is damaged: it is not what was written; run the study again")
    with told_in(units(name)) as its:
        return _ranked(folder, amounts(_effects(folder), its))


def _ranked(folder: Path, effects: pd.DataFrame) -> dict[str, list[list[str]]]:
    rows = {}
    for scenario in dict.fromkeys(effects.loc[effects["measure"] == PRIMARY, "scenario"]):
        there = pd.DataFrame(effects[effects["scenario"] == scenario])
        for basis in dict.fromkeys(there["basis"]):
            rows[f"{words(scenario)}, {basis}"] = [
                [words(row["strategy"], most=60), _effect(row), said(row)]
                for row in judged(there, basis).to_dict("records")
            ]
    if not rows:
        raise InputError(f"{folder / 'effects.csv'} has no effect on {PRIMARY}; give another study")
    return rows


def _effect(row: Mapping[Any, Any]) -> str:
    return "–" if row["verdict"] == UNHAD else estimate(row["effect"], row["low"], row["high"])


def _manifest(folder: Path) -> Mapping[str, Any]:
    """The manifest of a folder with a table of effects. Raises InputError where there is none, or no such table."""
    _, manifest = open_study(folder)
    if manifest["status"] != "finished":
        raise InputError(f"{folder} is unfinished; {command('resume', folder)} goes on")
    _effects(folder, rows=0)
    return manifest


def _effects(folder: Path, rows: int | None = None) -> pd.DataFrame:
    """The table of effects, or its first rows. Raises InputError."""
    path = folder / "effects.csv"
    try:
        found = pd.read_csv(path, nrows=rows)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {why}; run the study again") from None
    if missing := COLUMNS - set(found):
        raise InputError(f"{path} has no column {min(missing)}; give the results of a comparison of strategies")
    return found
