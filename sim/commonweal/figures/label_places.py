"""Direct labels that do not lie on each other: at the ends of lines, and beside points."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.text import Annotation

from commonweal.figures.panels import inches, room_for
from commonweal.figures.style import ink

PLATE: Final = {"boxstyle": "square,pad=0.08", "facecolor": "white", "edgecolor": "none"}
"""what keeps lines off a text: small in SVG, where a halo takes every letter twice"""
HALO: Final = [patheffects.withStroke(linewidth=2.6, foreground="white")]
"""the same where many lines cross and a plate would hide too much"""


class Label(NamedTuple):
    """A text for the point (x, y), in data coordinates."""

    x: float
    y: float
    text: str
    colour: str


def at_ends(axes: Axes, labels: Sequence[Label], size: float = 7.5) -> None:
    """Write each label right of the axes, level with its line's end or as near as others allow, a thin line between.

    Limits of the axes must be final.
    """
    if not labels:
        return
    wide, high = (72 * each for each in inches(axes))
    bottom, top = axes.get_ylim()
    ends = high * (np.array([each.y for each in labels]) - bottom) / (top - bottom)
    places = spread_out(ends, 1.3 * size, -0.5 * size, high + 0.5 * size)
    for each, end, place in zip(labels, ends / high, places / high, strict=True):
        axes.plot(
            [1 + 2 / wide, 1 + 12 / wide], [end, place], color=each.colour, linewidth=0.6, transform=axes.transAxes,
            clip_on=False, scalex=False, scaley=False, label=f"_leader {each.text}",
        )  # fmt: skip
        axes.text(
            1 + 14 / wide, place, each.text, transform=axes.transAxes, color=ink(each.colour), size=size, va="center"
        )


def spread_out(wanted: np.ndarray, gap: float, low: float, high: float) -> np.ndarray:
    """Places nearest to those wanted (least squares) that are `gap` apart and within low..high if there is room."""
    order = np.argsort(wanted, kind="stable")
    free = wanted[order] - gap * np.arange(len(wanted))
    blocks: list[list[float]] = []
    for value in free:  # pool adjacent violators: sum and count of each block
        blocks.append([value, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += count
    level = np.concatenate([[total / count] * int(count) for total, count in blocks])
    level = np.clip(level, low, max(low, high - gap * (len(wanted) - 1)))
    places = np.empty(len(wanted))
    places[order] = level + gap * np.arange(len(wanted))
    return places


class Row(NamedTuple):
    """A mark in a row, from the lower to the upper end of its interval, and what stands in the row besides."""

    low: float
    high: float
    height: float
    others: tuple[float, ...]


def in_row(axes: Axes, text: str, rows: Sequence[Row], colour: str, size: float = 6.5) -> Row:
    """Write a text beside the first of some marks that has room for it in its row, and return which.

    Where none has room, it is the one with most. Limits of the axes must be final.
    """
    left, right = axes.get_xlim()
    enough = (room_for([text], size) + 0.15) * (right - left) / inches(axes)[0]
    sides = []
    for row in rows:
        above, below = [each for each in row.others if each > row.high], [each for each in row.others if each < row.low]
        sides += [(min([right, *above]) - row.high, 1, row), (row.low - max([left, *below]), -1, row)]
    _, side, row = max(sides, key=lambda found: min(found[0], enough))
    axes.annotate(
        text, (row.high if side > 0 else row.low, row.height), (5 * side, 0), textcoords="offset points", size=size,
        va="center", ha="left" if side > 0 else "right", color=colour,
    )  # fmt: skip
    return row


Line = tuple[tuple[float, float], tuple[float, float]]
"""x of both ends, y of both ends"""

MARGIN: Final = 4.0
"""points between a label and the frame of the axes, if there is room"""
DISTANCES: Final = np.repeat([4.0, 9.0, 15.0, 22.0, 30.0, 40.0, 52.0], 16)
"""points between a mark and its label, for each candidate"""
TURNS: Final = np.tile(np.arange(16), 7)
"""sixteenths of a turn from the right, for each candidate"""
DIRECTIONS: Final = np.column_stack([np.cos(TURNS * math.pi / 8), np.sin(TURNS * math.pi / 8)])


def beside(
    axes: Axes, labels: Sequence[Label], *, avoid: Sequence[tuple[float, float]] = (), lines: Sequence[Line] = (),
    clear: float = 3.5, size: float = 7.0, halo: bool = False,
) -> list[Annotation]:  # fmt: skip
    """Write each label near its point, where it covers neither another label or text of the axes nor a mark.

    avoid, lines: places and lines, in data coordinates, to leave uncovered if possible; nan is left out.
    clear: radius of the marks, in points. halo: keep lines off letters only, not off the whole text.
    Limits of the axes must be final. Where a label is not next to its point, a thin line leads to it.
    """
    if not labels:
        return []
    scale = 72 / axes.get_figure().dpi  # pyright: ignore
    frame = axes.get_window_extent()
    inside = np.array([[frame.x0, frame.y0], [frame.x1, frame.y1]]) * scale + [[MARGIN], [-MARGIN]]
    points = axes.transData.transform([(each.x, each.y) for each in labels]) * scale
    marks, weight = _marks(axes, points, avoid, lines, scale)
    texts = [_at_its_point(axes, each, size, halo) for each in labels]
    taken = [text.get_window_extent() for text in axes.texts if text not in texts and text.get_text()]
    written = [np.array([[box.x0, box.y0], [box.x1, box.y1]]) * scale for box in taken]
    sizes = [np.array([box.width, box.height]) * scale for box in (text.get_window_extent() for text in texts)]
    boxes = _settled(points, sizes, written, marks, weight, inside, clear)
    for text, each, point, box in zip(texts, labels, points, boxes, strict=True):
        text.set_position(tuple(box.mean(axis=0) - point))
        nearest = np.clip(point, box[0], box[1])
        if np.hypot(*(nearest - point)) > clear + 4.5:
            _lead(axes, each, axes.transData.inverted().transform(nearest / scale))
    return texts


def _at_its_point(axes: Axes, label: Label, size: float, halo: bool) -> Annotation:
    """A label written on its very point, to be moved."""
    return axes.annotate(
        label.text, (label.x, label.y), (0, 0), textcoords="offset points", ha="center", va="center", size=size,
        color=ink(label.colour), annotation_clip=False, zorder=6 if halo else 2.2,
        path_effects=HALO if halo else None, bbox=None if halo else PLATE,
    )  # fmt: skip


def _lead(axes: Axes, label: Label, end: np.ndarray) -> None:
    """A thin line from the point of a label to `end`, in data coordinates."""
    axes.plot(
        [label.x, end[0]], [label.y, end[1]], color=label.colour, linewidth=0.5, alpha=0.7, zorder=2.1,
        scalex=False, scaley=False, clip_on=False, label=f"_leader {label.text}",
    )  # fmt: skip


def _marks(axes: Axes, points: np.ndarray, avoid, lines, scale: float) -> tuple[np.ndarray, np.ndarray]:
    """Everything that labels should not cover as places, in points, and what it costs to cover each."""
    places, weights = [points], [np.full(len(points), 60.0)]
    known = [place for place in avoid if np.isfinite(place).all()]
    if known:
        places.append(axes.transData.transform(known) * scale)
        weights.append(np.full(len(known), 12.0))
    for line in lines:
        ends = axes.transData.transform(np.column_stack(line)) * scale
        places.append(np.linspace(ends[0], ends[1], 40))
        weights.append(np.full(40, 1.0))
    return np.vstack(places), np.concatenate(weights)


def _settled(points, sizes, written: list[np.ndarray], marks, weight, inside, clear) -> list[np.ndarray]:
    """A box for each label, the best given the others': each is looked for three times, in turn."""
    boxes: dict[int, np.ndarray] = {}
    for _ in range(3):
        for at, (point, size) in enumerate(zip(points, sizes, strict=True)):
            others = np.array(written + [boxes[other] for other in sorted(boxes) if other != at])
            boxes[at] = _best(point, size, others, marks, weight, inside, clear)
    return [boxes[at] for at in range(len(points))]


def _best(point, size, others, marks, weight, inside, clear) -> np.ndarray:
    """The cheapest of the boxes around a point: rows are its lower left and upper right corners.

    Dear are, in this order: other labels, marks, what lies outside the axes, lines, and distance.
    """
    centres = point + DIRECTIONS * (clear + DISTANCES[:, None] + np.abs(DIRECTIONS) * size / 2)
    low, high = centres - size / 2, centres + size / 2
    cost = DISTANCES + 0.3 * np.minimum(TURNS, 16 - TURNS)
    cost += 8.0 * (np.maximum(inside[0] - low, 0) + np.maximum(high - inside[1], 0)).sum(axis=1)
    within = ((marks > low[:, None] - clear) & (marks < high[:, None] + clear)).all(axis=2)
    cost += within @ weight
    if len(others):
        overlap = np.minimum(others[:, 1], high[:, None]) - np.maximum(others[:, 0], low[:, None]) + 1.0
        area = np.prod(np.maximum(overlap, 0), axis=2)
        cost += (200.0 * (area > 0) + 2.0 * area).sum(axis=1)
    best = int(cost.argmin())
    return np.array([low[best], high[best]])
