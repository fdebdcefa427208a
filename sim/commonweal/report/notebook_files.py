"""The files of an executed notebook: itself, its page, its plots."""

from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commonweal.advice import mend, why
from commonweal.errors import InputError
from commonweal.files import write_whole
from commonweal.report.light_pictures import lighten
from commonweal.report.notebook_page import page, plots


def write(notebook: Any, folder: Path, name: str) -> list[Path]:
    """An executed notebook's files: name.ipynb, name.html, and name_1.png and so on as they were drawn.

    In the notebook itself, and so in its page, pictures become light. Raises InputError.
    """
    import nbformat

    pictures = [b64decode(plot.data["image/png"]) for plot in plots(notebook)]
    drawn = {f"{name}_{number}.png": picture for number, picture in enumerate(pictures, 1)}
    lighten(notebook)
    content = {f"{name}.ipynb": f"{nbformat.writes(notebook)}\n".encode(), f"{name}.html": page(notebook).encode()}
    plotted = [old for old in folder.glob(f"{name}_*.png") if old.stem.removeprefix(f"{name}_").isdecimal()]
    return _put(content | drawn, folder, [old for old in plotted if old.name not in drawn])  # of a copy with more


def write_page(executed: Path) -> Path:
    """The page of an executed notebook, written beside it. Raises InputError where it is none."""
    place, text = page_of(executed)
    _put({place.name: text.encode()}, executed.parent)
    return place


def page_of(executed: Path) -> tuple[Path, str]:
    """Where the page of an executed notebook is written, and its text. Raises InputError where it is none."""
    import nbformat

    try:
        if executed.suffix != ".ipynb":
            raise ValueError("its name does not end in .ipynb")
        text = page(nbformat.read(executed, as_version=4))
    except OSError as error:
        raise InputError(f"{executed} cannot be read: {why(error)}; give an executed notebook") from None
    except (ValueError, TypeError, KeyError, AttributeError, nbformat.ValidationError) as error:  # all of nbformat's
        said = str(error).strip().splitlines()[0]
        raise InputError(f"{executed} is not an executed notebook: {said}; give a notebook.ipynb") from None
    return executed.with_suffix(".html"), text


def _put(content: dict[str, bytes], folder: Path, outdated: Sequence[Path] = ()) -> list[Path]:
    """Files written into a folder, each whole or not there, and outdated ones removed. Raises InputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, data in content.items():
            write_whole(folder / file, lambda path, data=data: path.write_bytes(data))
        for old in outdated:
            old.unlink()
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {why(error)}; {mend(error)}") from None
    return [folder / file for file in content]
