"""Ties: whom a leader attends to. They stand in a fixed number of slots, because attention is finite."""

from typing import Any

import mesa


class Tie:
    """The attention that a leader gives another, and the good faith that they expect of the other."""

    def __init__(self, to: "TiedAgent", strength: float, trust: float) -> None:
        self.to: Any = to
        self.strength, self.trust = strength, trust


class TiedAgent(mesa.Agent):
    """An agent with ties to others of their kind."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.slots: list[Tie | None] = []
        self.present = True
        self.trusting = 0.0  # trust in whoever they know nothing of

    def ties(self) -> list[Tie]:
        """Their ties, in the order of the slots."""
        return [tie for tie in self.slots if tie is not None]

    def active_ties(self) -> list[Tie]:
        """Those to leaders who are present."""
        return [tie for tie in self.slots if tie is not None and tie.to.present]

    def someone_tied(self, chance: float) -> Any:
        """Somebody they are tied to, in proportion to strength; None if there is none."""
        ties, chosen = self.ties(), None
        mark = chance * sum([tie.strength for tie in ties])
        for tie in ties:
            chosen = tie.to
            mark -= tie.strength
            if mark < 0:
                break
        return chosen

    def fade(self, decay: float, forgotten: float, capacity: float) -> None:
        """Ties lose a share of their strength, and what exceeds attention; below `forgotten` they are gone."""
        kept, total = 1 - decay, sum([tie.strength for tie in self.ties()])
        if 0 < capacity < total:
            kept *= capacity / total
        for slot, tie in enumerate(self.slots):
            if tie is not None:
                tie.strength *= kept
                if tie.strength < forgotten:
                    self.slots[slot] = None

    def strengthen(self, other: "TiedAgent", gain: float, premium: float) -> None:
        """The tie to another grows; or begins, in the first empty slot or that of the weakest tie below `gain`."""
        weakest, least = None, gain
        for slot, tie in enumerate(self.slots):
            if tie is not None and tie.to is other:
                tie.strength += gain * (1 - tie.strength)
                tie.trust += premium * (1 - tie.trust)
                return
            strength = 0.0 if tie is None else tie.strength
            if strength < least:
                weakest, least = slot, strength
        if weakest is not None:
            self.slots[weakest] = Tie(other, gain, self.trusting + premium * (1 - self.trusting))
