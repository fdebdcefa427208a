"""What a survey is: the conditions of a design, and how often each is to be played."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from commonweal.model.numbers import NUMBERS
from commonweal.study.comparison import Size
from commonweal.study.replication.rule import Rule
from commonweal.study.schema import SCHEMA_VERSION
from commonweal.study.variation import Variation


@dataclass(frozen=True)
class Survey:
    """What is to be played."""

    experiment: str
    design: str
    variation: Variation
    names: tuple[str, ...]
    """what conditions are called, in the design's order"""
    columns: dict[str, list[Any]]
    """per path of a parameter one value for each condition; None leaves it as it is"""
    across: tuple[str, ...]
    """columns within whose values conditions are compared"""
    size: Size
    rule: Rule
    config: dict[str, Any]
    """the resolved configuration, for the manifest"""
    command: tuple[str, ...] = field(default=())
    """what was typed, for the manifest"""

    @property
    def leaders(self) -> int:
        """Leaders of a community: the most in any condition, where that is varied."""
        own = [each for each in self.columns.get("community.leaders", []) if each is not None]
        return max([self.variation.world({}).community.size, *own])

    @property
    def identity(self) -> str:
        """A hash of everything that decides the numbers but how many conditions and replicates there are."""
        content = {
            "numbers": NUMBERS,
            "schema": SCHEMA_VERSION,
            "seed": self.size.seed,
            "rounds": self.size.rounds,
            "world": self.variation.world({}).fingerprint(),
            "variants": self.variation.variants,
        }
        return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).hexdigest()

    def changes(self, condition: int) -> dict[str, Any]:
        """What a condition changes."""
        found = {path: values[condition] for path, values in self.columns.items()}
        return {path: value for path, value in found.items() if value is not None}

    def in_order(self, order: Sequence[int]) -> "Survey":
        """The same conditions in another order."""
        columns = {path: [values[each] for each in order] for path, values in self.columns.items()}
        return replace(self, names=tuple(self.names[each] for each in order), columns=columns)
