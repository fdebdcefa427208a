"""PRIM of the EMA Workbench, without the workbench, whose ways to play models take three seconds to import."""

import sys
import warnings
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any, Final

PACKAGE: Final = "ema_workbench"
WITHIN: Final = ("", ".analysis", ".em_framework")
"""packages of it that import all they have"""


@cache
def prim() -> Any:
    """The module ema_workbench.analysis.prim; other importers of the workbench have all of it, before and after."""
    with warnings.catch_warnings(action="ignore"):  # it says which of its ways to play models are not installed
        spec = find_spec(PACKAGE)
        if PACKAGE not in sys.modules and spec is not None and spec.origin is not None:
            return _alone(Path(spec.origin).parent)
        from ema_workbench.analysis import prim

        return prim


def _alone(folder: Path) -> Any:
    """With packages in place of those that are not executed."""
    for name in WITHIN:
        package = ModuleType(PACKAGE + name)
        package.__path__ = [str(folder.joinpath(*name.split(".")))]
        sys.modules[PACKAGE + name] = package
    try:
        from ema_workbench.analysis import prim

        return prim
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            del sys.modules[name]
