"""Alone: a module of a package that imports much, without the rest of it, or without another package."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any


@cache
def alone(module: str, *packages: str) -> Any:
    """A module of packages, the outermost first, that are not executed for it.

    Whoever imports them, before or after, has all of them. Where they were imported before, it is theirs.
    """
    with warnings.catch_warnings(action="ignore"):  # some say what they could do if more were installed
        top = packages[0]
        spec = find_spec(top)
        if top in sys.modules or spec is None or spec.origin is None:
            return import_module(module)
        for name in packages:
            package = ModuleType(name)
            package.__path__ = [str(Path(spec.origin).parent.joinpath(*name.split(".")[1:]))]
            sys.modules[name] = package
        try:
            return import_module(module)
        finally:
            for name in [name for name in sys.modules if name.partition(".")[0] == top]:
                del sys.modules[name]


@contextmanager
def absent(package: str) -> Iterator[None]:
    """Meanwhile a package is as if it were not installed, unless it was imported before."""
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # pyright: ignore[reportArgumentType]  (by which Python knows one that is not there)
    try:
        yield
    finally:
        del sys.modules[package]
