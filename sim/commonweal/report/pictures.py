"""Pictures: figures, embedded in a page."""

from base64 import b64encode
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from matplotlib.figure import Figure
from PIL import Image, UnidentifiedImageError

from commonweal.errors import InputError
from commonweal.figures.panels import for_phone
from commonweal.report.page import Picture

DPI: Final = 200
"""dots per inch of a picture that does not say"""


SHARP: Final = 260
"""the same of a picture that a phone, which has more of them, shows in its own width"""


def drawn(draw: Callable[[], Figure], phone: bool = False) -> Iterator[Picture]:
    """The figure drawn, or nothing where the table does not hold what it shows.

    phone: whether it is drawn once more, for a phone; of those of one panel.
    """
    try:
        figure = draw()
    except InputError:
        return
    data, told = figure._repr_png_()  # pyright: ignore[reportAttributeAccessIssue]
    picture = _embedded(data, told["alt"])
    if phone:
        with for_phone():
            picture = picture._replace(narrow=_source(draw().png(SHARP)))  # pyright: ignore[reportAttributeAccessIssue]
    yield picture


def published(path: Path) -> Iterator[Picture]:
    """A figure as it was drawn with the study, for want of the tables to draw it from; nothing where there is none."""
    try:
        data = path.read_bytes()
        with Image.open(path) as image:
            told = str(image.info["Title"])
        yield _embedded(data, told)
    except (OSError, KeyError, UnidentifiedImageError):
        return


def _embedded(png: bytes, alt: str) -> Picture:
    with Image.open(BytesIO(png)) as image:
        inches = image.width / image.info.get("dpi", (DPI, DPI))[0]
    return Picture(alt.split(". ")[0], _source(png), alt, inches)


def _source(png: bytes) -> str:
    return "data:image/png;base64," + b64encode(png).decode()
