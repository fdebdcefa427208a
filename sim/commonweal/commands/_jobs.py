"""The table of a sweep: a line per job and scenario, for readers and for programs."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table

from commonweal.analysis.in_units import in_units
from commonweal.analysis.results import load
from commonweal.commands import _best, _ranking
from commonweal.commands._cells import BRIEF, CERTAINTY, heading
from commonweal.commands._ending import REFUSED
from commonweal.commands._room import fits, print_keyed
from commonweal.commands._scenarios import in_brief
from commonweal.commands._terminal import console, text
from commonweal.commands.table import print_table
from commonweal.study.conditions import told_name
from commonweal.study.folder import read_manifest
from commonweal.study.sweep import Job, Sweep
from commonweal.units import told_in, units_of

FIRST = ("scenario", "strategy")
"""what the first cells of a line are"""
AS_GIVEN = "as given"
"""a job that sweeps nothing"""


def show(jobs: Sequence[Job], folder: Path, as_json: bool) -> None:
    """Print the table on standard output."""
    if as_json:
        about = {"schema": _ranking.SCHEMA, "jobs": [_document(each) for each in jobs]}
        print(json.dumps(about, indent=1, allow_nan=False, ensure_ascii=False))
        return
    there = console(sys.stdout)
    wide = _table(jobs, " ")
    if fits(wide, there):
        there.print(wide)
    else:
        lines = [_called(each) for each in jobs for _ in _cells(each, "\n")]
        print_keyed(lambda names: _table(jobs, "\n", names), lines, there)
    for key in _keys(jobs):
        there.print(text(f"\n{key}"))
    print(f"\nResults: {folder}")


def _keys(jobs: Sequence[Job]) -> list[str]:
    """What amounts are told in, for each of the units that jobs were asked for; nothing where all are in MU."""
    read = [(_called(each), load(each.folder, whole=False)) for each in jobs if each.compared and each.folder]
    asked = {units_of(results.manifest): sweeps for sweeps, results in read}
    if not any(units.money for units in asked):
        return []
    return [f"{sweeps}: {_best.key(units)}" if len(asked) > 1 else _best.key(units) for units, sweeps in asked.items()]


def show_all(found: Sweep) -> None:
    """Print the table of every job, one after the other."""
    for each in found.played:
        assert each.folder is not None
        console(sys.stdout).print(text(f"\n{_called(each)}", style="bold"))
        print_table(load(each.folder), False, True)


def _document(job: Job) -> dict[str, Any]:
    """A job and its table, for programs."""
    results = None
    if job.folder is not None:
        results = (_ranking if job.compared else _best).document(load(job.folder))
    there = None if job.folder is None else str(job.folder)
    return {
        "sweeps": job.sweeps, "swept": job.swept, "code": job.code, "error": job.error, "folder": there,
        "results": results,
    }  # fmt: skip


def _table(jobs: Sequence[Job], between: str, called: Sequence[str] | None = None) -> Table:
    """A line per job and scenario: the strategy compared, or the best of several, on welfare net of spend.

    between: what stands between an effect and its interval. called: what jobs are called in each line.
    """
    lines = [(each, cells) for each in jobs for cells in _cells(each, between)]
    told = _untold(lines)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("job", overflow="fold")
    for at in told:
        table.add_column(FIRST[at], overflow="fold")
    for name in (*BRIEF.values(), "spend", *CERTAINTY.values()):
        table.add_column(heading(name, between), justify="right", no_wrap=True)
    names = called or [_called(each) for each, _ in lines]
    for name, (_, cells) in zip(names, lines, strict=True):
        table.add_row(*map(text, [name, *(cells[at] for at in told), *cells[len(FIRST) :]]))
    return table


def _called(job: Job) -> str:
    """What a job sweeps, in the units of its results."""
    manifest = {} if job.folder is None else read_manifest(job.folder) or {}
    return told_name(job.sweeps, units_of(manifest)) or AS_GIVEN


def _untold(lines: Sequence[tuple[Job, list[str]]]) -> list[int]:
    """Which of the first cells the names of the jobs do not tell already."""
    played = [(each.sweeps, cells) for each, cells in lines if each.compared]
    return [
        at for at, name in enumerate(FIRST) if not all(f"{name}={cells[at]}" in sweeps for sweeps, cells in played)
    ]  # fmt: skip


def _cells(job: Job, between: str) -> Iterator[list[str]]:
    """Per scenario of a job the cells of its line."""
    if job.folder is not None and job.compared:
        results = load(job.folder)
        with told_in(units_of(results.manifest)):
            yield from in_brief(in_units(results), between)
        return
    said = "no strategies" if job.folder is not None else "refused" if job.code == REFUSED else "failed"
    yield ["", "", said, *[""] * (len(BRIEF) + len(CERTAINTY))]
