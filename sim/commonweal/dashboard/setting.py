"""A setting of the page: what is chosen, the worlds it makes, and how it is written down and made again."""

import shlex
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import parse_qsl, urlencode

import yaml

from commonweal.advice import command, grammatical
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.model.params import nearest
from commonweal.model.strategies import STRATEGIES
from commonweal.model.strategies.portfolio import Portfolio
from commonweal.model.world import World
from commonweal.report.meanings import assumed
from commonweal.study.conditions import BASELINE
from commonweal.study.study import Study
from commonweal.units import NONE, Units

COMMUNITIES: Final = (
    "small_world", "scale_free", "hierarchy", "sector_silos", "one_hub", "florentine_families", "davis_clubs",
)  # fmt: skip
SCENARIOS: Final = (
    "calm", "polarised", "scarce", "broken_trust", "one_hub", "crisis", "turnover", "scandal", "budget_cut", "arrival",
)  # fmt: skip

NAMES: Final = ("A", "B")
"""what the two portfolios are called"""
OWN_CONF: Final = "my_conf"
"""what the folder of the user's own conf is called in what the page says"""

_composing = threading.Lock()
"""Hydra composes for one at a time"""


@dataclass(frozen=True)
class Files:
    """A roster that was uploaded: where its files are kept."""

    leaders: str
    ties: str | None = None
    groups: str | None = None
    called: tuple[tuple[str, str], ...] = ()
    """leaders, ties, groups: what the user calls the file"""


@dataclass(frozen=True)
class Setting:
    """What is chosen on the page. Intensities are by strategy, 0 where one is not named."""

    community: str = "small_world"
    files: Files | None = None
    """in the place of a community"""
    scenario: str = "calm"
    units: Units = NONE
    """what amounts are told in"""
    budget: float | None = None
    """MU per leader and run; None for no limit"""
    portfolios: tuple[Mapping[str, float], ...] = field(
        default_factory=lambda: ({"communication": 1.0}, {"lead_by_example": 1.0})
    )
    replicates: int = 200
    rounds: int = 60
    seed: int = 1

    def world(self, portfolio: Mapping[str, float] | None) -> World:
        """The world with a portfolio; None for doing nothing. Raises InputError."""
        variation = _varied(tuple(self._roster())).variation
        place = {} if self.files else {"community": self.community}
        strategy = {"strategy": BASELINE if portfolio is None else "portfolio"}
        parts = {f"strategy.parts.{name}.intensity": float(value) for name, value in (portfolio or {}).items()}
        return variation.world(
            {**place, "scenario": self.scenario, "convener.budget": self.budget, **strategy, **parts}
        )

    @property
    def smallest_effect(self) -> float:
        """The smallest effect of interest, as a share of what doing nothing has."""
        return _varied(tuple(self._roster())).smallest_effect

    def practice(self) -> list[str]:
        """What each strategy means on Monday, at full strength in this community."""
        world = self.world(dict.fromkeys(STRATEGIES, 1.0))
        mix = world.strategy
        assert isinstance(mix, Portfolio)
        leaders = world.community.size
        return [f"{name.replace('_', ' ')}: {mix.members[name].in_practice(leaders)}" for name in STRATEGIES]

    @property
    def people(self) -> str:
        """How many people are assumed, where no file of the user's own says how many there are; else ''."""
        return "" if self.files and self.files.groups else assumed(self.world(None).people.people_per_leader)

    @property
    def _own(self) -> dict[str, str | float]:
        """What is said of the units; nothing where there are none."""
        return {"money": self.units.money, "mu": self.units.mu} if self.units.money else {}

    def query(self) -> str:
        """The setting as the part of an address behind '?', from which `of_query` makes it again.

        Files and money of the user's own are not in it.
        """
        parts = [
            ",".join(f"{name}:{value:g}" for name, value in portfolio.items() if value)
            for portfolio in self.portfolios
        ]  # fmt: skip
        values = {"community": self.community, "scenario": self.scenario, **dict(zip(NAMES, parts, strict=True))}
        if self.budget is not None:
            values["budget"] = f"{self.budget:.12g}"
        return urlencode(values, safe=":,")

    def overrides(self, portfolio: Mapping[str, float]) -> list[str]:
        """The same as overrides of `commonweal run`."""
        values = [f"strategy.parts.{name}.intensity={portfolio[name]:g}" for name in STRATEGIES if portfolio.get(name)]
        budget = [] if self.budget is None else [f"convener.budget={self.budget:.12g}"]
        size = [f"run.replicates={self.replicates}", f"run.rounds={self.rounds}", f"run.seed={self.seed}"]
        place = self._roster(own=True) or [f"community={self.community}"]
        own = [
            f"units.{key}={grammatical(value) if isinstance(value, str) else repr(value)}"
            for key, value in self._own.items()
        ]
        return [*place, f"scenario={self.scenario}", "strategy=portfolio", *values, *budget, *size, *own]

    def command(self, portfolio: Mapping[str, float]) -> str:
        """The command that reproduces it."""
        return shlex.join(["commonweal", "run", *self.overrides(portfolio)])

    def conf(self, portfolio: Mapping[str, float]) -> str:
        """The same as a file for experiment/ in a folder of the user's own conf."""
        files = {f"{kind}_file": path for kind, path in self._files(own=True).items()}
        parts = {name: {"intensity": float(portfolio[name])} for name in STRATEGIES if portfolio.get(name)}
        values = {
            "experiment": {"name": "from_the_page", "strategies": None, "scenarios": None},
            "community": files,
            "strategy": {"parts": parts} if parts else {},
            "convener": {} if self.budget is None else {"budget": float(self.budget)},
            "units": self._own,
            "run": {"replicates": self.replicates, "rounds": self.rounds, "seed": self.seed},
        }
        chosen = {
            "community": "roster" if files else self.community,
            "scenario": self.scenario,
            "strategy": "portfolio",
        }
        defaults = [*({f"override /{group}": name} for group, name in chosen.items()), "_self_"]
        whole = {"defaults": defaults} | {name: value for name, value in values.items() if value}
        text = yaml.safe_dump(whole, sort_keys=False, allow_unicode=True)
        return f"# @package _global_\n{text}"

    @staticmethod
    def command_of_conf(name: str) -> str:
        """The command that plays the file of `conf` when it is called name.yaml."""
        return command("run", "--config-dir", OWN_CONF, f"experiment={name}")

    def _files(self, own: bool) -> dict[str, str]:
        """The roster's files by kind, as they are kept, or as their owner calls them."""
        if self.files is None:
            return {}
        kept = {"leaders": self.files.leaders, "ties": self.files.ties, "groups": self.files.groups}
        called = dict(self.files.called) if own else {}
        return {kind: called.get(kind) or path for kind, path in kept.items() if path}  # pyright: ignore

    def _roster(self, own: bool = False) -> list[str]:
        """The overrides that choose the roster; none where there is none."""
        files = [f"community.{kind}_file={grammatical(path)}" for kind, path in self._files(own).items()]
        return ["community=roster", *files] if files else []


def of_query(query: str) -> Setting:
    """The setting of an address. Raises InputError where it names what there is not."""
    given = dict(parse_qsl(query, keep_blank_values=True))
    community, scenario = given.get("community", Setting.community), given.get("scenario", Setting.scenario)
    for name, known in ((community, COMMUNITIES), (scenario, SCENARIOS)):
        if name not in known:
            raise InputError(f"The address has {name!r}, which is not there; {nearest(name, list(known))}")
    budget = _number(given["budget"], "the budget", 1e9) if "budget" in given else None
    usual = Setting().portfolios
    portfolios = tuple(_portfolio(given[name]) if name in given else usual[at] for at, name in enumerate(NAMES))
    return Setting(community=community, scenario=scenario, budget=budget, portfolios=portfolios)


def _portfolio(text: str) -> dict[str, float]:
    found = {}
    for part in filter(None, text.split(",")):
        name, _, value = part.partition(":")
        if name not in STRATEGIES:
            raise InputError(f"The address has {name!r}, which is no strategy; {nearest(name, list(STRATEGIES))}")
        found[name] = _number(value, name, 1.0)
    return found


def _number(text: str, what: str, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0.0 <= value <= most:
        raise InputError(f"The address has {text!r} for {what}; it must be a number from 0 to {most:g}")
    return value


@lru_cache(maxsize=8)
def _varied(roster: tuple[str, ...]) -> Study:
    """All that can be chosen in the roster, or in any shipped community: composed at once. Raises InputError."""
    over = {"scenario": SCENARIOS, "strategy": (BASELINE, "portfolio")} | ({} if roster else {"community": COMMUNITIES})
    grid = ",".join(f"{group}:[{','.join(names)}]" for group, names in over.items())
    with _composing, session():
        return read([*roster, "design=grid", f"design.over={{{grid}}}"]).study
