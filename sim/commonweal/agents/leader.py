"""A leader as a Mesa agent: a view of one row of the state's arrays, who may choose for themselves."""

from collections.abc import Callable
from random import Random
from typing import Any, Final, NamedTuple

import mesa
import numpy as np

from commonweal.agents.views import Flag, Number, Weights, read_only
from commonweal.model import luck

OWN_CHOICE: Final = 0xFFFF
"""the stream of luck for choices that leaders make themselves; commonweal.model.luck counts up from 1, this is the
last"""


class Tie(NamedTuple):
    """What a leader has with another."""

    other: "Leader"
    strength: float
    """attention given to the other, 0..1"""
    trust: float
    """expected good faith of the other, 0..1"""


class Leader(mesa.Agent):
    """One leader of a community. Attributes are views of their row in the state: reading and writing go there.

    Numbers out of range are refused with a ValueError that names the attribute and its bounds. What the round
    works out anew cannot be set. Only `contribution` is both: the next round replaces what was written.

    To have leaders choose for themselves, override `choose` in a subclass, and pass the class to
    `commonweal.agents.cooperation.Cooperation` for one community, or to `own_choices` for a batch of them. A
    subclass may keep things of its own on `self`, draw from `self.rng`, and look at other leaders by `self.ties`.
    So that it comes out the same alone and in a batch, it uses of `self.model` what Host names only, nothing of
    other communities, and not what others gave this round: they choose in the order of rows.
    """

    model: Any
    """the Cooperation they live in; in a batch the Company that stands for it (see Host for what both have)"""

    belief = Number("mean share they expect the others to give", "share", 0, 1)
    contribution = Number("what they gave to the joint effort last", "share of the endowment", 0, 1)
    slope = Number("what they give per share the others are believed to give", "share per share", 0, 2)
    intercept = Number("what they give when the others are believed to give nothing", "share", 0, 1)
    temper = Number("how much more than others like them they are given to giving", "sd among leaders", -10, 10)
    promise_keeping = Number("how far a pledge binds them", "share", 0, 1)
    trusting = Number("how far they trust whoever they know nothing of", "share", 0, 1)
    reservation = Number("overlap below which they refuse an agenda", "overlap", 0, 1)
    motivation = Number("what success, failure and incentives have done to giving; 0 untouched", "log-odds", -20, 20)
    commitment = Number("how far they feel bound by what they have pledged", "share", 0, 1)
    record = Number("how far they have kept their pledges so far; 1 where nothing is known", "share", 0, 1)
    willing = Number("1 while they cooperate conditionally, 0 after they have turned selfish", "0 or 1", 0, 1)
    endowment = Number("money and time they have", "MU per round", 0, 1e9)
    standing = Number("attention they command; means 1 in a new community", "relative", 1e-9, 1e9)
    priorities = Weights("what they want joint effort spent on")
    anchor = Weights("what they wanted at the start; stubborn talk returns to it")

    faith = Number("mean trust in those they attend to, as attention is given", "share")
    overlap = Number("overlap of their priorities with the agenda", "0..1")
    voice = Number("their share of the voices at the table", "share")
    pledge = Number("what they pledged last; see pledged", "share of the endowment")
    busy = Number("what time spent this round has used up", "share of the endowment")
    given = Number("what they gave to the joint effort", "MU in the last round")
    kept = Number("what they kept for their own priorities", "MU in the last round")
    granted = Number("grants received", "MU in the last round")
    fined = Number("fines paid", "MU in the last round")
    returned = Number("joint output that fell to them, before overlap", "MU in the last round")
    payoff = Number("kept + returned * overlap + granted - fined", "MU in the last round")

    present = Flag("they are there: not before their group has arrived")
    invited = Flag("they have a seat at the table by custom")
    seated = Flag("they had a seat at the table in the last round")
    accepts = Flag("they accepted the last agenda")
    pledged = Flag("they gave a pledge in the last round")
    exemplar = Flag("they were asked to give first, in public, in the last round")

    def __init__(self, model: Any, row: int, *args: Any, **kwargs: Any) -> None:
        """Made by Cooperation and by own_choices, one for each row; further arguments go to Mesa."""
        self.row = row
        self._luck: dict[str, tuple[int, Any]] = {}
        super().__init__(model, *args, **kwargs)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    def choose(self) -> float:
        """The share of their endowment they give this round, 0..1; what the rule chose, unless overridden.

        Called once a round, exemplars first, after talk, pledges and agreement: belief, overlap and pledge are
        this round's. Where there is no joint agenda, or they are not there, it counts for nothing.
        """
        return self.contribution

    @property
    def id(self) -> str:
        """Their id in the roster, or `Leader 7`."""
        return self.model.labels.ids[self._place]

    @property
    def name(self) -> str:
        """Their name in the roster, or `Leader 7`."""
        return self.model.labels.names[self._place]

    @property
    def sector(self) -> str:
        """The name of their sector."""
        return self.model.labels.sectors[self.model.state.leaders.sector[self.row]]

    @property
    def group(self) -> str:
        """The name of the group of people they serve."""
        state = self.model.state
        return self.model.labels.groups[state.leaders.group[self.row] - state.islands.group_start[self.model.island]]

    @property
    def agenda(self) -> np.ndarray:
        """(K,) what joint effort is spent on, share of each issue: a read-only view."""
        return read_only(self.model.state.islands.agenda[self.model.island])

    @property
    def ties(self) -> list[Tie]:
        """Those they attend to, with strength and trust as they are now."""
        state = self.model.state
        slots = slice(state.ties.start[self.row], state.ties.start[self.row + 1])
        columns = (column[slots].tolist() for column in (state.ties.to, state.ties.strength, state.ties.trust))
        leaders, first = self.model.leaders, self.model.first
        return [Tie(leaders[to - first], strength, trust) for to, strength, trust in zip(*columns) if to >= 0]  # noqa: B905

    def trust_in(self, other: "Leader") -> float:
        """Their trust in another leader of the community, 0..1: a stranger's where they have no tie to that one."""
        if other.model is not self.model or other is self:
            raise ValueError(f"trust_in asks for another leader of the same community as {self.name}, not {other!r}")
        state = self.model.state
        for slot in range(state.ties.start[self.row], state.ties.start[self.row + 1]):
            if state.ties.to[slot] == other.row:
                return float(state.ties.trust[slot])
        return float(state.leaders.trusting[self.row])

    @property
    def cell(self) -> Any:
        """Their cell in `model.space`, Mesa's network of ties (not in a batch)."""
        return self.model.space[self.row]

    @property
    def rng(self) -> np.random.Generator:
        """Luck of their own for this round: a generator that starts from run, leader and round.

        So a choice by chance comes out the same alone and in a study, and one leader's draws disturb no other's.
        """
        return self._own_luck("rng", np.random.default_rng)

    @property
    def random(self) -> Random:
        """The same for Python's own generator."""
        return self._own_luck("random", Random)

    def remove(self) -> None:
        """Refused: leaders come and go by the scenario's events."""
        raise NotImplementedError(f"{self.name} cannot be removed; arrivals and turnover are a scenario's events")

    @property
    def _place(self) -> int:
        return self.row - self.model.first

    def _own_luck(self, name: str, make: Callable[[int], Any]) -> Any:
        """The generator of this round: made at its first use, kept until the next round."""
        round_, generator = self._luck.get(name, (-1, None))
        if round_ != self.model.round:
            round_, state = self.model.round, self.model.state
            run, who = state.islands.run[self.model.island], state.leaders.key[self.row]
            words = luck.words(run, OWN_CHOICE, round_, who, 0)
            generator = make(sum(int(word) << 32 * place for place, word in enumerate(words)))
            self._luck[name] = round_, generator
        return generator
