"""Save a figure: as PNG and SVG, each whole or not there, the same bytes for the same figure."""

import warnings
from pathlib import Path
from typing import Any, Final

from matplotlib.figure import Figure

from commonweal.figures.style import styled
from commonweal.files import write_whole

DPI: Final = 200
SETTINGS: Final[dict[str, dict[str, Any]]] = {"png": {"pil_kwargs": {"compress_level": 3}}, "svg": {}}
"""of each format; a PNG is packed in two thirds of the time it takes by default, and a fiftieth larger"""
REPRODUCIBLE: Final[dict[str, Any]] = {
    "svg.hashsalt": "commonweal",
    "svg.fonttype": "path",
    "svg.image_inline": True,
    "svg.id": None,
}


def save(figure: Figure, path: Path) -> list[Path]:
    """Write path.png and path.svg and return where they are. `path` has no suffix; its folder must be there.

    Neither the user's backend nor settings matter or change. Raises OSError where a file cannot be written.
    """
    told = {"Title": str(figure.get_label())} if figure.get_label() else {}
    nobody = {"png": {"Software": None}, "svg": {"Date": None, "Creator": None}}
    written = []
    with styled(**REPRODUCIBLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)  # a box is drawn in its place
        for kind, settings in SETTINGS.items():
            place = path.with_name(f"{path.name}.{kind}")
            write_whole(
                place,
                lambda temporary, kind=kind, settings=settings: figure.savefig(
                    temporary, format=kind, dpi=DPI, facecolor="white", bbox_inches=None,
                    metadata=nobody[kind] | told, **settings,
                ),
            )  # fmt: skip
            written.append(place)
    return written
