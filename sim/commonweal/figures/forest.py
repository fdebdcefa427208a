"""The figure of contrasts: any named differences with their intervals, a row each, a panel per circumstance."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.figures.label_places import Row, in_row
from commonweal.figures.labels import in_order, of_no_matter_note, words
from commonweal.figures.marks import row_mark
from commonweal.figures.panels import panels, room_for
from commonweal.figures.style import colour, ink, styled

PLAIN = "#333333"
"""of rows that belong to no one strategy"""
KINDS = {True: "sure", False: "may be chance"}
SAID: dict[tuple[bool, ...], str] = {
    (True,): "all are sure after Holm's correction for their number.",
    (False,): "each of them may be chance, after Holm's correction for their number.",
}


@styled()
def forest(
    table: pd.DataFrame, title: str, note: str, below: str, own_axes: bool = False, ax: Axes | None = None
) -> Figure:
    """Contrasts with their 95 % intervals in rows, by panels; filled where p after Holm's correction is below .05.

    table: columns `panel` and `row` (names, drawn in order of appearance), `effect`, `low`, `high`, and optionally
    `p_holm` (all are filled without) and `strategy`, whose colour the row has (empty: none). below: what the axis
    shows, with its unit.
    All panels have the same limits, unless they have their own, as panels of different measures had better have. A
    filled mark and a hollow one are named, where there are both; else the note says what all are.
    ax: a panel of one's own to draw in, where the figure has one panel.
    """
    rows, circumstances = in_order(table["row"]), in_order(table["panel"])
    kinds = tuple(table["p_holm"].lt(0.05).unique()) if "p_holm" in table else ()
    columns = 2 if len(circumstances) == 4 else min(len(circumstances), 3)
    width = {1: 4.6, 2: 2.7}.get(columns, 2.0)
    figure, axes = panels(
        len(circumstances), columns, width, 0.2 * len(rows) + 0.1, title,
        f"{note} {'Each panel has its own axis. ' if own_axes else ''}Lines are 95 % intervals{_said(kinds)}"
        + of_no_matter_note(table, "row"),
        below=below, left=0.42 + room_for([words(each, 44) for each in rows], 7.5), right=0.2,
        shared=not own_axes, ax=ax,
    )  # fmt: skip
    tables = [table.loc[table["panel"] == name, :] for name in circumstances]
    hues: dict[Any, str] = {}
    for at, (name, panel) in enumerate(zip(circumstances, axes, strict=True)):
        hues |= _contrasts(panel, tables[at], rows)
        panel.set_title(words(name))
        panel.tick_params(
            left=False, labelleft=at % columns == 0, labelbottom=own_axes or at + columns >= len(circumstances)
        )
    for panel in axes if own_axes else axes[:1]:
        panel.set_yticks(range(len(rows)), [words(each, 44) for each in rows])
        panel.set_ylim(len(rows) - 0.5, -0.5)
        panel.locator_params(axis="x", nbins=8 if columns == 1 else 4)
    for panel in axes[::columns]:
        for text, row in zip(panel.get_yticklabels(), rows, strict=True):
            text.set(color=ink(hues[row]), parse_math=False)
    if len(kinds) > 1:
        _name_kinds(axes, tables, rows)
    return figure


def _said(kinds: tuple[bool, ...]) -> str:
    """How the sentence on intervals ends. kinds: whether contrasts are sure, each once; none without a p."""
    mixed = "filled marks are sure after Holm's correction for their number, hollow ones may be chance."
    return f"; {SAID.get(kinds, mixed)}" if kinds else "."


def _contrasts(axes: Axes, table: pd.DataFrame, rows: list[str]) -> dict[Any, str]:
    """Draw one panel's contrasts, over striped rows and the line of no difference; returns the colour of each row."""
    axes.axvline(0, color="#404040", linewidth=0.7, zorder=1, label="no difference")
    for stripe in range(0, len(rows), 2):
        axes.axhspan(stripe - 0.5, stripe + 0.5, color="#F3F3F3", linewidth=0, zorder=0)
    hues = {}
    for each in table.to_dict("records"):
        strategy = each.get("strategy") or ""
        hue = hues[each["row"]] = colour(strategy) if strategy else PLAIN
        row_mark(
            axes, str(each["row"]), each["effect"], rows.index(each["row"]), (each["low"], each["high"]), hue,
            filled=each.get("p_holm", 0.0) < 0.05,
        )  # fmt: skip
    return hues


def _name_kinds(axes: Sequence[Axes], tables: Sequence[pd.DataFrame], rows: list[str]) -> None:
    """Write what a filled and what a hollow mark is beside one of each, in a panel that has both if there is one."""
    for sure, text in KINDS.items():
        some = [table.loc[(table["p_holm"] < 0.05) == sure, :] for table in tables]
        at = max(range(len(axes)), key=lambda panel: (len(some[panel]) > 0, len(some[panel]) < len(tables[panel])))
        lows, highs = (some[at][each].fillna(some[at]["effect"]) for each in ("low", "high"))
        heights = some[at]["row"].map(rows.index)
        in_row(axes[at], text, [Row(*each, (0.0,)) for each in zip(lows, highs, heights, strict=True)], PLAIN)
