"""What a report says of a design over ranges: which parameters matter, and where the outcome is bad."""

from collections.abc import Callable
from functools import partial
from math import isfinite
from typing import Any, Final

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from commonweal.analysis import sobol
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.regret import failures
from commonweal.analysis.sobol import points_of, screen, sensitivity, told_apart, too_few
from commonweal.configuration.parameters import parameters
from commonweal.errors import InputError
from commonweal.extras import need
from commonweal.figures.forest import forest
from commonweal.figures.labels import effect_label, in_order, words
from commonweal.report.answer import UNIT
from commonweal.report.page import Cell, Page, Part, Section, Table, blank
from commonweal.report.pictures import drawn
from commonweal.report.sentences import capital, listed, number
from commonweal.report.tables import LONG, foremost
from commonweal.study.conditions import in_money, times_of
from commonweal.units import told

RULE: Final = (
    "Welfare is per person and round, net of what the convener spent; all conditions have the same luck. MU is the "
    "unit of money and of leaders' time."
)
SENSITIVITY: Final = (
    "Of the variance between conditions of expected welfare net of spend: the share that a parameter causes by itself "
    "(first-order), and with all its interactions (total); 95 % intervals below."
)
SCREENING: Final = (
    "By how much, in MU, welfare net of spend moves when a parameter alone takes a step, scaled to its whole range: "
    "the mean size of that effect with its 95 % interval, the mean with its sign, and the spread, large where the "
    "effect depends on the other parameters."
)
WORST: Final = (
    "The box of parameters in which welfare net of spend is most often in its lowest quarter, found by PRIM. "
    "Parameters that are not listed do not confine it."
)
CAUSES: Final = {
    "share of parameters": "parameters", "share of luck": "luck",
    "share of both": "luck that works differently in each condition",
}  # fmt: skip
"""of the variance of single runs, as commonweal.analysis.findings calls them"""
MOST: Final = 3
"""parameters that a sentence names"""


def tell(found: Outcomes) -> Page:
    """The page of a design over ranges."""
    kind, measure = found.manifest["design"], "welfare_net"
    named, who = listed(words(each, LONG) for each in found.factors), f"{found.manifest['leaders']:,} leaders"
    sections, answer, pictures = [], [_spread(found, measure, "Welfare net of spend")], []
    warnings: list[str] = []
    if kind == "sobol":
        table = sensitivity(found, measure)
        answer.append(_shares(table))
        warnings += [said] if (said := too_few(table, points_of(found))) else []
        sections.append(Section("What the differences are due to", SENSITIVITY, _parts(table, _sensitivity)))
        pictures.extend(drawn(partial(_shares_drawn, table)) if told_apart(found, measure) else [])
    if kind == "morris":
        table = screen(found, measure)
        answer.append(_steps(table))
        sections.append(Section("What moves the outcome", told().said(SCREENING), _parts(table, _screening)))
        pictures.extend(drawn(partial(_steps_drawn, table)))
    if kind == "latin_hypercube":
        answer.append(_spread(found, "worst_off", "The welfare of the worst-off group"))
    need("sensitivity", "a report on a design over ranges")
    try:
        box = failures(found, measure, None) if told_apart(found, measure) else None
    except InputError:
        box = None
    if box is None:
        answer.append("No region of the parameters can be told in which it is worst.")
    else:
        answer.append(_worst(box))
        sections.append(Section("Where it is worst", WORST, [Part("", "", [_box(box)])]))
    return blank(
        found.manifest, f"How much does what {who} achieve for those they serve depend on {named}?", *answer
    )._replace(
        rule=told().said(f"{RULE}{_meanings(found)}"), sections=sections, pictures=pictures, warnings=warnings
    )  # fmt: skip


def _shares_drawn(table: pd.DataFrame) -> Figure:
    """Sobol indices, on the mean over the scenarios."""
    rows = foremost(table, "across").dropna(subset="first").sort_values("total", ascending=False)
    panels = [
        pd.DataFrame({"panel": name, "row": rows["parameter"], "effect": rows[kind],
                      "low": rows[kind] - rows[f"{kind}_interval"], "high": rows[kind] + rows[f"{kind}_interval"]})
        for kind, name in (("first", "by itself (first-order)"), ("total", "with its interactions (total)"))
    ]  # fmt: skip
    return forest(
        pd.concat(panels), "What the differences between conditions are due to",
        "Sobol indices of the expected outcome.", "share of the variance between conditions (0 to 1)",
    )  # fmt: skip


def _steps_drawn(table: pd.DataFrame) -> Figure:
    """Mean sizes of the effects of steps, in every scenario."""
    rows = table.sort_values("mean_size", ascending=False, kind="stable")
    ends = {"low": rows["mean_size"] - rows["interval"], "high": rows["mean_size"] + rows["interval"]}
    rows = rows.assign(panel=rows["across"], row=rows["parameter"], effect=rows["mean_size"], **ends)
    rows = pd.concat([rows.loc[rows["across"] == name, :] for name in in_order(table["across"])])
    return forest(
        rows, "What moves the outcome", "Mean size of the effect of one parameter, scaled to its whole range.",
        effect_label("welfare_net"),
    )  # fmt: skip


def _meanings(found: Outcomes) -> str:
    """What the parameters are, in words."""
    known = {each.path: each.meaning for each in parameters()}
    said = [f"{words(name, LONG)}: {known[path]}" for name, path in found.paths.items() if known.get(path)]
    return f" {capital('; '.join(said))}." if said else ""


def _spread(found: Outcomes, measure: str, what: str) -> str:
    """How far the conditions differ."""
    values = found.values(measure)
    there = ~np.isnan(values).all(axis=1)
    means = np.nanmean(values[there], axis=1)
    low, high = np.quantile(means, (0.05, 0.95))
    least, most, low, high = map(told().written, (means.min(), means.max(), low, high))
    return (
        f"{what} lies between {least} and {most} {told().said(UNIT)} on the mean of a condition, "
        f"and between {low} and {high} in nine tenths of the {len(means):,} conditions."
    )


def _parts(table: pd.DataFrame, rows: Callable[[pd.DataFrame, str], Table]) -> list[Part]:
    return [
        Part(capital(words(name)), "", [rows(table.loc[table["across"] == name, :], words(name))])
        for name in in_order(table["across"])
    ]


def _share(value: float, half: float | None = None) -> Cell:
    if value != value:
        return Cell("not known", "n")
    ends = "" if half is None else f"{value - half:.3f} to {value + half:.3f}".replace("-", "−")
    return Cell(f"{value:.3f}".replace("-", "−"), "n", ends)


def _index(row: dict[Any, Any], kind: str) -> Cell:
    """A Sobol index with its interval, which stands in its place where it is wide."""
    value, half = row[kind], row[f"{kind}_interval"]
    text, ends = sobol.written(value, half), sobol.interval(value, half)
    return Cell(text, "n", "" if ends == text else ends)


def _sensitivity(table: pd.DataFrame, label: str) -> Table:
    """Indices; what luck does is said in the answer."""
    rows = [
        [Cell(words(row["parameter"], LONG)), _index(row, "first"), _index(row, "total")]
        for row in table.loc[table["share"].isna(), :].sort_values("total", ascending=False).to_dict("records")
    ]  # fmt: skip
    return Table("Sobol indices", label, [Cell("parameter"), Cell("first-order", "n"), Cell("total", "n")], rows)


def _screening(table: pd.DataFrame, label: str) -> Table:
    rows = [
        [Cell(words(row["parameter"], LONG)), _share(row["mean_size"], row["interval"]),
         Cell(number(row["mean"]), "n"), Cell(f"{row['spread']:.3f}", "n")]
        for row in table.sort_values("mean_size", ascending=False).to_dict("records")
    ]  # fmt: skip
    head = [Cell("parameter"), Cell("mean size", "n"), Cell("mean", "n"), Cell("spread", "n")]
    return Table("Effects of steps", label, head, rows)


def _shares(table: pd.DataFrame) -> str:
    """What causes most, and what luck does."""
    rows = foremost(table, "across")
    known = rows.loc[rows["share"].isna(), :].assign(sure=rows["total"] - rows["total_interval"] > 0)
    most = listed(
        [f"{words(row['parameter'], LONG)} ({_told(row['total'], row['total_interval'])})"
         for row in known.sort_values("total", ascending=False).to_dict("records") if row["sure"]][:MOST],
    )  # fmt: skip
    luck = rows.loc[rows["share"].notna(), :].set_index("parameter")["share"]
    parts = [f"{CAUSES[str(name)]} {100 * value:.0f} %" for name, value in luck.items()]
    due = (
        f"What sets conditions apart is mostly {most}: total share of the variance between them, and its 95 % interval"
        if known["sure"].any() else "Of no parameter can be told that it sets conditions apart"
    )  # fmt: skip
    return f"{due}. Of the variance of single communities: {listed(parts)}."


def _told(value: float, half: float) -> str:
    """An index and its interval in a sentence."""
    return ", ".join(dict.fromkeys(filter(None, (sobol.written(value, half), sobol.interval(value, half)))))


def _steps(table: pd.DataFrame) -> str:
    rows = foremost(table, "across").sort_values("mean_size", ascending=False)
    most = listed(
        f"{words(row['parameter'], LONG)} ({row['mean_size']:.3f}, 95 % interval "
        f"{row['mean_size'] - row['interval']:.3f} to {row['mean_size'] + row['interval']:.3f})"
        for row in rows.head(MOST).to_dict("records")
    )
    return f"What moves it most, over its whole range, is {most}, in {told().said(UNIT)}."


def _worst(box: pd.DataFrame) -> str:
    if box.empty:
        return "No region of the parameters can be told in which it is worst."
    where = listed(
        f"{_varied(row)} from {_bound(row, 'low', '.3g')} to {_bound(row, 'high', '.3g')}"
        for row in box.to_dict("records")
    )
    return (
        f"It is worst with {where}: of the conditions in there {100 * box['density'].iloc[0]:.0f} % are in the lowest "
        f"quarter, and {100 * box['coverage'].iloc[0]:.0f} % of the lowest quarter lies in there."
    )


def _varied(row: dict[Any, Any]) -> str:
    """A parameter in words, with its unit where it is an amount in the user's own money."""
    return words(in_money(row["parameter"], told()), LONG)


def _bound(row: dict[Any, Any], end: str, form: str) -> str:
    value = row[end] * times_of(row["parameter"], told())
    return f"{value:{form}}" if abs(value) < 1000 else f"{value:,.0f}"


def _box(box: pd.DataFrame) -> Table:
    rows = [
        [
            Cell(_varied(row)),
            *(Cell(_bound(row, end, ".4g") if isfinite(row[end]) else "–", "n") for end in ("low", "high")),
        ]
        for row in box.to_dict("records")
    ]
    return Table("Parameters", "where it is worst", [Cell("parameter"), Cell("from", "n"), Cell("to", "n")], rows)
