"""Reading a figure back: what is on it, and where."""

from itertools import combinations
from unittest.mock import patch

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text


def line(axes: Axes, label: str) -> Line2D:
    """The one line with this label."""
    found = lines(axes, label)
    assert len(found) == 1, f"{len(found)} lines are labelled {label!r}"
    return found[0]


def lines(axes: Axes, label: str) -> list[Line2D]:
    return [each for each in axes.get_lines() if each.get_label() == label]


def texts(figure: Figure) -> list[Text]:
    """Every text that is seen."""
    return [each for each in figure.findobj(Text) if each.get_visible() and each.get_text().strip()]


def written(figure: Figure) -> list[str]:
    return [each.get_text() for each in texts(figure)]


def text(figure: Figure, content: str) -> Text:
    """The first text that is exactly this."""
    return next(each for each in texts(figure) if each.get_text() == content)


def cut_off(figure: Figure) -> list[str]:
    """Texts that reach beyond the page."""
    wide, high = figure.get_size_inches() * figure.dpi
    out = []
    for each in _shown(figure):
        box = each.get_window_extent()
        if box.x0 < -1 or box.y0 < -1 or box.x1 > wide + 1 or box.y1 > high + 1:
            out.append(each.get_text())
    return out


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that lie on each other by more than a hair."""
    boxes = [(each.get_text(), each.get_window_extent()) for each in _shown(figure) if each.get_rotation() % 90 == 0]
    pairs = []
    for (a, first), (b, second) in combinations(boxes, 2):
        wide = min(first.x1, second.x1) - max(first.x0, second.x0)
        high = min(first.y1, second.y1) - max(first.y0, second.y0)
        if wide > 1.5 and high > 1.5:
            pairs.append((a, b))
    return pairs


def _shown(figure: Figure) -> list[Text]:
    """Texts that are drawn: those of ticks beyond the limits are not."""
    drawn: list[Text] = []
    with patch.object(Text, "draw", lambda self, *_, **__: drawn.append(self)):
        figure.draw_without_rendering()
    return [each for each in drawn if each.get_visible() and each.get_text().strip()]
