"""The section on why: which mechanisms carry the effects, when they come and through whom, where that was asked."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import pandas as pd

from commonweal.advice import command
from commonweal.analysis import shapley, through
from commonweal.analysis.in_units import amounts
from commonweal.analysis.results import Results
from commonweal.errors import InputError
from commonweal.figures.labels import title, words
from commonweal.figures.mechanisms import mechanisms
from commonweal.report.page import Part, Section
from commonweal.report.pictures import drawn
from commonweal.report.sentences import capital
from commonweal.report.through import through_by_set
from commonweal.report.why import tell
from commonweal.study.conditions import WHY
from commonweal.study.folder import read_manifest
from commonweal.units import told

NOTE: Final = (
    "What mechanisms carry of each strategy's effect on {measure} at full strength, in all orders in which they may be "
    "switched on, with the same luck (Shapley values). Through whom: what comes by the giving of these leaders, who "
    "were held in turn to what they gave without the strategy. 95 % intervals in brackets."
)
SAME: Final = ("numbers", "seed", "rounds", "leaders")
"""in which a manifest of why must be as that of the results: else it is of others"""


def why(results: Results) -> Section:
    """What there is to say, as amounts are told here; where nothing was asked, how to ask.

    Raises InputError where a table is damaged.
    """
    found = {
        scenario: tables
        for scenario in results.manifest["scenarios"]
        if (tables := _tables(results.folder / WHY / scenario, results.manifest)) is not None
    }
    if not found:
        asked = command("why", results.folder)
        return Section("Why", f"Which mechanisms carry these effects, and through whom, {asked} says.", [], wide=True)
    measure = str(next(iter(found.values()))["shapley"]["measure"].iloc[0])
    parts = []
    for scenario, tables in found.items():
        whom = tables.get("through")
        told = list(tell(tables["shapley"], tables.get("when"), whom, str(tables["shapley"]["measure"].iloc[0])))
        set_ = [] if whom is None else [through_by_set(whom)]
        parts.append(Part(capital(words(scenario)) if len(found) > 1 else "", "", set_, told))
    pictures = [each for tables in found.values() for each in drawn(partial(mechanisms, tables["shapley"]))]
    note = NOTE.format(measure=title(measure, small=True))
    return Section("Why", note, parts, wide=True, pictures=pictures)


def _tables(place: Path, manifest: Mapping[str, Any]) -> dict[str, pd.DataFrame] | None:
    """What was kept of a scenario; None where nothing was, or it is of other results."""
    there = read_manifest(place) if place.is_dir() else None
    if not (place / "shapley.csv").is_file():
        return None
    if there is not None and any(there.get(name) != manifest.get(name) for name in SAME):
        return None
    found = {"shapley": _read(place / "shapley.csv", list(shapley.COLUMNS))}
    if (place / "when.csv").is_file():
        found["when"] = _read(place / "when.csv", ["strategy", "first", "middle", "last"])
    if (place / "through.csv").is_file():
        found["through"] = _read(place / "through.csv", list(through.COLUMNS))
    return {name: amounts(each, told()) for name, each in found.items()}


def _read(path: Path, columns: list[str]) -> pd.DataFrame:
    try:
        found = pd.read_csv(path)
    except (OSError, ValueError) as error:
        raise InputError(f"{path} is damaged: {error}; remove it, or ask commonweal why again") from None
    if lacking := [name for name in columns if name not in found]:
        raise InputError(f"{path} lacks the column {lacking[0]}; remove it, or ask commonweal why again")
    return found
