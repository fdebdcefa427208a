"""The page of a figure: panels in rows, a title, a note, and labels for axes that panels share."""

import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from commonweal.errors import InputError
from commonweal.figures.style import FAINT, styled

PHONE: Final = 3.7
"""inches across the text of a page on a phone, at which letters have the size they are drawn in"""
_room: ContextVar[float] = ContextVar("_room", default=float("inf"))


@contextmanager
def for_phone() -> Iterator[None]:
    """Figures of one panel drawn within are as wide as a phone, by a narrower panel."""
    token = _room.set(PHONE)
    try:
        yield
    finally:
        _room.reset(token)


def is_for_phone() -> bool:
    """Whether there is room for what is in the figure only."""
    return _room.get() < float("inf")


class Page(Figure):
    """A figure that a notebook shows by itself: pyplot does not know of it, and no window opens.

    Its canvas can measure texts; without one matplotlib makes another for each text that is measured.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        FigureCanvasAgg(self)

    def _repr_png_(self) -> tuple[bytes, dict[str, str]]:
        return self.png(130), {"alt": str(self.get_label())}

    def png(self, dpi: int) -> bytes:
        """The figure as a picture, with so many dots per inch."""
        buffer = BytesIO()
        with styled():
            self.savefig(buffer, format="png", dpi=dpi)
        return buffer.getvalue()


def panels(
    count: int, columns: int, width: float, height: float, title: str, note: str = "", *, below: str = "",
    aside: str = "", left: float, right: float = 0.15, bottom: float = 0.25, across: float = 0.2, down: float = 0.5,
    shared: bool = False, ax: Axes | None = None,
) -> tuple[Figure, list[Axes]]:  # fmt: skip
    """A figure of `count` panels, row by row, each `width` by `height`, under a title and a note; all in inches.

    below, aside: a label for the horizontal axes of all panels, and one for the vertical ones. left, right, bottom:
    margins, for ticks and names; across, down: between panels. shared: all have the limits of the first.
    The title and note are also the figure's label, which serves as its alternative text.
    ax: the one panel, in a figure of the user's own, which then says neither title nor note. Raises InputError where
    there is more than one panel.
    """
    if ax is not None:
        return _lent(ax, count, below, aside)
    columns = max(1, min(columns, count))
    if count == 1:
        width = min(width, _room.get() - left - right)
    rows = -(-count // columns)
    block = (columns * width + (columns - 1) * across, rows * height + (rows - 1) * down)
    beside = _broken(aside, block[1])
    left = left + 0.16 * len(beside) + 0.08 * bool(beside)
    wide = max(left + block[0] + right, min(4.0, _room.get()))
    beneath = _broken(below, wide - 0.2)
    bottom += 0.25 * bool(below) + 0.16 * max(0, len(beneath) - 1)
    title_lines, note_lines = _wrapped(title, wide, 0.089), _wrapped(note, wide, 0.0565)
    high = 0.42 + 0.19 * len(title_lines) + 0.15 * len(note_lines) + block[1] + bottom
    figure = Page(figsize=(wide, high), dpi=100)
    edge, y = 0.12 / wide, 1 - 0.1 / high
    figure.text(edge, y, "\n".join(title_lines), size=10.5, weight="bold", va="top")
    y -= (0.05 + 0.19 * len(title_lines)) / high
    figure.text(edge, y, "\n".join(note_lines), size=7.5, color=FAINT, va="top", linespacing=1.35)
    figure.set_label(f"{title}. {note}".replace("\n", " ").strip())
    axes: list[Axes] = []
    for at in range(count):
        row, column = divmod(at, columns)
        place = (left + column * (width + across), bottom + (rows - 1 - row) * (height + down))
        first = axes[0] if shared and axes else None
        frame = (place[0] / wide, place[1] / high, width / wide, height / high)
        axes.append(figure.add_axes(frame, sharex=first, sharey=first))  # pyright: ignore
    if below:
        half = room_for(beneath, 8) / 2
        middle = max(min(left + block[0] / 2, wide - 0.1 - half), 0.1 + half)
        figure.supxlabel("\n".join(beneath), size=8, x=middle / wide, y=0.1 / high, va="bottom")
    if beside:
        figure.supylabel(
            "\n".join(beside), size=8, x=0.1 / wide, y=(bottom + block[1] / 2) / high, ha="left", va="center",
            multialignment="center",
        )  # fmt: skip
    return figure, axes


def _lent(ax: Axes, count: int, below: str, aside: str) -> tuple[Figure, list[Axes]]:
    """A panel of the user's own, with the labels of its axes."""
    if count != 1:
        raise InputError(f"ax is one panel, but the figure has {count}; choose one of what it shows, or leave out ax")
    figure = ax.get_figure(root=True)
    assert figure is not None
    if below:
        ax.set_xlabel(below)
    if aside:
        ax.set_ylabel(aside)
    return figure, [ax]


def _wrapped(text: str, wide: float, letter: float) -> list[str]:
    """Lines that fit a figure `wide` inches wide, with letters of a mean width `letter`."""
    lines = [textwrap.wrap(line, max(10, int((wide - 0.24) / letter))) for line in text.split("\n") if line]
    return [each for wrapped in lines for each in wrapped]


def _broken(text: str, room: float) -> list[str]:
    """A label in as many lines as it takes to fit `room` inches, its unit on a line of its own."""
    if not text or room_for([text], 8) <= room:
        return [text] if text else []
    name, bracket, unit = text.rpartition(" (")
    parts = [name, f"({unit}"] if bracket else [text]
    most = max(12, int(room / 0.06))
    even = [min(most, -(-len(part) // -(-len(part) // most)) + 6) for part in parts]
    return [
        line
        for part, width in zip(parts, even, strict=True)
        for line in textwrap.wrap(part, width, break_on_hyphens=False)
    ]


def room_for(texts: Iterable[str], size: float) -> float:
    """The width in inches of the widest of some texts."""
    page = Page(dpi=100)
    return max((page.text(0, 0, each, size=size).get_window_extent().width / 100 for each in texts), default=0.0)


def inches(axes: Axes) -> tuple[float, float]:
    """How wide and high a panel is."""
    figure, box = axes.get_figure(root=True), axes.get_position()
    assert figure is not None
    wide, high = figure.get_size_inches() * (box.width, box.height)
    return float(wide), float(high)


def label_above(axes: Axes, text: str, room: float) -> None:
    """The label of the vertical axis, written level above it, in two lines where it takes more than `room` inches."""
    if room_for([text], 8) > room:
        text = "\n(".join(text.rsplit(" (", 1))
    axes.set_ylabel(text, rotation=0, ha="left", va="bottom", linespacing=1.3)
    wide, high = inches(axes)
    axes.yaxis.set_label_coords(-0.34 / wide, 1 + 0.06 / high)
