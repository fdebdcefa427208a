"""The user's own modules: those that are allowed, and no others, are found in the current folder.

It is searched last, so that a file that lies there by chance, `json.py` or `numpy.py`, is in nobody's way.
"""

import importlib.util
import sys
from collections.abc import Iterable, Sequence
from importlib.machinery import ModuleSpec, PathFinder


class CurrentFolder:
    """Finds the modules of some names, and what is in their packages, in the folder that is current when asked."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def find_spec(self, name: str, path: Sequence[str] | None, target: object = None) -> ModuleSpec | None:
        """Where a module is. (What is in a package has a path, and is found by Python itself.)"""
        return PathFinder.find_spec(name, [""]) if path is None and name in self.names else None


_found = CurrentFolder()


def allow(modules: Iterable[str]) -> None:
    """From now on, find these modules in the current folder too: names with dots, of which the first part counts."""
    _found.names.update(module.partition(".")[0] for module in modules)
    if _found not in sys.meta_path:
        sys.meta_path.append(_found)


def forget() -> None:
    """Find none, until some are allowed anew: what one command was allowed, the next of a process is not."""
    _found.names.clear()


def allowed() -> tuple[str, ...]:
    """What was allowed so far, for another process to allow it too."""
    return tuple(sorted(_found.names))


def missing(module: str) -> bool:
    """Whether a module cannot be found. Packages that hold it are imported to look."""
    try:
        return importlib.util.find_spec(module) is None
    except ImportError:
        return True
