"""Folder: what every study's folder has, a manifest that says what it holds and a lock while it is being filled."""

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final, Literal

from commonweal.errors import InputError
from commonweal.files import write_whole
from commonweal.model.numbers import NUMBERS

MANIFEST: Final = "manifest.json"
Kind = Literal["comparison", "design"]
HELD: Final = {"comparison": "a comparison of strategies", "design": "the runs of a design"}
"""what a folder holds, by its kind"""
FIELDS: Final = {
    "comparison": {
        "identity": str, "status": str, "replicates": int, "rounds": int, "leaders": int, "runs": int,
        "conditions": dict, "matched": dict,
    },
    "design": {
        "identity": str, "status": str, "rounds": int, "leaders": int, "conditions": int, "extents": list,
        "replication": dict,
    },
}  # fmt: skip
"""what a manifest must have for a study to be gone on with"""
LOCK: Final = ".lock"
PATIENCE: Final = 0.5
"""seconds for which a lock is asked for: a process that a killed one was starting holds the lock a moment longer"""


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a results folder; None where there is none. Raises InputError where it cannot be read."""
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read: {why}; give another folder") from None
    if not isinstance(found, dict):
        raise InputError(f"{path} is not a manifest of commonweal; give another folder")
    return found


def require_fields(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Raise InputError where a manifest lacks what a study needs to go on, or has something else in its place."""
    for name, kind in FIELDS[kind_of(manifest)].items():
        if not isinstance(manifest.get(name), kind) or (name == "extents" and not all(map(_is_extent, manifest[name]))):
            raise InputError(
                f"{folder / MANIFEST} has no {name} such as commonweal writes; give another folder, or fresh=true to "
                "replace what is there"
            )


def _is_extent(value: Any) -> bool:
    """Whether it is two conditions and two replicates: from which one up to which."""
    return isinstance(value, list) and len(value) == 4 and all(isinstance(each, int) for each in value)


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Put a manifest in its place, whole. Raises OSError."""
    text = json.dumps(manifest, indent=1, sort_keys=True, default=str)
    write_whole(folder / MANIFEST, lambda path: path.write_text(text + "\n"))


def refuse_other(folder: Path, manifest: Mapping[str, Any], kind: Kind, identity: str, size: Mapping[str, Any]) -> None:
    """Raise InputError, saying why, where a folder holds the results of something else.

    size: what of conf/run must be as it was.
    """
    changed = [name for name, value in size.items() if manifest.get(name, value) != value]
    if kind_of(manifest) != kind:
        why = f"holds {HELD[kind_of(manifest)]}, not {HELD[kind]}"
    elif manifest["identity"] == identity:
        return
    elif changed and not outdated(manifest):
        was, now = (", ".join(f"run.{name}={of[name]}" for name in changed) for of in (manifest, size))
        why = f"was played with {was}, not {now}"
    else:
        why = outdated(manifest) or "holds the results of another study"
    raise InputError(f"{folder} {why}; give another out=, or fresh=true to replace what is there")


def kind_of(manifest: Mapping[str, Any]) -> Kind:
    """What a folder with that manifest holds."""
    return "design" if manifest.get("kind") == "design" else "comparison"


def outdated(manifest: Mapping[str, Any]) -> str:
    """That results were made by a model with other numbers, in words; empty where they were not."""
    if manifest.get("numbers") == NUMBERS:
        return ""
    return f"was played when the model's numbers were of version {manifest.get('numbers')}; they are now of {NUMBERS}"


def holds_else(folder: Path, ours: tuple[str, ...]) -> bool:
    """Whether a folder holds anything but what a study that was stopped at its very start may leave."""
    if not folder.exists():
        return False
    allowed = (*ours, LOCK)
    return any(
        (not path.name.startswith(allowed) and not path.name.endswith(".tmp"))
        or (path.is_dir() and any(not each.name.endswith(".tmp") for each in path.iterdir()))
        for path in folder.iterdir()
    )  # fmt: skip


@contextmanager
def locked(folder: Path, shard: str = "", patience: float = PATIENCE) -> Iterator[None]:
    """Nobody else fills the folder meanwhile, or the same shard of it. The lock goes with the process, however it ends.

    patience: seconds for which somebody else may take. Raises InputError where he takes longer. Where files cannot be
    locked (Windows), nobody is kept out.
    """
    if find_spec("fcntl") is None:
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / f"{LOCK}{shard}").open("a+")
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error.strerror}; give another out=") from None
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
        with suppress(OSError), path.open("a+") as file:
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
