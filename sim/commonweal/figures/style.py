"""One style for every figure: fonts, lines, and a colour for each strategy."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any, Final

import matplotlib
from matplotlib import colors

from commonweal.alone import alone
from commonweal.model.strategies import ALL, STRATEGIES
from commonweal.study.conditions import BASELINE

CYCLE: Final = (
    "#0072B2", "#E69F00", "#56B4E9", "#D55E00", "#CC79A7", "#009E73", "#882255",
    "#8800FF", "#440055", "#AA9955", "#5544BB", "#552222",
)  # fmt: skip
"""Okabe and Ito (2008), with Tol's wine in the place of their yellow, which is too pale for lines on white; then
colours that are as far as can be from these and from each other to every eye"""

COLOURS: Final = {
    BASELINE: "#767676", **dict(zip(STRATEGIES, cycle(CYCLE), strict=False)), ALL: "#000000",
}  # fmt: skip
"""of every strategy that travels with the package"""

OTHER_COLOURS: Final = ("#332288", "#117733", "#661100", "#7B68EE", "#6B4C00", "#AA4499")
"""for strategies of the user's own; a name always has the same one"""

FAINT: Final = "#595959"
"""notes in figures"""

PALETTES: Final = alone("seaborn.cm", "seaborn")
"""seaborn's; its statistics, which take most of a second to import, are not needed"""

STYLE: Final[dict[Any, Any]] = {
    **dict.fromkeys(("axes.labelcolor", "text.color", "xtick.color", "ytick.color"), "0.15"),  # seaborn's "ticks"
    "patch.edgecolor": "white",
    "patch.force_edgecolor": True,
    "grid.color": "0.8",
    "font.family": ["DejaVu Sans"],
    "font.size": 8.0,
    "axes.titlesize": 9.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 8.0,
    "axes.linewidth": 0.6,
    "axes.edgecolor": "#404040",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.formatter.limits": (-4, 6),
    "axes.xmargin": 0.05,
    "axes.ymargin": 0.08,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 7.5,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "lines.solid_capstyle": "butt",
    "figure.facecolor": "white",
    "figure.constrained_layout.use": False,
    "figure.autolayout": False,
    "text.usetex": False,
    "text.parse_math": False,  # names are shown as they are, dollar signs included
    "path.sketch": None,
}


@contextmanager
def styled(**more: Any) -> Iterator[None]:
    """Draw in this style, whatever the user's own settings are, and leave those as they were. Also a decorator."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        settings: dict[Any, Any] = {**STYLE, **more}
        matplotlib.rcParams.update(settings)
        yield


def colour(strategy: str) -> str:
    """The one colour of a strategy, in every figure; stable for any name."""
    if strategy in COLOURS:
        return COLOURS[strategy]
    digest = hashlib.blake2b(strategy.encode("utf-8", "replace"), digest_size=4).digest()
    return OTHER_COLOURS[int.from_bytes(digest, "big") % len(OTHER_COLOURS)]


def ink(of: str) -> str:
    """A colour darkened until text in it is readable on white (contrast of 4.5, WCAG level AA)."""
    red, green, blue = colors.to_rgb(of)
    while 1.05 / (_luminance(red, green, blue) + 0.05) < 4.5:
        red, green, blue = 0.97 * red, 0.97 * green, 0.97 * blue
    return colors.to_hex((red, green, blue))


def _luminance(*rgb: float) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
