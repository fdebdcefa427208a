"""The table of a sweep: a line per job and scenario, for readers and for programs."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table

from commonweal.analysis.results import load
from commonweal.commands import _best, _ranking
from commonweal.commands._terminal import console, text
from commonweal.commands.table import print_table
from commonweal.study.sweep import Job, Sweep

REFUSED = 2


def show(jobs: Sequence[Job], folder: Path, as_json: bool) -> None:
    """Print the table on standard output."""
    if as_json:
        about = {"schema": _ranking.SCHEMA, "jobs": [_document(each) for each in jobs]}
        print(json.dumps(about, indent=1, allow_nan=False, ensure_ascii=False))
        return
    _ranking.print_fitting(lambda between: _table(jobs, between), console(sys.stdout))
    print(f"\nResults: {folder}")


def show_all(found: Sweep) -> None:
    """Print the table of every job, one after the other."""
    for each in found.played:
        assert each.folder is not None
        console(sys.stdout).print(text(f"\n{each.sweeps}", style="bold"))
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


def _table(jobs: Sequence[Job], between: str = " ") -> Table:
    """A line per job and scenario: the strategy compared, or the best of several, on welfare net of spend.

    between: what stands between an effect and its interval.
    """
    lines = [(each, cells) for each in jobs for cells in _cells(each, between)]
    names = ("scenario", "strategy")
    played = [(each.sweeps, cells) for each, cells in lines if each.compared]
    told = [all(f"{name}={cells[at]}" in sweeps for sweeps, cells in played) for at, name in enumerate(names)]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("job", overflow="fold")
    for name, known in zip(names, told, strict=True):
        if not known:
            table.add_column(name, overflow="fold")
    for name in (*_ranking.BRIEF.values(), "spend", *_ranking.CERTAINTY.values()):
        table.add_column(_ranking.heading(name, between), justify="right", no_wrap=True)
    for each, cells in lines:
        shown = [cell for cell, known in zip(cells[:2], told, strict=True) if not known]
        table.add_row(*map(text, [each.sweeps or "as given", *shown, *cells[2:]]))
    return table


def _cells(job: Job, between: str) -> Iterator[list[str]]:
    """Per scenario of a job the cells of its line."""
    if job.folder is not None and job.compared:
        yield from _ranking.in_brief(load(job.folder), between)
        return
    said = "no strategies" if job.folder is not None else "refused" if job.code == REFUSED else "failed"
    yield ["", "", said, *[""] * (len(_ranking.BRIEF) + len(_ranking.CERTAINTY))]
