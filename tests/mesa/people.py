"""Leaders of our own, for the tests in this folder."""

from commonweal.agents.cooperation import Leader


class Stubborn(Leader):
    """Gives everything, whatever happens."""

    def choose(self) -> float:
        return 1.0


class Obedient(Leader):
    """Overrides the rule, and follows it."""

    def choose(self) -> float:
        return super().choose()


class Moody(Leader):
    """Goes by chance, by trust, by what they keep in mind: everything a leader of one's own may lean on."""

    def __init__(self, model, row):
        super().__init__(model, row)
        self.chosen = 0

    def choose(self) -> float:
        self.chosen += 1
        mood = self.rng.random() * self.random.random()
        trusted = [tie.other.belief * tie.trust for tie in self.ties]
        faith = (
            sum(trusted) / len(trusted) if trusted else self.trust_in(self.model.leaders[self.row == self.model.first])
        )
        early = 1.0 if self.model.round < 4 else 0.5
        early = 0.5 * (early + self.model.last_cooperation)
        return min(early * (0.5 * mood + 0.25 * faith + 0.25 * super().choose()) + 0.01 * (self.chosen % 3), 1.0)


class Rash(Leader):
    """Gives more than there is."""

    def choose(self) -> float:
        return 1.5
