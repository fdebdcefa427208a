"""Strategies: what a convener can do. One file each; each turns what is public into levers, and nothing else.

STRATEGIES is the one list of them: whoever compares, mixes, draws or describes strategies takes them from here.

- strategy: what every strategy has in common
"""

from pathlib import Path
from typing import Final

from commonweal.files import shipped

_APART: Final = {"laissez_faire", "portfolio"}
"""the baseline, and the mix of the others"""
_FIRST: Final = (
    "build_relationships", "common_goals", "incentives", "communication", "shared_vision", "inclusion",
    "lead_by_example",
)  # fmt: skip
"""their order in tables and designs; any other follows by name"""


def _there() -> tuple[str, ...]:
    """The strategies that have both a module here and a file in conf."""
    modules = {path.stem for path in Path(__file__).parent.glob("*.py")}
    names = {path.stem for path in (shipped("conf") / "strategy").glob("*.yaml")} & modules - _APART
    return (*(name for name in _FIRST if name in names), *sorted(names - set(_FIRST)))


STRATEGIES: Final = _there()
"""every single strategy that travels with the package, by name"""
ALL: Final = "all"
"""the mix of them all (conf/strategy/all.yaml)"""
