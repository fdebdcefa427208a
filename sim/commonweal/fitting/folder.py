"""What a fit leaves in its folder: worlds.parquet, the tables of its report, and a manifest that vouches for them."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from commonweal.errors import InputError
from commonweal.files import write_whole
from commonweal.study.fitted import KIND, WEIGHT, WORLDS, digest, is_of, worlds
from commonweal.study.folder import MANIFEST, is_ours, outdated, read_manifest, refuse_links, write_manifest
from commonweal.study.parts import Parts, folders_of

SCHEMA: Final = "1"
UNIT: Final = "MU per person and month"
"""of effects, and of what it is worth to know something"""
PARTS: Final = "simulations"
"""the folder of what was played"""
PART: Final = re.compile(r".+\.[0-9a-f]{24}\.npy")
"""names of parts: they end in a hash"""
TABLES: Final = (WORLDS, "parameters.csv", "alike.csv", "worth.csv", "effects.csv", "report.md", "report.html")
"""what is written when all is done"""


def table_of(folder: Path, name: str) -> pd.DataFrame:
    """A table of a finished fit. Raises InputError as `worlds` does."""
    worlds(folder)
    return pd.read_csv(folder / name)


def questions(folder: Path, ids: Sequence[str]) -> pd.DataFrame:
    """What it would be worth to ask these leaders, a row per question, the most first.

    Columns: name, words, worth, by_luck, told. Raises InputError as `worlds`, and where the fit is of other leaders.
    """
    found = table_of(folder, "worth.csv")
    if not is_of(folder, ids):
        raise InputError(f"{folder} holds the fit of other leaders; fit these with another out=")
    return pd.DataFrame(found[found["kind"] == "question"].drop(columns="kind"))


def look(folder: Path, identity: str, fresh: bool) -> dict[str, Any] | None:
    """The manifest of a fit that is gone on with; None where there is none. Raises InputError where it is another's."""
    _refuse_place(folder)
    manifest = read_manifest(folder)
    strange = folder.is_dir() and any(not each.name.startswith(".") for each in folder.iterdir())
    if manifest is None and not strange:
        return None
    if manifest is None or manifest.get("kind") != KIND or not is_ours(manifest):
        raise InputError(f"{folder} holds something else; give an empty or new folder with out=")
    if fresh:
        return None
    if manifest["identity"] != identity:
        why = outdated(manifest) or "holds the fit of another community, of other observations or numbers"
        raise InputError(f"{folder} {why}; give another out=, or fresh=true to replace what is there")
    return manifest


def _refuse_place(folder: Path) -> None:
    """Raise InputError where a folder is none, or part of it leads out of it by a link."""
    place = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    if place.exists() and not place.is_dir():
        raise InputError(f"{folder} cannot be written: {place} is a file, not a folder; give another out=")
    refuse_links(folder)
    for name in (PARTS, *TABLES):
        if (folder / name).is_symlink():
            raise InputError(f"{folder / name} is a link, where nothing is written; replace it by a copy")


def begin(folder: Path, identity: str, about: Mapping[str, Any], fresh: bool) -> Parts:
    """Make a folder ready; with fresh, what is there of a fit goes, and nothing else. Raises OSError."""
    if fresh:
        holding = folders_of(folder / PARTS)
        parts = [path for each in holding for path in each.glob("*.npy") if PART.fullmatch(path.name)]
        for path in [*parts, *(folder / name for name in TABLES)]:
            path.unlink(missing_ok=True)
    (folder / PARTS).mkdir(parents=True, exist_ok=True)
    write_manifest(folder, {**about, "kind": KIND, "identity": identity, "schema_version": SCHEMA,
                            "status": "unfinished"})  # fmt: skip
    return Parts(folder / PARTS, identity, ".npy")


def finish(folder: Path, tables: Mapping[str, bytes]) -> None:
    """Put all tables in their places, and say in the manifest that they are there. Raises OSError."""
    for name, content in tables.items():
        write_whole(folder / name, lambda path, content=content: path.write_bytes(content))
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    hashes = {name: digest(content) for name, content in tables.items()}
    write_manifest(folder, manifest | {"status": "finished", "tables": hashes})


def whole(folder: Path, manifest: Mapping[str, Any] | None) -> bool:
    """Whether a fit is finished, and all its tables are as they were written."""
    if manifest is None or manifest.get("status") != "finished":
        return False
    hashes = manifest.get("tables", {})
    try:
        return bool(hashes) and all(digest((folder / name).read_bytes()) == each for name, each in hashes.items())
    except OSError:
        return False


def as_parquet(frame: pd.DataFrame, weight: np.ndarray) -> bytes:
    """The worlds, a row each."""
    import io

    content = io.BytesIO()
    frame.assign(**{WEIGHT: weight}).to_parquet(content, index=False)
    return content.getvalue()
