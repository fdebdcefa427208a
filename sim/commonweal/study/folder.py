"""Folder: what every study's folder has, a manifest that says what it holds and a lock while it is being filled."""

import json
import os
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final

from commonweal.advice import why
from commonweal.errors import InputError
from commonweal.files import write_whole
from commonweal.model.numbers import NUMBERS
from commonweal.study.conditions import BESIDE
from commonweal.study.parts import WITHIN, folders_of

MANIFEST: Final = "manifest.json"
CONDITIONS: Final = "conditions.parquet"
PARTS: Final = ("runs", "rounds", "trajectories", "searches")
"""folders of parts"""
TABLES: Final = ("runs.parquet", "rounds.parquet", "trajectories.parquet", "effects.csv", "worlds.parquet",
                 "draws.parquet", "curves.csv")  # fmt: skip
"""what is made of the parts when all is played"""
PART: Final = re.compile(r".+\.[0-9a-f]{24}(\.failed)?\.(parquet|json|npz)")
"""names of parts: they end in a hash"""
FIELDS: Final = {
    "identity": str, "status": str, "keep": str, "rounds": int, "leaders": int, "conditions": int, "extents": list,
    "replication": dict, "replicates": int,
}  # fmt: skip
"""what a manifest must have for a study to be gone on with"""
LOCK: Final = ".lock"
PATIENCE: Final = 0.5
"""seconds for which a lock is asked for: a process that a killed one was starting holds the lock a moment longer"""


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a results folder; None where there is none. Raises InputError where it cannot be read."""
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {why}; give another folder") from None
    if not isinstance(found, dict):
        raise InputError(f"{path} is not a manifest of commonweal; give another folder")
    return found


def is_ours(manifest: Mapping[str, Any] | None) -> bool:
    """Whether a manifest is one that commonweal wrote for a study: by its identity, its schema and its numbers."""
    if manifest is None:
        return False
    texts = [manifest.get(name) for name in ("identity", "schema_version", "numbers", "status")]
    return all(isinstance(each, str) for each in texts) and re.fullmatch(r"[0-9a-f]{32}", str(texts[0])) is not None


def require_fields(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Raise InputError where a manifest lacks what a study needs to go on, or has something else in its place."""
    for name, kind in FIELDS.items():
        if not isinstance(manifest.get(name), kind) or (name == "extents" and not all(map(_is_extent, manifest[name]))):
            raise InputError(
                f"{folder / MANIFEST} has no {name} such as commonweal writes; give another folder, or fresh=true to "
                "replace what is there"
            )


def _is_extent(value: Any) -> bool:
    """Whether it is two conditions, two replicates, from which one up to which, a number of leaders, and of pieces."""
    return isinstance(value, list) and len(value) in (5, 6) and all(isinstance(each, int) for each in value)


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Put a manifest in its place, whole. Raises OSError."""
    text = json.dumps(manifest, indent=1, sort_keys=True, default=str)
    write_whole(folder / MANIFEST, lambda path: path.write_text(text + "\n", encoding="utf-8"))


def refuse_foreign(folder: Path, manifest: Mapping[str, Any] | None) -> None:
    """Raise InputError where a folder holds anything but a study, or what one stopped at its very start may leave.

    And where it is no folder at all.
    """
    place = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    if place.exists() and not place.is_dir():
        raise InputError(f"{folder} cannot be written: {place} is a file, not a folder; give another out=")
    refuse_links(folder)
    if (manifest is not None and not is_ours(manifest)) or (manifest is None and _holds_else(folder)):
        raise InputError(f"{folder} holds something else; give an empty or new folder with out=")


def refuse_links(folder: Path) -> None:
    """Raise InputError where part of a study's folder leads out of it, by a link: what is there is somebody else's."""
    names = (*PARTS, "parts", "figures", "analysis", *BESIDE)
    for path in [*(folder / name for name in names), *folder.glob(f"{LOCK}*"), *_numbered(folder)]:
        if path.is_symlink():
            raise InputError(f"{path} is a link to {os.readlink(path)}, where nothing is written; replace it by a copy")


def _holding(folder: Path) -> list[Path]:
    """The folders of a study's own in which parts are."""
    places = [folder / name for name in (*PARTS, "parts")]
    return [each for place in places if not place.is_symlink() for each in folders_of(place)]


def _numbered(folder: Path) -> Iterator[Path]:
    """What stands where parts are kept beyond the first thousand."""
    for name in (*PARTS, "parts"):
        if (folder / name).is_dir():
            yield from (path for path in (folder / name).iterdir() if WITHIN.fullmatch(path.name))


def refuse_other(folder: Path, manifest: Mapping[str, Any], identity: str, size: Mapping[str, Any]) -> None:
    """Raise InputError, saying why, where a folder holds the results of another study.

    size: what of conf/run must be as it was.
    """
    changed = [name for name, value in size.items() if manifest.get(name, value) != value]
    if is_earlier(manifest):
        why = "was played by an earlier version of commonweal, which kept results in another form"
    elif outdated(manifest):
        why = outdated(manifest)
    elif manifest["identity"] == identity:
        return
    elif changed:
        was, now = (", ".join(f"run.{name}={of[name]}" for name in changed) for of in (manifest, size))
        why = f"was played with {was}, not {now}"
    else:
        why = "holds the results of another study"
    raise InputError(f"{folder} {why}; give another out=, or fresh=true to replace what is there")


def is_earlier(manifest: Mapping[str, Any]) -> bool:
    """Whether a manifest was written when comparisons and designs were kept apart: finished studies are read still."""
    return "keep" not in manifest


def outdated(manifest: Mapping[str, Any]) -> str:
    """That results were made by a model with other numbers, in words; empty where they were not."""
    if manifest.get("numbers") == NUMBERS:
        return ""
    return f"was played when the model's numbers were of version {manifest.get('numbers')}; they are now of {NUMBERS}"


def _holds_else(folder: Path) -> bool:
    """Whether a folder without a manifest holds anything but what a study that was stopped at its start may leave."""
    if not folder.exists():
        return False
    allowed = (*PARTS, CONDITIONS, LOCK)
    return any(
        (not path.name.startswith(allowed) and not path.name.endswith(".tmp"))
        or (path.is_dir() and any(not each.name.endswith(".tmp") for each in path.iterdir()))
        for path in folder.iterdir()
    )  # fmt: skip


def remove_study(folder: Path) -> list[str]:
    """Remove a study's own files, but the lock; what is not a study's stays. Returns the names of what stayed.

    The manifest goes last: whatever stops this, the folder is still known for a study's. Raises OSError.
    """
    holding = _holding(folder)
    ours = [path for each in holding for path in each.glob("*") if PART.fullmatch(path.name)]
    ours += [folder / "figures" / name for name in figures_of(read_manifest(folder) or {})]
    ours += [folder / name for name in (*TABLES, CONDITIONS, MANIFEST)]
    for path in ours:
        if path.is_file() and not (path.is_symlink() or (path.parent.is_symlink() and path.parent != folder)):
            path.unlink()
    for each in (*reversed(holding), folder / "figures"):
        with suppress(OSError):  # it is not there, or not empty
            each.rmdir()
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(LOCK))


def figures_of(manifest: Mapping[str, Any]) -> list[str]:
    """The names of the figures that were drawn of a study: what is in the list that could be none is left out."""
    names = manifest.get("figures")
    return [each for each in names if re.fullmatch(r"\w+\.(png|svg)", str(each))] if isinstance(names, list) else []


@contextmanager
def locked(folder: Path, shard: str = "", patience: float = PATIENCE) -> Iterator[None]:
    """Nobody else fills the folder meanwhile, or the same shard of it. The lock goes with the process, however it ends.

    patience: seconds for which somebody else may take. Raises InputError where they take longer. Where files cannot be
    locked (Windows), nobody is kept out.
    """
    if find_spec("fcntl") is None:
        yield
        return
    refuse_links(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / f"{LOCK}{shard}").open("a+")
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {why(error)}; give another out=") from None
    with file:
        deadline = time.monotonic() + patience
        while not _taken(file):
            if time.monotonic() > deadline:
                file.seek(0)
                who = file.read().strip() or "another process"
                raise InputError(f"{folder} is being filled by {who}; wait until it is done, or stop it")
            time.sleep(0.02)
        with suppress(OSError):  # on a full disk the lock holds without its owner's name
            file.truncate(0)
            file.write(f"process {os.getpid()} on {os.uname().nodename}\n")
            file.flush()
        yield


def is_locked(folder: Path) -> str | None:
    """Who is filling a folder; None where nobody is."""
    if find_spec("fcntl") is None:
        return None
    for path in sorted(folder.glob(f"{LOCK}*")):
        with suppress(OSError), path.open() as file:
            if not _taken(file):
                file.seek(0)
                return file.read().strip() or "another process"
    return None


def _taken(file: IO[str]) -> bool:
    """Whether a file was free, and is locked now."""
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
