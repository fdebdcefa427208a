"""Axes on which small and large effects can be told apart: linear near zero, compressed farther out."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from commonweal.figures.panels import inches, room_for

COMPRESSED: Final = "Both axes are linear near zero and compressed farther out."


def compress(axes: Sequence[Axes], across: np.ndarray, up: np.ndarray, room: float = 0.1) -> None:
    """Give both axes of all panels, which share them, one inverse hyperbolic sine scale, limits and ticks.

    across, up: every value to be shown, nan left out; zero is always shown. room: the share of an axis left free at
    either end. Equal values on both axes, such as equal gains, lie on a straight line.
    """
    values = [np.append(each[np.isfinite(each)], 0.0) for each in (across, up)]
    linear = max(float(np.abs(each).max()) for each in values) / 20 or 1.0
    for panel in axes:
        panel.set_xscale("asinh", linear_width=linear)
        panel.set_yscale("asinh", linear_width=linear)
    first = axes[0]
    first.set_xlim(_limits(values[0], linear, room))
    first.set_ylim(_limits(values[1], linear, room))
    wide, high = inches(first)
    _tick(first.xaxis, first.get_xlim(), linear, wide)
    _tick(first.yaxis, first.get_ylim(), linear, high)


def _limits(values: np.ndarray, linear: float, room: float) -> tuple[float, float]:
    least, most = math.asinh(values.min() / linear), math.asinh(values.max() / linear)
    edge = room * (most - least) or 1.0
    return linear * math.sinh(least - edge), linear * math.sinh(most + edge)


def _tick(axis: Axis, limits: tuple[float, float], linear: float, length: float) -> None:
    """Ticks at 0 and, from the ends of an axis `length` inches long inwards, at 1, 2 and 5 times powers of ten.

    As many as there is room for, were their labels written along the axis.
    """
    low, high = (math.asinh(each / linear) for each in limits)
    power = math.floor(math.log10(linear)) - 1
    steps = [step * 10.0**each for each in range(power, power + 5) for step in (1, 2, 5)]
    scale = length / (high - low)
    ticks, written = [0.0], ["0"]
    for sign in (1, -1):
        taken = [(0.0, room_for(["0"], 7.5))]
        for step in reversed(steps):
            place = scale * math.asinh(sign * step / linear)
            if low * scale <= place <= high * scale:
                text = f"{sign * step:g}".replace("-", "−")
                width = room_for([text], 7.5)
                if all(abs(place - other) >= (width + wide) / 2 + 0.05 for other, wide in taken):
                    taken.append((place, width))
                    ticks.append(sign * step)
                    written.append(text)
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_major_formatter(FixedFormatter(written))
    axis.set_minor_locator(NullLocator())
