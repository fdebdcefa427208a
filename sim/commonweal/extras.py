"""Extras: packages that not everybody needs, what they are for, and a command that installs them."""

import shlex
import sys
from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec
from typing import Final

from commonweal.errors import InputError

MODULES: Final = {
    "notebooks": ("jupytext", "nbclient", "nbconvert", "ipykernel"),
    "sensitivity": ("SALib", "ema_workbench", "optuna", "statsmodels"),
    "dashboard": ("solara", "altair", "ipyvuetify"),
    "cluster": ("distributed",),
}
"""per extra of pyproject.toml the modules by which it is known to be there"""


def need(extra: str, what: str) -> None:
    """Raise InputError where an extra is not installed, with the command that installs it. what: needs it."""
    if any(find_spec(name) is None for name in MODULES[extra]):
        raise InputError(lacking(extra, what))


def lacking(extra: str, what: str) -> str:
    """The sentence that says so."""
    return f"{what} needs the extra {extra}, which is not installed; install it with: {command(extra)}"


def command(extra: str) -> str:
    """A command that installs what an extra holds beside the commonweal that is running, wherever that came from."""
    front = [sys.executable, "-m", "pip"] if find_spec("pip") else ["uv", "pip"]
    where = [] if find_spec("pip") else ["--python", sys.executable]
    return shlex.join([*front, "install", *where, *_packages(extra)])


def _packages(extra: str) -> list[str]:
    """What an extra holds, as the installed package says."""
    try:
        told = [each.partition(";") for each in requires("commonweal") or ()]
    except PackageNotFoundError:
        told = []
    found = [name.strip() for name, _, marker in told if marker.replace('"', "'").strip() == f"extra == '{extra}'"]
    return found or [f"commonweal[{extra}]"]
