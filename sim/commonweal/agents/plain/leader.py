"""Who there is in the plain twin: leaders, the ties they keep, the teams they give to, the groups they serve."""

import mesa


def overlap(one, other):
    """How far two divisions of a whole coincide, 0..1."""
    return sum([min(a, b) for a, b in zip(one, other, strict=True)])


def spread(values):
    """Sum of the differences between all pairs of values: they are sorted, so each counts by its rank."""
    n = len(values)
    return sum([(2 * rank - n + 1) * value for rank, value in enumerate(sorted(values))])


def clip(share):
    return min(max(share, 0.0), 1.0)


class Tie:
    """The attention a leader gives another, and the good faith he expects of him."""

    def __init__(self, to, strength, trust):
        self.to, self.strength, self.trust, self.evidence = to, strength, trust, 0.0


class Team:
    """Those whose gifts are pooled together."""

    def __init__(self):
        self.members, self.output = [], 0.0


class Group:
    """People served by some of the leaders."""

    def __init__(self, size, marginalised, need):
        self.size, self.marginalised, self.need, self.usual_need = size, marginalised, need, need
        self.leaders = []  # those present who serve it


class Leader(mesa.Agent):
    """A leader. His ties stand in a fixed number of slots: attention is finite, and who comes first keeps his."""

    TRAITS = ("endowment", "standing", "slope", "intercept", "temper", "promise_keeping", "reservation", "belief")

    def __init__(self, model, row, state):
        super().__init__(model)
        traits = state.leaders
        self.key, self.sector, self.invited = traits.key[row], int(traits.sector[row]), bool(traits.invited[row])
        for name in self.TRAITS:
            setattr(self, name, float(getattr(traits, name)[row]))
        self.priorities = self.anchor = traits.priorities[row].tolist()
        self.group = model.groups[traits.group[row]]
        self.slots = []
        self.present, self.seated, self.accepts, self.exemplar = True, self.invited, False, False
        self.willing, self.motivation, self.pledge, self.meant = 1.0, 1.0, None, 0.0
        self.voice = self.overlap = self.contribution = self.given = self.kept = self.payoff = 0.0

    def ties(self):
        """His ties, in the order of the slots."""
        return [tie for tie in self.slots if tie is not None]

    def active_ties(self):
        """Those to leaders who are present."""
        return [tie for tie in self.slots if tie is not None and tie.to.present]

    def someone_tied(self, chance):
        """A leader he is tied to, in proportion to strength; None if there is none."""
        ties, chosen = self.ties(), None
        mark = chance * sum([tie.strength for tie in ties])
        for tie in ties:
            chosen = tie.to
            mark -= tie.strength
            if mark < 0:
                break
        return chosen

    def strengthen(self, other, gain, trust):
        """His tie to another grows; or begins, in the first empty slot or that of the weakest tie below `gain`."""
        weakest, least = None, gain
        for slot, tie in enumerate(self.slots):
            if tie is not None and tie.to is other:
                tie.strength += gain * (1 - tie.strength)
                return
            strength = 0.0 if tie is None else tie.strength
            if strength < least:
                weakest, least = slot, strength
        if weakest is not None:
            self.slots[weakest] = Tie(other, gain, trust)

    def expected_of(self, other):
        """What he expects another to give: what that one has pledged, or else what all others are believed to."""
        return self.belief if other.pledge is None else other.pledge
