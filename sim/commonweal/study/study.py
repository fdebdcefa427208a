"""Study: which conditions are to be played, how often, and what is kept of them. There is one kind."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from pydantic import Field, field_validator

from commonweal.model.community.community_of_roster import CommunityOfRoster
from commonweal.model.numbers import NUMBERS
from commonweal.model.params import Factor, Money, Params
from commonweal.model.run import RUN_MEASURES, Own
from commonweal.model.strategies.portfolio import Portfolio
from commonweal.model.world import World, plain
from commonweal.study.blocks import Keep
from commonweal.study.conditions import CURVE, ENSEMBLE, INTENSITY
from commonweal.study.replication.rule import Rule
from commonweal.study.schema import SCHEMA_VERSION
from commonweal.study.variation import GROUPS, Variation
from commonweal.units import NONE, Units


class Size(Params):
    """How much is simulated, and how much of it kept (conf/run)."""

    replicates: int = Field(ge=1, le=10_000_000)
    """replicates of each condition; the same number has the same luck in every condition"""
    rounds: int = Field(ge=1, le=100_000)
    """rounds of each run; a round is a month"""
    seed: int = Field(ge=0, lt=2**63)
    """root of all luck"""
    keep: Keep | None
    """what is kept; null for rounds where strategies are compared, and runs elsewhere"""
    sums: list[Money] = Field(max_length=100)
    """MU per leader and round of a cost curve, rising; strategies are played at several doses for it"""

    @field_validator("sums")
    @classmethod
    def _rising(cls, sums: list[float]) -> list[float]:
        if sums != sorted(set(sums)) or (sums and sums[0] <= 0.0):
            raise ValueError(f"{sums} must rise from more than 0, such as [5,10,20]")
        return sums


@dataclass(frozen=True)
class Study:
    """What is to be played.

    A comparison of strategies is a study over strategy x scenario with a baseline: its conditions are held against the
    baseline of their scenario, and in a second wave its strategies are played once more, all at the same spend.
    """

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
    baseline: str | None = None
    """the strategy that is doing nothing, where strategies are compared"""
    equal_spend: Factor | None = None
    """MU per leader and round of the second wave; None for the least that any of the scenario spends in full"""
    smallest_effect: float = 0.0
    """smallest effect of interest, as a share of what the baseline has of a measure; 0 where none is declared"""
    units: Units = NONE
    """what amounts of MU are told in; it changes none that is kept"""
    own: Own | None = None
    """leaders of a class of the user's own"""
    beside: Mapping[str, "Study"] = field(default_factory=dict)
    """what is played in folders within its own, by their names: the same comparison in other worlds, or at other doses
    """
    config: dict[str, Any] = field(default_factory=dict)
    """the resolved configuration, for the manifest"""
    command: tuple[str, ...] = ()
    """what was typed, for the manifest"""

    @property
    def keep(self) -> Keep:
        """What is kept of each run."""
        return self.size.keep or ("runs" if self.baseline is None else "rounds")

    @property
    def ensemble(self) -> "Study | None":
        """The same comparison in other worlds."""
        return self.beside.get(ENSEMBLE)

    @property
    def curve(self) -> "Study | None":
        """The same comparison at other doses, from which a cost curve is made."""
        return self.beside.get(CURVE)

    @cached_property
    def leaders(self) -> int:
        """Leaders of a community: the most in any condition, where that is varied."""
        paths = [path for path in self.columns if path.partition(".")[0] == "community"]
        rows = {repr(row): row for row in zip(*(self.columns[path] for path in paths), strict=True)} or {"": ()}
        changes = [dict(zip(paths, row, strict=True)) for row in rows.values()]
        return max(self.variation.world(each).community.size for each in changes)

    @property
    def endowment(self) -> float:
        """Mean endowment of a leader in the first condition, MU per round: as a roster has it, else as people do."""
        world = self.world(0)
        usual = world.people.endowment
        if not isinstance(world.community, CommunityOfRoster):
            return usual
        given = world.community.roster().endowment
        return float(np.where(np.isnan(given), usual, given).mean())

    @property
    def strategies(self) -> list[str]:
        """The names of the strategies that are played, the baseline first where there is one."""
        return self._chosen("strategy")

    @property
    def scenarios(self) -> list[str]:
        """The names of the scenarios that are played."""
        return self._chosen("scenario")

    def _chosen(self, group: str) -> list[str]:
        usual = self.variation.names.get(group, "")
        return list(dict.fromkeys(each or usual for each in self.columns.get(group, [usual])))

    def too_late(self) -> Iterator[str]:
        """What would come after the last round, and so never does: events, and strategies of a portfolio."""
        for scenario in self.scenarios:
            for event, usual in self._chosen_world("scenario", scenario).scenario.events.shocks.items():
                if late := [each for each in self._set(f"scenario.events.{event}", usual) if each >= self.size.rounds]:
                    yield (
                        f"scenario={scenario}: the {event} comes at the end of round {min(late)}; give more than "
                        f"{max(late)} run.rounds"
                    )
        for strategy in self.strategies:
            chosen = self._chosen_world("strategy", strategy).strategy
            for name, part in chosen.parts.items() if isinstance(chosen, Portfolio) else ():
                start = max(self._set(f"strategy.parts.{name}.start", part.start))
                if start > self.size.rounds and any(self._set(f"strategy.parts.{name}.intensity", part.intensity)):
                    yield f"strategy={strategy}: {name} begins in round {start}; give at least {start} run.rounds"

    def _chosen_world(self, group: str, name: str) -> World:
        return self.variation.world({group: name} if group in self.columns else {})

    def _set(self, path: str, usual: Any) -> set[Any]:
        """What conditions have a parameter set to."""
        return {usual if each is None else each for each in self.columns.get(path, [None])}

    @property
    def second_wave(self) -> list[int]:
        """The conditions that are played once more at equal spend."""
        if self.baseline is None:
            return []
        others = [at for at, name in enumerate(self.columns["strategy"]) if name != self.baseline]
        several = len({self.columns["strategy"][at] for at in others}) > 1
        return others if several or self.equal_spend is not None else []

    @cached_property
    def identity(self) -> str:
        """A hash of everything that decides the numbers but which conditions and how many replicates there are.

        Of what a group that is varied holds, `Variation.key` has a hash in each condition.
        """
        base = self.variation.world({})
        varied = {path for path in GROUPS if None not in self.columns.get(path, [None])}
        content = {
            "numbers": NUMBERS,
            "schema": SCHEMA_VERSION,
            "measures": list(RUN_MEASURES),
            "seed": self.size.seed,
            "rounds": self.size.rounds,
            "keep": self.keep,
            "equal_spend": self.equal_spend,
            "base": {group: plain(getattr(base, group)) for group in GROUPS if group not in varied},
            "roster": "" if "community" in varied else base.roster_fingerprint(),
            "own": "" if self.own is None else repr(self.own),
        }
        return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).hexdigest()

    def changes(self, condition: int) -> dict[str, Any]:
        """What a condition changes."""
        found = {path: values[condition] for path, values in self.columns.items()}
        return {path: value for path, value in found.items() if value is not None}

    def key(self, condition: int) -> str:
        """A hash of what a condition changes, and of what it changes it to."""
        return self.variation.key(self.changes(condition))

    def world(self, condition: int) -> World:
        """The world of a condition. Raises InputError."""
        return self.variation.world(self.changes(condition))

    def in_order(self, order: Sequence[int]) -> "Study":
        """The same conditions in another order."""
        columns = {path: [values[each] for each in order] for path, values in self.columns.items()}
        return replace(self, names=tuple(self.names[each] for each in order), columns=columns)


def at_equal_spend(name: str, changes: dict[str, Any], intensity: float) -> tuple[str, dict[str, Any]]:
    """What a condition is called and changes when its strategy's doses are scaled."""
    return f"{name} (equal spend)", changes | {INTENSITY: intensity}
