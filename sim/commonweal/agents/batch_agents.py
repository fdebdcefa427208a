"""Leaders of the user's own classes among the others: in a model of one community and in a batch alike."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from commonweal.agents.leader import Leader
from commonweal.model.community.labels import Labels, labels
from commonweal.model.own_code import digest
from commonweal.model.state import State
from commonweal.model.world import World

Only = Callable[[Leader], bool] | Iterable[str] | None
"""which leaders: all, those for whom a function says so before the first round, or those of these ids or names"""


class Host:
    """What a leader finds at `leader.model`, in a model of their own and in a batch alike."""

    world: World
    """the parameters"""
    state: State
    """the arrays; in a batch those of all its communities"""
    island: int
    """the row of their community in state.islands"""
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

    @property
    def last_cooperation(self) -> float:
        """Mean share given in the community last round, as the public record has it; 0 before the first."""
        return float(self.state.islands.cooperation[self.island])

    def leader(self, who: str) -> Leader:
        """The leader of this id, or else of this name. Raises InputError where there is not exactly one."""
        return self.leaders[self.labels.place(who)]


class Company(Host):
    """One community of a batch, light, in the place of a Mesa model. Its leaders are of the classes given."""

    def __init__(self, world: World, state: State, island: int, names: Labels, kinds: list[type[Leader]]) -> None:
        self.world, self.state, self.island, self.labels, self.round = world, state, island, names, 0
        self.leaders = [kind(self, row) for row, kind in enumerate(kinds, self.first)]

    def register_agent(self, leader: Leader) -> None:
        """Gives a new leader the number they have in a Mesa model."""
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
        """These leaders, told that the round `round_` is about to be played: for commonweal.model.round.play."""
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
    only = only if only is None or callable(only) or isinstance(only, str) else tuple(only)
    return OwnChoices(
        [
            Company(world, state, island, names, kinds(world, state, island, names, leader_class, only))
            for island in range(len(state.islands.run))
        ]
    )


class OwnLeaders(NamedTuple):
    """Leaders of a class of the user's own, among or instead of the others, as a study takes them."""

    leader_class: type[Leader]
    """a subclass that overrides `choose`"""
    only: Only = None
    """which leaders: ids or names, a function of the leader, or None for all"""

    def choosing(self, world: World, state: State) -> Callable[[int], list[Leader]]:
        """What gives in each round those leaders of a batch who choose for themselves."""
        return own_choices(world, state, self.leader_class, self.only).at

    def __repr__(self) -> str:
        """Everything that decides what they do, for identities: the class by its code, and so a function."""
        kind, only = self.leader_class, self.only
        some = digest(only) if callable(only) else only if only is None or isinstance(only, str) else list(only)
        return f"{kind.__module__}.{kind.__qualname__} {digest(kind)} {some!r}"
