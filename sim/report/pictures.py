"""Pictures: figures, embedded in a page."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

from matplotlib.figure import Figure
from PIL import Image, UnidentifiedImageError

from sim.errors import InputError
from sim.report.page import Picture


def drawn(draw: Callable[[], Figure]) -> Iterator[Picture]:
    """The figure drawn, or nothing where the table does not hold what it shows."""
    try:
        figure = draw()
    except InputError:
        return
    data, told = figure._repr_png_()  # pyright: ignore[reportAttributeAccessIssue]
    yield _embedded(data, told["alt"])


def published(path: Path) -> Iterator[Picture]:
    """A figure as it was drawn with the study, for want of the tables to draw it from; nothing where there is none."""
    try:
        data = path.read_bytes()
        with Image.open(path) as image:
            yield _embedded(data, str(image.info["Title"]))
    except (OSError, KeyError, UnidentifiedImageError):
        return


def _embedded(png: bytes, alt: str) -> Picture:
    return Picture(alt.split(". ")[0], "data:image/png;base64," + b64encode(png).decode(), alt)
