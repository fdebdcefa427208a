"""A roster as tables that read back as the same roster, and files that are written whole or not at all."""

import csv
from collections.abc import Mapping
from io import StringIO
from math import isnan
from pathlib import Path

import numpy as np

from commonweal.harmless import cell
from commonweal.roster.columns import GROUPS, LEADERS, TIES
from commonweal.roster.errors import RosterError
from commonweal.roster.found import DIRECTED
from commonweal.roster.roster import Roster


def tables_of(roster: Roster) -> dict[str, str]:
    """leaders.csv, ties.csv and, where there are groups, groups.csv, as text, without columns that are all empty."""
    n = len(roster.ids)
    leaders = {
        "id": [*roster.ids],
        "name": [*roster.names],
        "sector": [roster.sectors[at] if at >= 0 else "" for at in roster.sector],
        "group": [roster.groups[at] if at >= 0 else "" for at in roster.group],
        **{column: _numbers(getattr(roster, column)) for column in LEADERS.numbers},
        "seated": _answers(roster.seated),
        **{LEADERS.issue + issue: _numbers(roster.priorities[:, k]) for k, issue in enumerate(roster.issues)},
    }
    ties = {
        "source": [roster.ids[at] for at in roster.source],
        "target": [roster.ids[at] for at in roster.target],
        "type": [DIRECTED] * len(roster.source),
        **{column: _numbers(getattr(roster, column)) for column in TIES.numbers},
    }
    groups = {
        "group": [*roster.groups],
        "size": _numbers(roster.group_size),
        "marginalised": _answers(roster.marginalised),
        **{GROUPS.issue + issue: _numbers(roster.need[:, k]) for k, issue in enumerate(roster.issues)},
    }
    kept = [LEADERS.issue + issue for issue in roster.issues]
    found = {"leaders.csv": _table(leaders, n, ["id", *kept])}
    if len(roster.source):
        found["ties.csv"] = _table(ties, len(roster.source), ["source", "target", "type"])
    if roster.groups:
        found["groups.csv"] = _table(groups, len(roster.groups), ["group"])
    return found


def _numbers(values: np.ndarray) -> list[str]:
    return ["" if isnan(value) else repr(value) for value in values.tolist()]


def _answers(values: np.ndarray) -> list[str]:
    return ["" if isnan(value) else "yes" if value else "no" for value in values.tolist()]


def _table(columns: dict[str, list[str]], rows: int, kept: list[str]) -> str:
    """CSV that no spreadsheet takes for formulas."""
    shown = {name: cells for name, cells in columns.items() if name in kept or any(cells)}
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(map(cell, shown))
    writer.writerows([cell(cells[row]) for cells in shown.values()] for row in range(rows))
    return file.getvalue()


def write_new(folder: Path | str, contents: Mapping[str, str | bytes], what: str) -> tuple[Path, ...]:
    """Write files into a folder, made if need be; their paths.

    Raises RosterError, with nothing written, if one of the files is there already or the folder cannot be written.
    """
    folder = Path(folder)
    paths = tuple(folder / name for name in contents)
    written: list[Path] = []
    try:
        there = [path for path in paths if path.exists()]
        if there:
            raise RosterError(f"{there[0]} is there already; name another folder, or move it away")
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in zip(paths, contents.values(), strict=True):
            with path.open("xb") as file:
                written.append(path)
                file.write(content if isinstance(content, bytes) else content.encode())
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        why = f"{what} cannot be written there ({error.strerror or error})"
        raise RosterError(f"{folder}: {why}; name another folder") from error
    return paths
