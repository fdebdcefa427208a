"""The report: one page that holds everything, figures included, and opens anywhere without a network."""

import shlex
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from matplotlib.figure import Figure
from PIL import Image, UnidentifiedImageError

from sim.errors import InputError
from sim.figures.bands import bands
from sim.figures.cost_benefit import cost_benefit
from sim.figures.equity import equity
from sim.figures.strategy_effects import strategy_effects
from sim.figures.trajectories import trajectories
from sim.figures.words import in_order, words
from sim.files import write_whole
from sim.report.answer import answer, question
from sim.report.evidence import counts, held, most_moving, validation
from sim.report.pdf import print_pdf
from sim.report.sentences import interval, number
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
    about, verdicts = results.manifest, validation(results.folder)
    return environment.get_template("page.html").render(
        about=about,
        question=question(results),
        answer=answer(results),
        few=int(about["replicates"]) < TOO_FEW,
        failed=len(results.runs[results.runs["status"] == "failed"]) or bool(about.get("failed")),
        scenarios=_ranked(results.effects),
        gains=_gains(results.effects),
        pictures=list(_pictures(results)),
        rests=counts(),
        held=held(verdicts, about["strategies"]),
        moving=most_moving(verdicts),
        command=shlex.join(str(word) for word in about.get("command") or []),
    )


def _ranked(effects: pd.DataFrame) -> list[dict[str, Any]]:
    """Per scenario what doing nothing comes to and, per basis, the strategies, best first."""
    found = []
    for scenario in in_order(effects["scenario"]):
        there = pd.DataFrame(effects[effects["scenario"] == scenario])
        tables = [{"basis": basis, "rows": judged(there, basis)} for basis in in_order(there["basis"])]
        nothing = float(tables[0]["rows"]["baseline"].iloc[0])
        for table in tables:
            table["rows"] = [_row(row) for row in table["rows"].to_dict("records")]
        found.append({"scenario": scenario, "nothing": f"{nothing:.3f}".replace("-", "−"), "tables": tables})
    return found


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
    for name, draw in (("trajectories", trajectories), ("bands", bands)):
        if rounds.empty:
            yield from _published(results.folder / "figures" / f"{name}_{scenario}.png")
        else:
            yield from _picture(lambda draw=draw: draw(rounds, scenario))


def _picture(draw: Callable[[], Figure]) -> Iterator[Picture]:
    """The figure drawn, or nothing where the table does not hold what it shows."""
    try:
        figure = draw()
    except InputError:
        return
    data, told = figure._repr_png_()  # pyright: ignore[reportAttributeAccessIssue]
    yield _embedded(data, told["alt"])


def _published(path: Path) -> Iterator[Picture]:
    """A figure as it was drawn with the study, for want of the tables to draw it from; nothing where there is none."""
    try:
        data = path.read_bytes()
        with Image.open(path) as image:
            yield _embedded(data, str(image.info["Title"]))
    except (OSError, KeyError, UnidentifiedImageError):
        return


def _embedded(png: bytes, alt: str) -> Picture:
    return Picture(alt.split(". ")[0], "data:image/png;base64," + b64encode(png).decode(), alt)
