"""Theory of trust: how it nears where deeds leave it, where it rests among the unreliable, what is learnt of people."""

from collections.abc import Iterator

import numpy as np

from commonweal.model.mechanisms.trust.deeds import Deeds
from commonweal.model.state import State
from commonweal.validation.gathering import complete, gathering
from commonweal.validation.rows import MACHINE, Row, exact


def trust() -> Iterator[Row]:
    """Every row."""
    yield from approached()
    yield from among_the_unreliable()


def deeds(up: float = 0.14, down: float = 0.16, leaning: float = 0.0, lesson: float = 0.0) -> Deeds:
    """Trust by what the team gives, without pledges: below a tenth nothing counts as kept."""
    return Deeds(up=up, down=down, reciprocity=0.0, least=0.1, betrayal=0.0, leaning=leaning, lesson=lesson)


def pairs(communities: int, strength: float = 1.0) -> State:
    """Two leaders who watch each other, in each of several communities."""
    return gathering(np.ones((communities, 2, 1)), strength * complete(2))


def give(state: State, shares: np.ndarray | float) -> None:
    """These shares are given, in teams of two."""
    state.leaders.contribution[:] = shares
    state.teams.shares[:] = state.leaders.contribution.reshape(-1, 2).sum(axis=1)


def approached() -> Iterator[Row]:
    """One who always gives as is expected, and one who never gives: trust_t = rest + (trust_0 - rest)(1 - rate s)^t.

    s is the strength of the tie, and rest = (1 - leaning) kept + leaning disposition. A disposition itself nears what
    was kept in the same way, at the rate of lesson.
    """
    rounds, off, learnt = 60, {1.0: 0.0, 0.0: 0.0}, 0.0
    for strength, leaning in ((1.0, 0.0), (0.4, 0.3), (0.7, 1.0)):
        for kept in off:
            state, rule = pairs(20, strength), deeds(leaning=leaning)
            state.leaders.trusting[:] = np.tile([0.2, 0.9], 20)
            rest = (1 - leaning) * kept + leaning * state.leaders.trusting
            low, high = (rest, 1.0) if kept == 0.0 else (0.0, rest)
            state.ties.trust[:] = first = low + (high - low) * np.linspace(0, 1, 40)
            rate = strength * float(rule.up if kept else rule.down)
            give(state, 0.6 * kept)
            for round_ in range(1, rounds + 1):
                rule.update(state)
                nearing = rest + (first - rest) * (1 - rate) ** round_
                off[kept] = max(off[kept], float(abs(state.ties.trust - nearing).max()))
    for kept in (1.0, 0.0):
        state, rule = pairs(20), deeds(lesson=0.05)
        state.leaders.trusting[:] = first = np.linspace(0, 1, 40)
        give(state, 0.6 * kept)
        for round_ in range(1, rounds + 1):
            rule.update(state)
            learnt = max(learnt, float(abs(state.leaders.trusting - kept - (first - kept) * 0.95**round_).max()))
    what, source = "distance from geometric approach, sixty rounds", "by definition"
    yield exact(f"trust in one who gives what is expected: {what}", source, 0.0, off[1.0], "share", MACHINE)
    yield exact(f"trust in one who gives nothing: {what}", source, 0.0, off[0.0], "share", MACHINE)
    yield exact(f"disposition to trust: {what}", source, 0.0, learnt, "share", MACHINE)


def among_the_unreliable(communities: int = 5000) -> Iterator[Row]:
    """Who gives everything with chance p and else nothing is trusted, on the mean, p up / (p up + (1 - p) down).

    With leaning, between what is kept and disposition: (1 - leaning) times that + leaning * disposition. To four
    standard errors of the ties, of which there are two in each community.
    """
    for chance, up, down, leaning in ((0.5, 0.15, 0.15, 0.0), (0.7, 0.14, 0.16, 0.0), (0.3, 0.3, 0.1, 0.4)):
        rng = np.random.default_rng(11)
        state, rule = pairs(communities), deeds(up, down, leaning)
        state.leaders.trusting[:] = 0.6
        state.ties.trust[:] = rng.choice([0.0, 1.0], 2 * communities)
        for _ in range(150):
            give(state, rng.random(2 * communities) < chance)
            rule.update(state)
        error = float(state.ties.trust.std(ddof=1) / (2 * communities) ** 0.5)
        kept = chance * up / (chance * up + (1 - chance) * down)
        given = f"chance {chance:g}, up {up:g}, down {down:g}, leaning {leaning:g}"
        rests = (1 - leaning) * kept + leaning * 0.6
        what = f"mean trust in who gives all or nothing, {given}"
        yield exact(what, "by definition", rests, float(state.ties.trust.mean()), "share", 4 * error)
