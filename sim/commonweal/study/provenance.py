"""Provenance: what a manifest tells of where results came from."""

import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from commonweal.model.numbers import NUMBERS


def by_path(config: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """Every value of a configuration by its path, such as `learn.public`; what is empty has none."""
    found: dict[str, Any] = {}
    for name, value in config.items():
        here = f"{path}{name}"
        found |= by_path(value, f"{here}.") if isinstance(value, Mapping) else {here: value}
    return found


def origin(command: Sequence[str]) -> dict[str, Any]:
    """What made a result: the version of the numbers, the command, the software, the machine, and when."""
    return {
        "numbers": NUMBERS,
        "command": list(command),
        "versions": _versions(),
        "git": _git(),
        "machine": {"system": platform.system(), "architecture": platform.machine()},
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }


@cache
def _versions() -> dict[str, str]:
    packages = (
        "commonweal", "mesa", "numpy", "numba", "pandas", "scipy", "pyarrow", "hydra-core", "networkx", "pydantic",
    )  # fmt: skip
    return {"python": platform.python_version()} | {name: version(name) for name in packages}


def _git() -> dict[str, Any] | None:
    """The commit of the source tree, and whether it was changed since; None outside a clone."""
    here = Path(__file__).parent

    def ask(*question: str) -> str:
        return subprocess.run(
            ["git", "-C", here, *question], capture_output=True, text=True, check=True, timeout=10
        ).stdout

    try:
        if Path(ask("rev-parse", "--show-toplevel").strip()).resolve() != here.parents[2].resolve():
            return None
        return {"commit": ask("rev-parse", "HEAD").strip(), "dirty": bool(ask("status", "--porcelain").strip())}
    except (OSError, subprocess.SubprocessError):
        return None
