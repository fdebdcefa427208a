"""What published experiments found, and the same of the model: measured in one place for calibration and report."""

from typing import Final, NamedTuple

import numpy as np

from commonweal.model.world import World
from commonweal.validation.laboratory import TOKENS, Behaviour, behaviour, effect_size, error_of_ratio, nothing, without
from commonweal.validation.reference import ANDREOZZI, FISCHBACHER_GAECHTER, effect, table
from commonweal.validation.rows import Measurement

SUBJECTS: Final = 140
SEQUENTIAL_SUBJECTS: Final = 134
COOPERATOR, FREE_RIDER = 0, 1
"""the first two kinds of conf/people"""


class Fit(NamedTuple):
    """A series of the model beside the published one, and the published one's standard errors."""

    published: np.ndarray
    simulated: np.ndarray
    error: np.ndarray

    @property
    def residuals(self) -> np.ndarray:
        """Differences in standard errors."""
        return (self.simulated - self.published) / self.error

    @property
    def rmse(self) -> float:
        """Root mean square of the differences, in the series' own unit."""
        return float(np.sqrt(np.mean((self.simulated - self.published) ** 2)))

    @property
    def worst(self) -> float:
        """The largest difference, in the series' own unit."""
        return float(np.abs(self.simulated - self.published).max())


def binomial_error(share: np.ndarray, n: float) -> np.ndarray:
    """Standard error of a share of n."""
    return np.sqrt(share * (1 - share) / n)


def strangers(play: Behaviour) -> dict[str, Fit]:
    """Fischbacher & Gaechter (2010): gifts and beliefs in tokens, and the share that gives nothing, per period.

    The spread of beliefs is not in the table; that of gifts is used for both.
    """
    periods = table(FISCHBACHER_GAECHTER)
    error = periods["sd_contribution"].to_numpy() / SUBJECTS**0.5
    zero = periods["share_zero"].to_numpy()
    return {
        "gifts": Fit(periods["mean_contribution"].to_numpy(), TOKENS * play.gift.mean(axis=1), error),
        "beliefs": Fit(periods["mean_belief"].to_numpy(), TOKENS * play.belief.mean(axis=1), error),
        "nothing": Fit(zero, nothing(play.gift), binomial_error(zero, SUBJECTS)),
    } | {f"gifts of {short}": kind_gifts(play, kind, short) for kind, short in enumerate(("cc", "fr"))}


KIND_SUBJECTS: Final = {"cc": 77, "fr": 32, "tri": 17, "other": 14}


def kind_gifts(play: Behaviour, kind: int, short: str) -> Fit:
    """Fischbacher & Gaechter (2010): gifts of one kind in tokens per period; its spread is taken as that of all."""
    periods = table(FISCHBACHER_GAECHTER)
    error = periods["sd_contribution"].to_numpy() / KIND_SUBJECTS[short] ** 0.5
    return Fit(periods[f"cont_{short}"].to_numpy(), TOKENS * play.gift[:, play.kind == kind].mean(axis=1), error)


def erosion(play: Behaviour) -> dict[str, Fit]:
    """Andreozzi, Ploner & Saral (2020): the share of conditional cooperators, and who leaves them when.

    How much likelier one stays after a gift of 50 or 100 than after none is compared, not the level: a subject there
    can turn into another kind as well, here only selfish. Gifts are rounded to their grid of 0, 50 and 100.
    """
    published = table(ANDREOZZI)["cond-coop"].to_numpy()
    cooperates = play.willing & (play.kind == COOPERATOR)
    selfish = (play.kind == FREE_RIDER) | ((play.kind == COOPERATOR) & ~play.willing)
    before, after = cooperates[:-1], cooperates[1:]
    saw = np.round(2 * play.seen[:-1]) / 2
    stays = [after[before & (saw == gift)].mean() for gift in (0.0, 0.5, 1.0)]
    told = [effect(f"cooperator_stays_after_{gift}") for gift in (0, 50, 100)]
    errors = np.array([each.half_width for each in told]) / 1.96
    leaves, returns = effect("cooperator_turns_selfish"), effect("selfish_returns")
    return {
        "cooperators": Fit(published, cooperates.mean(axis=1), binomial_error(published, SEQUENTIAL_SUBJECTS)),
        "turns": _number(leaves, 1 - after[before].mean()),
        "returns": _number(returns, after[selfish[:-1]].mean()),
        "partner": Fit(
            np.array([each.value - told[0].value for each in told[1:]]),
            np.array([each - stays[0] for each in stays[1:]]),
            np.hypot(errors[1:], errors[0]),
        ),
    }


def _number(published, simulated: float) -> Fit:
    return Fit(np.array([published.value]), np.array([float(simulated)]), np.array([published.half_width / 1.96]))


def difference_made(of: World, groups: int, seed: int) -> Measurement:
    """d of what the convener does in an experiment, against the same groups in which they do nothing."""
    return effect_size(behaviour(of, groups, seed), behaviour(without(of), groups, seed), groups)


def followership(of: World, groups: int, seed: int) -> Measurement:
    """What followers give on the mean, as a share of what those give who go first (Eichenseer 2023)."""
    play = behaviour(of, groups, seed)
    share = float(play.gift[~play.first].mean() / play.gift[play.first].mean())
    gifts, first = (each.reshape(len(each), groups, -1) for each in (play.gift, play.first))
    leads = np.where(first, gifts, 0.0).sum(axis=(0, 2)) / first.sum()
    follows = np.where(first, 0.0, gifts).sum(axis=(0, 2)) / (~first).sum()
    return Measurement(share, error_of_ratio(follows, leads))
