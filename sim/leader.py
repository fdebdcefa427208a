"""Leaders as Mesa agents: each is a view of one row of the state's arrays, and may choose for himself."""

from collections.abc import Callable, Iterable
from numbers import Real
from random import Random
from typing import Any, Final, NamedTuple, Self, overload

import mesa
import numpy as np

from sim import luck
from sim.community.labels import Labels, labels
from sim.state import State
from sim.world import World

OWN_CHOICE: Final = 0xFFFF
"""the stream of luck for choices that leaders make themselves; sim.luck counts up from 1, this is the last"""


class Number:
    """An attribute of a leader that is one number in his row; it can be set where it has bounds."""

    def __init__(self, meaning: str, unit: str, low: float | None = None, high: float | None = None) -> None:
        self.meaning, self.low, self.high = meaning, low, high
        bounds = "read only" if low is None or high is None else f"{low:g}..{high:g}"
        self.__doc__ = f"{meaning} ({unit}; {bounds})"

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, leader: None, owner: type) -> Self: ...
    @overload
    def __get__(self, leader: "Leader", owner: type) -> float: ...
    def __get__(self, leader: "Leader | None", owner: type) -> Self | float:
        return self if leader is None else float(getattr(leader.model.state.leaders, self.name)[leader.row])

    def __set__(self, leader: "Leader", value: float) -> None:
        if self.low is None or self.high is None:
            raise AttributeError(f"{self.name} of {leader.name} cannot be set: the round works it out")
        if not (isinstance(value, Real) and self.low <= value <= self.high):
            raise ValueError(
                f"{self.name} of {leader.name} was set to {value!r}: "
                f"it must be a number from {self.low:g} to {self.high:g} ({self.meaning})"
            )
        getattr(leader.model.state.leaders, self.name)[leader.row] = value


class Flag:
    """An attribute of a leader that is yes or no in his row; it cannot be set."""

    def __init__(self, meaning: str) -> None:
        self.__doc__ = f"whether {meaning} (read only)"

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, leader: None, owner: type) -> Self: ...
    @overload
    def __get__(self, leader: "Leader", owner: type) -> bool: ...
    def __get__(self, leader: "Leader | None", owner: type) -> Self | bool:
        return self if leader is None else bool(getattr(leader.model.state.leaders, self.name)[leader.row])

    def __set__(self, leader: "Leader", value: bool) -> None:
        raise AttributeError(f"{self.name} of {leader.name} cannot be set: the round works it out")


class Weights:
    """An attribute of a leader that is a row of weights of the issues, (K,), summing to 1.

    Reading gives a view that follows the state and is read-only; assigning copies K numbers into the row.
    """

    def __init__(self, meaning: str) -> None:
        self.__doc__ = f"{meaning} ((K,), share of each issue, sums to 1)"

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, leader: None, owner: type) -> Self: ...
    @overload
    def __get__(self, leader: "Leader", owner: type) -> np.ndarray: ...
    def __get__(self, leader: "Leader | None", owner: type) -> Self | np.ndarray:
        return self if leader is None else _read_only(getattr(leader.model.state.leaders, self.name)[leader.row])

    def __set__(self, leader: "Leader", value: Any) -> None:
        row = getattr(leader.model.state.leaders, self.name)[leader.row]
        weights = np.asarray(value)
        numbers = weights.shape == row.shape and weights.dtype.kind in "fiu"
        if not (numbers and (weights >= 0).all() and abs(weights.sum() - 1.0) <= 1e-9):
            raise ValueError(
                f"{self.name} of {leader.name} was set to {value!r}: it must be {len(row)} numbers "
                f"from 0 to 1 that sum to 1, one for each of {', '.join(leader.model.labels.issues)}"
            )
        row[:] = weights


def _read_only(array: np.ndarray) -> np.ndarray:
    view = array.view()
    view.flags.writeable = False
    return view


class Tie(NamedTuple):
    """What a leader has with another."""

    other: "Leader"
    strength: float
    """attention given to the other, 0..1"""
    trust: float
    """expected good faith of the other, 0..1"""


class Leader(mesa.Agent):
    """One leader of a community. Attributes are views of his row in the state: reading and writing go there.

    Numbers out of range are refused with a ValueError that names the attribute and its bounds. What the round
    works out anew cannot be set. Only `contribution` is both: the next round replaces what was written.

    To have leaders choose for themselves, override `choose` in a subclass, and pass the class to
    `sim.model.Cooperation` for one community, or to `own_choices` for a batch of them. A subclass may keep
    things of its own on `self`; it must not rely on anything outside its community, nor on the order in which
    leaders of the same round choose.
    """

    model: Any
    """the Cooperation he lives in; in a batch the Company that stands for it (see Host for what both have)"""

    belief = Number("mean share he expects the others to give", "share", 0, 1)
    contribution = Number("what he gave to the joint effort last", "share of the endowment", 0, 1)
    slope = Number("what he gives per share the others are believed to give", "share per share", 0, 2)
    intercept = Number("what he gives when the others are believed to give nothing", "share", 0, 1)
    temper = Number("how much more than others like him he is given to giving", "sd among leaders", -10, 10)
    promise_keeping = Number("how far a pledge binds him", "share", 0, 1)
    reservation = Number("overlap below which he refuses an agenda", "overlap", 0, 1)
    motivation = Number("intrinsic motivation, 1 untouched by incentives", "factor", 0, 2)
    willing = Number("1 while he cooperates conditionally, 0 after he has turned selfish", "0 or 1", 0, 1)
    endowment = Number("money and time he has", "MU per round", 0, 1e9)
    standing = Number("attention he commands; means 1 in a new community", "relative", 1e-9, 1e9)
    priorities = Weights("what he wants joint effort spent on")
    anchor = Weights("what he wanted at the start; stubborn talk returns to it")

    overlap = Number("overlap of his priorities with the agenda", "0..1")
    voice = Number("his share of the voices at the table", "share")
    pledge = Number("what he pledged last; see pledged", "share of the endowment")
    busy = Number("what time spent this round has used up", "share of the endowment")
    given = Number("what he gave to the joint effort", "MU in the last round")
    kept = Number("what he kept for his own priorities", "MU in the last round")
    granted = Number("grants received", "MU in the last round")
    fined = Number("fines paid", "MU in the last round")
    returned = Number("joint output that fell to him, before overlap", "MU in the last round")
    payoff = Number("kept + returned * overlap + granted - fined", "MU in the last round")

    present = Flag("he is there: not before his group has arrived")
    invited = Flag("he has a seat at the table by custom")
    seated = Flag("he had a seat at the table in the last round")
    accepts = Flag("he accepted the last agenda")
    pledged = Flag("he gave a pledge in the last round")
    exemplar = Flag("he was asked to give first, in public, in the last round")

    _luck: tuple[int, np.random.Generator, Random] | None = None

    def __init__(self, model: "Host", row: int, *args: Any, **kwargs: Any) -> None:
        """Made by Cooperation and by own_choices, one for each row; further arguments go to Mesa."""
        self.row = row
        super().__init__(model, *args, **kwargs)  # pyright: ignore[reportArgumentType]

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    def choose(self) -> float:
        """The share of his endowment he gives this round, 0..1; what the rule chose, unless overridden.

        Called once a round, exemplars first, after talk, pledges and agreement: belief, overlap and pledge are
        this round's. Where there is no joint agenda, or he is not there, it counts for nothing.
        """
        return self.contribution

    @property
    def id(self) -> str:
        """His id in the roster, or `Leader 7`."""
        return self.model.labels.ids[self._place]

    @property
    def name(self) -> str:
        """His name in the roster, or `Leader 7`."""
        return self.model.labels.names[self._place]

    @property
    def sector(self) -> str:
        """The name of his sector."""
        return self.model.labels.sectors[self.model.state.leaders.sector[self.row]]

    @property
    def group(self) -> str:
        """The name of the group of people he serves."""
        state = self.model.state
        return self.model.labels.groups[state.leaders.group[self.row] - state.islands.group_start[self.model.island]]

    @property
    def agenda(self) -> np.ndarray:
        """(K,) what joint effort is spent on, share of each issue: a read-only view."""
        return _read_only(self.model.state.islands.agenda[self.model.island])

    @property
    def ties(self) -> list[Tie]:
        """Those he attends to, with strength and trust as they are now."""
        state = self.model.state
        slots = slice(state.ties.start[self.row], state.ties.start[self.row + 1])
        columns = (column[slots].tolist() for column in (state.ties.to, state.ties.strength, state.ties.trust))
        leaders, first = self.model.leaders, self.model.first
        return [Tie(leaders[to - first], strength, trust) for to, strength, trust in zip(*columns) if to >= 0]  # noqa: B905

    def trust_in(self, other: "Leader") -> float:
        """His trust in another leader of the community, 0..1: a stranger's where he has no tie to him."""
        if other.model is not self.model or other is self:
            raise ValueError(f"trust_in asks for another leader of the same community as {self.name}, not {other!r}")
        state = self.model.state
        for slot in range(state.ties.start[self.row], state.ties.start[self.row + 1]):
            if state.ties.to[slot] == other.row:
                return float(state.ties.trust[slot])
        return float(state.islands.stranger_trust[self.model.island])

    @property
    def cell(self) -> Any:
        """His cell in `model.space`, Mesa's network of ties (not in a batch)."""
        return self.model.space[self.row]

    @property
    def rng(self) -> np.random.Generator:
        """Luck of his own for this round: a generator that starts from run, leader and round.

        So a choice by chance comes out the same alone and in a study, and one leader's draws disturb no other's.
        """
        return self._own_luck()[1]

    @property
    def random(self) -> Random:
        """The same for Python's own generator."""
        return self._own_luck()[2]

    def remove(self) -> None:
        """Refused: leaders come and go by the scenario's events."""
        raise NotImplementedError(f"{self.name} cannot be removed; arrivals and turnover are a scenario's events")

    @property
    def _place(self) -> int:
        return self.row - self.model.first

    def _own_luck(self) -> tuple[int, np.random.Generator, Random]:
        if self._luck is None or self._luck[0] != self.model.round:
            state, round_ = self.model.state, self.model.round
            run, who = state.islands.run[self.model.island], state.leaders.key[self.row]
            words = [int(word) for word in luck.words(run, OWN_CHOICE, round_, who, 0)]
            number = sum(word << 32 * place for place, word in enumerate(words))
            self._luck = round_, np.random.default_rng(number), Random(number)
        return self._luck


Only = Callable[[Leader], bool] | Iterable[str] | None
"""which leaders: all, those for whom a function says so before the first round, or those of these ids or names"""


class Host:
    """What a leader finds at `leader.model`, in a model of his own and in a batch alike."""

    world: World
    """the parameters"""
    state: State
    """the arrays; in a batch those of all its communities"""
    island: int
    """the row of his community in state.islands"""
    round: int
    """the round being played, or the last one played; 0 before the first"""
    labels: Labels
    """what leaders, sectors, groups and issues are called"""
    leaders: list[Leader]
    """all leaders of the community, in the order of rows"""

    @property
    def first(self) -> int:
        """The row of the community's first leader."""
        return int(self.state.islands.leader_start[self.island])

    def leader(self, who: str) -> Leader:
        """The leader of this id, or else of this name. Raises InputError where there is not exactly one."""
        return self.leaders[self.labels.place(who)]


class Company(Host):
    """One community of a batch, light, in the place of a Mesa model. Its leaders are of the classes given."""

    def __init__(self, world: World, state: State, island: int, names: Labels, kinds: list[type[Leader]]) -> None:
        self.world, self.state, self.island, self.labels, self.round = world, state, island, names, 0
        self.leaders = [kind(self, row) for row, kind in enumerate(kinds, self.first)]

    def register_agent(self, leader: Leader) -> None:
        """Gives a new leader the number he has in a Mesa model."""
        leader.unique_id = leader.row - self.first + 1  # pyright: ignore[reportAttributeAccessIssue]


def kinds(
    world: World, state: State, island: int, names: Labels, leader_class: type[Leader], only: Only
) -> list[type[Leader]]:
    """The class of each leader of a community, in the order of rows: `leader_class` for `only`, Leader for the rest.

    Raises InputError where `only` names somebody who is not there.
    """
    n = len(names.ids)
    if only is None:
        return [leader_class] * n
    if callable(only):
        plain = Company(world, state, island, names, [Leader] * n)
        return [leader_class if only(leader) else Leader for leader in plain.leaders]
    wanted = {names.place(who) for who in ([only] if isinstance(only, str) else only)}
    return [leader_class if place in wanted else Leader for place in range(n)]


def choosers(leaders: Iterable[Leader]) -> list[Leader]:
    """Those whose class overrides `choose`."""
    return [leader for leader in leaders if type(leader).choose is not Leader.choose]


class OwnChoices:
    """The leaders of a batch who choose for themselves."""

    def __init__(self, companies: list[Company]) -> None:
        self.companies = companies
        self.leaders = [leader for company in companies for leader in choosers(company.leaders)]

    def at(self, round_: int) -> list[Leader]:
        """These leaders, told that the round `round_` is about to be played: for sim.round.play."""
        for company in self.companies:
            company.round = round_
        return self.leaders


def own_choices(world: World, state: State, leader_class: type[Leader], only: Only = None) -> OwnChoices:
    """Leaders of `leader_class` over the state of a batch that has begun, in every community of it.

    Each round is then `play(world, state, round_, rounds, out, own.at(round_))`, and each community comes out as
    it would alone, in Cooperation with the same class. Costs nothing where the class does not override `choose`.
    """
    if leader_class.choose is Leader.choose:
        return OwnChoices([])
    names = labels(world.community, world.people)
    return OwnChoices(
        [
            Company(world, state, island, names, kinds(world, state, island, names, leader_class, only))
            for island in range(len(state.islands.run))
        ]
    )
