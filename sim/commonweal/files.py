"""Files: those that travel with the package, and those that are written, which are either whole or not there."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path


def shipped(name: str) -> Path:
    """A file or folder that travels with the package: inside it where it is installed, beside sim/ in a clone."""
    package = Path(__file__).resolve().parent
    inside = package / name
    return inside if inside.exists() else package.parents[1] / name


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Call `write` with a temporary path beside `path`, sync what it wrote and move it into place.

    Raises OSError (a full disk, a read-only folder); nothing half-written is left under `path`.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        write(temporary)
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have what a folder holds survive a loss of power. Raises OSError."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def sweep_up(*folders: Path) -> None:
    """Remove what writers that were killed left half-written. Raises OSError."""
    for folder in folders:
        for path in folder.glob(".*.tmp"):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
