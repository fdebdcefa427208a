"""The report: one page that holds everything, figures included, and opens anywhere without a network."""

import shlex
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from matplotlib.figure import Figure

from sim.errors import InputError
from sim.figures.bands import bands
from sim.figures.cost_benefit import cost_benefit
from sim.figures.equity import equity
from sim.figures.strategy_effects import strategy_effects
from sim.figures.trajectories import trajectories
from sim.figures.words import in_order, words
from sim.files import write_whole
from sim.report.answer import answer, interval, number, question
from sim.report.evidence import counts, validation
from sim.report.pdf import print_pdf
from sim.report.verdicts import HARMS, HELPS, judged
from sim.run import RUN_MEASURES
from sim.store import Results

GAINERS = {
    "welfare_net": "average person",
    "worst_off": "worst-off group",
    "marginalised_welfare": "marginalised groups",
    "payoff": "leaders themselves",
    "gini": "equality across groups",
}
TOO_FEW = 30
"""replicates below which the report says that it means little"""


class Picture(NamedTuple):
    """A figure in the page."""

    title: str
    source: str
    """a data URI"""
    alt: str


def write_report(results: Results) -> tuple[list[Path], str]:
    """Write report.html, and report.pdf where it can be printed, into the folder of the results.

    Returns where they are, and a sentence that says why there is no PDF, or ''. Raises InputError.
    """
    page, pdf = results.folder / "report.html", results.folder / "report.pdf"
    text = render(results)
    try:
        write_whole(page, lambda path: path.write_text(text, encoding="utf-8"))
        reason = print_pdf(page, pdf)
    except OSError as error:
        raise InputError(f"{results.folder} cannot be written: {error.strerror or error}") from None
    return [page] if reason else [page, pdf], reason or ""


def render(results: Results) -> str:
    """The page as HTML. Names are escaped, whatever they hold."""
    folder = Path(__file__).parent
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"words": words, "number": number}
    about = results.manifest
    return environment.get_template("page.html").render(
        about=about,
        question=question(results),
        answer=answer(results),
        few=int(about["replicates"]) < TOO_FEW,
        failed=len(results.runs[results.runs["status"] == "failed"]),
        tables=list(_tables(results.effects)),
        gains=_gains(results.effects),
        pictures=list(_pictures(results)),
        rests=counts(),
        validation=validation(results.folder),
        command=shlex.join(str(word) for word in about.get("command") or []),
    )


def _tables(effects: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Per scenario and basis the strategies, best first."""
    for scenario in in_order(effects["scenario"]):
        for basis in in_order(effects.loc[effects["scenario"] == scenario, "basis"]):
            rows = judged(pd.DataFrame(effects[effects["scenario"] == scenario]), basis)
            yield {"scenario": scenario, "basis": basis, "rows": [_row(row) for row in rows.to_dict("records")]}


def _row(row: dict[Any, Any]) -> dict[str, Any]:
    known = row["prob_best"] == row["prob_best"]
    return row | {
        "interval": interval(row["low"], row["high"]).removeprefix(", 95 % interval ") or "not known",
        "chance": f"{row['prob_best']:.2f}" if known else "–",
        "cost": f"{row['spend']:,.2f}",
    }


def _gains(effects: pd.DataFrame) -> list[dict[str, Any]]:
    """Per basis and strategy who gains and who loses, counted over scenarios by the decision rule."""
    found = []
    for basis in in_order(effects["basis"]):
        cells: dict[str, dict[str, str]] = {}
        for measure in GAINERS:
            rows = judged(effects, basis, measure, RUN_MEASURES[measure].better)
            for name, some in rows.groupby("strategy", sort=False):
                cells.setdefault(str(name), {})[measure] = _counted(some)
        rows = [{"strategy": name, "cells": [cell.get(each, "–") for each in GAINERS]} for name, cell in cells.items()]
        found.append({"basis": basis, "who": list(GAINERS.values()), "rows": rows})
    return found


def _counted(rows: pd.DataFrame) -> str:
    total, parts = len(rows), []
    for verdict, verb in ((HELPS, "gains"), (HARMS, "loses")):
        count = list(rows["verdict"]).count(verdict)
        if count:
            parts.append(verb if total == 1 else f"{verb} in {count} of {total}")
    return ", ".join(parts) or "no sure change"


def _pictures(results: Results) -> Iterator[Picture]:
    effects, rounds = results.effects, results.rounds
    scenario = results.manifest["scenarios"][0]
    if not effects.empty:
        for measure in ("welfare_net", "cooperation", "trust"):
            yield from _picture(lambda measure=measure: strategy_effects(effects, measure))
        basis = in_order(effects["basis"])[-1]
        yield from _picture(lambda: equity(effects, basis))
        yield from _picture(lambda: cost_benefit(effects, basis))
    yield from _picture(lambda: trajectories(rounds, scenario))
    yield from _picture(lambda: bands(rounds, scenario))


def _picture(draw: Callable[[], Figure]) -> Iterator[Picture]:
    """The figure drawn, or nothing where the table does not hold what it shows."""
    try:
        figure = draw()
    except InputError:
        return
    data, told = figure._repr_png_()  # pyright: ignore[reportAttributeAccessIssue]
    yield Picture(told["alt"].split(". ")[0], "data:image/png;base64," + b64encode(data).decode(), told["alt"])
