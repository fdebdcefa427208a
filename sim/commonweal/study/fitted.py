"""The worlds of a fit: the table that `commonweal fit` leaves, for whoever plays comparisons over it."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from commonweal.errors import InputError
from commonweal.study.folder import outdated, read_manifest

KIND: Final = "fit"
"""what the manifest of a fit says it is of"""
WORLDS: Final = "worlds.parquet"
WEIGHT: Final = "weight"
"""the column beside those of the parameters"""


def worlds(folder: Path | str) -> pd.DataFrame:
    """The worlds that a fit accepted: a column per parameter, by its name in conf, and `weight`, which sums to 1.

    Raises InputError where the folder holds no finished fit, one of other numbers, or a table that was altered.
    """
    place = Path(folder).expanduser()
    manifest = read_manifest(place)
    if manifest is None or manifest.get("kind") != KIND:
        raise InputError(f"{place} holds no fit; give a folder that commonweal fit wrote, such as my_town/fit")
    if manifest.get("status") != "finished":
        raise InputError(f"{place} holds a fit that is not finished; give its command again, which goes on")
    if said := outdated(manifest):
        raise InputError(f"{place} {said}; fit again with fresh=true")
    path = place / WORLDS
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}; fit again with fresh=true") from None
    if digest(content) != manifest.get("tables", {}).get(WORLDS):
        raise InputError(f"{path} is not as commonweal fit wrote it; fit again with fresh=true")
    return pd.read_parquet(path)


def is_of(folder: Path | str, ids: Sequence[str]) -> bool:
    """Whether the fit in a folder is one of these leaders."""
    return (read_manifest(Path(folder).expanduser()) or {}).get("leaders") == leaders_digest(ids)


def leaders_digest(ids: Sequence[str]) -> str:
    """A hash of who the leaders are."""
    return digest("\n".join(sorted(ids)).encode())


def digest(content: bytes) -> str:
    """A hash of a table's bytes."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()
