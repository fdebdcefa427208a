"""The figure of cost and benefit: is what a strategy brings worth the money it takes?"""

from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from commonweal.figures.compressed_axis import COMPRESSED, compress
from commonweal.figures.label_places import PLATE, Label, beside
from commonweal.figures.labels import effect_label, unhad_note, words
from commonweal.figures.marks import Effect, ring, side_by_side
from commonweal.figures.panels import panels
from commonweal.figures.style import FAINT, colour, styled
from commonweal.study.conditions import EQUAL, FULL
from commonweal.units import told


@styled()
def cost_benefit(effects: pd.DataFrame, basis: str = FULL, ax: Axes | None = None) -> Figure:
    """Money spent per person against effect on welfare before that spend: a panel per scenario, with break-even.

    effects: a table with the columns of commonweal.analysis.effects.COLUMNS.

    Both axes are MU per person and round, or what that is told in.
    Money per person is the effect on `welfare` less that on `welfare_net`,
    which is what commonweal.model.measures takes off per person; so whatever the number of people per leader, a
    strategy pays exactly where it lies above the line y = x. Leaders' time that levers take, the rest of `spend`,
    is not on the horizontal axis: a leader has that much less to give or keep, so welfare has it taken off
    already, and to ask for it again would count it twice. The interval of money is that of the measure `money` (MU
    per leader), put into MU per person by the ratio of the two.
    ax: a panel of one's own to draw in, where the figure has one panel.
    Raises InputError where the table lacks welfare, welfare_net or money.
    """
    found = side_by_side(effects, ("welfare", "welfare_net", "money"), basis)
    table = {scenario: {name: deal(*rows) for name, rows in there.items()} for scenario, there in found.items()}
    size = 3.9 if len(table) == 1 else 2.65
    figure, axes = panels(
        len(table), 3, size, 0.87 * size, f"Worth its money? What strategies cost and bring, at {basis}",
        "Mean differences from doing nothing under the same luck; crosses are 95 % intervals. A strategy above the "
        "dashed line brings more than its money; leaders' time is counted in what it brings. " + COMPRESSED
        + unhad_note(effects.loc[effects["basis"] == basis, :]),
        below=told().said("money spent (MU per person and round)"), aside=effect_label("welfare"),
        left=0.52, across=0.3, down=0.48, shared=True, ax=ax,
    )  # fmt: skip
    for at, (panel, (scenario, deals)) in enumerate(zip(axes, table.items(), strict=True)):
        for strategy, each in deals.items():
            ring(
                panel, f"{strategy}, {basis}", each.money, each.gain, each.money_ends, each.gain_ends,
                colour(strategy), filled=basis != EQUAL,
            )  # fmt: skip
        panel.set_title(words(scenario))
        panel.tick_params(labelleft=at % 3 == 0, labelbottom=at + 3 >= len(table))
    every = [each for deals in table.values() for each in deals.values()]
    compress(
        axes,
        np.array([(each.money, *each.money_ends) for each in every]),
        np.array([(each.gain, *each.gain_ends) for each in every]),
    )
    for panel, deals in zip(axes, table.values(), strict=True):
        _frame(panel)
        _name(panel, deals)
    return figure


class Deal(NamedTuple):
    """What a strategy costs and brings, in MU per person and round, with the ends of intervals."""

    money: float
    money_ends: tuple[float, float]
    gain: float
    gain_ends: tuple[float, float]


def deal(gross: Effect, net: Effect, money: Effect) -> Deal:
    """From effects on welfare before and after spend (MU per person), and on money (MU per leader)."""
    spent = gross.effect - net.effect
    leaders_per_person = spent / money.effect if money.effect else np.nan
    return Deal(spent, (money.low * leaders_per_person, money.high * leaders_per_person), gross.effect, gross.ends)


def _frame(axes: Axes) -> None:
    """The zero line, break-even, and what lies on either side of it."""
    low, high = min(axes.get_xlim()[0], axes.get_ylim()[0]), max(axes.get_xlim()[1], axes.get_ylim()[1])
    axes.axhline(0, color="#404040", linewidth=0.6, zorder=1, label="no effect")
    axes.plot(
        (low, high), (low, high), color=FAINT, linewidth=0.8, linestyle=(0, (5, 3)), zorder=1, scalex=False,
        scaley=False, label="break-even",
    )  # fmt: skip
    note = {"size": 6.5, "color": FAINT, "style": "italic", "bbox": PLATE, "zorder": 2, "annotation_clip": False}
    axes.annotate("pays for itself", (0.02, 0.98), xycoords="axes fraction", va="top", **note)
    axes.annotate("costs more than it brings", (0.98, 0.02), xycoords="axes fraction", ha="right", **note)
    corner = min(axes.get_xlim()[1], axes.get_ylim()[1])
    start, end = axes.transData.transform([(0.5 * corner, 0.5 * corner), (corner, corner)])
    along = (end - start) / np.hypot(*(end - start))
    axes.annotate(
        "break-even", (corner, corner), (-5 * along[0] + 4 * along[1], -5 * along[1] - 4 * along[0]),
        textcoords="offset points", ha="right", va="top", rotation=float(np.degrees(np.arctan2(along[1], along[0]))),
        rotation_mode="anchor", **note,
    )  # fmt: skip


def _name(axes: Axes, deals: dict[str, Deal]) -> None:
    labels, avoid = [], []
    for strategy, each in deals.items():
        labels.append(Label(each.money, each.gain, words(strategy, 24), colour(strategy)))
        avoid += [(each.money, float(y)) for y in np.linspace(*each.gain_ends, 5)]
        avoid += [(float(x), each.gain) for x in np.linspace(*each.money_ends, 5)]
    ends = axes.get_xlim()
    beside(axes, labels, avoid=avoid, lines=[(ends, ends), (ends, (0, 0))])
