"""Conf that names every strategy, made from the one list: a new strategy of the package is in it by itself.

Files of conf take these in their defaults: `/every_strategy/members@members` in conf/strategy/portfolio.yaml. To Hydra
they are files like others, so that each value is overridden, completed and shown by its name.
"""

from typing import Any, Final

from hydra.core.config_store import ConfigStore

from commonweal.model.strategies import ALL, STRATEGIES

GROUP: Final = "every_strategy"
"""the group of conf that has no folder"""

MADE: Final[dict[str, dict[str, Any]]] = {
    "members": {"defaults": [f"/strategy/{name}@{name}" for name in STRATEGIES]},
    "off": {name: {"intensity": 0.0, "start": 1, "end": 0, "ramp": 0} for name in STRATEGIES},
    "full_strength": {name: {"intensity": 1.0} for name in STRATEGIES},
    "off_and_on": {f"strategy.parts.{name}.intensity": [0.0, 1.0] for name in STRATEGIES},
    "each_and_all": {"strategies": [*STRATEGIES, ALL]},
}
"""members and parts of a portfolio; the factors of a factorial; what an experiment compares"""


def offer() -> None:
    """Have Hydra find them."""
    for name, node in MADE.items():
        ConfigStore.instance().store(name, node, group=GROUP, provider="commonweal")


offer()
