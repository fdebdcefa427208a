"""Published experiments beside the model: what was calibrated on, and what nothing was fitted to."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from commonweal.validation.fits import (
    KIND_SUBJECTS,
    Fit,
    difference_made,
    erosion,
    followership,
    kind_gifts,
    strangers,
)
from commonweal.validation.laboratory import PERIODS, TOKENS, behaviour, experiment, stated
from commonweal.validation.online import learning_wave
from commonweal.validation.reference import ANDREOZZI, SCHEDULES, effect, table
from commonweal.validation.rows import Kind, Measurement, Row, at_most, near

FOLLOWERS: Final = "followers_share_of_leaders_gift"
SEED: Final = 7
"""not the seed of the calibration: the luck is new"""


def ten_periods(sessions: int) -> Iterator[Row]:
    """Fischbacher & Gaechter (2010)."""
    source = "fischbacher_gaechter_2010"
    play = behaviour(experiment("experiment=lab_strangers"), sessions, SEED)
    series = strangers(play)
    for name in ("gifts", "beliefs"):
        yield at_most("calibrated", f"{name} over ten periods, RMSE", source, series[name].rmse, 0.4, "tokens of 20")
    yield at_most("calibrated", "share giving nothing, worst period", source, series["nothing"].worst, 0.06, "share")
    for kind, short in enumerate(KIND_SUBJECTS):
        off = kind_gifts(play, kind, short)
        aimed = "calibrated" if f"gifts of {short}" in series else "predicted"
        most = 1.96 * float(off.error.mean())
        yield at_most(aimed, f"gifts of the kind {short}, RMSE", source, off.rmse, most, "tokens of 20")
    over, told = TOKENS * float((play.belief - play.seen).mean()), effect("belief_less_others_gift")
    yield near("predicted", "belief less what the others gave", told.key, told.value, over, told.half_width,
               "tokens of 20", 0.2)  # fmt: skip


def schedules(sessions: int) -> Iterator[Row]:
    """The mean of drawn schedules against the mean of stated ones."""
    drawn = TOKENS * stated(experiment("experiment=lab_strangers"), sessions, SEED)
    told = table(SCHEDULES)["all"].to_numpy()
    off = float(np.sqrt(np.mean((drawn - told) ** 2)))
    yield at_most("predicted", "mean stated schedule, RMSE", "fischbacher_gaechter_2010", off, 0.5, "tokens of 20")


def two_strangers(sessions: int) -> Iterator[Row]:
    """Andreozzi, Ploner & Saral (2020)."""
    source = "andreozzi_2020"
    play = behaviour(experiment("experiment=lab_sequential"), sessions, SEED)
    series = erosion(play)
    share = series["cooperators"]
    most = 1.96 * float(share.error.mean())
    yield at_most(
        "calibrated", "share of conditional cooperators over ten periods, RMSE", source, share.rmse, most, "share"
    )
    ends = float(share.published[-1]), float(share.simulated[-1]), 1.96 * float(share.error[-1])
    yield near("calibrated", "the same in the last period", source, *ends, "share", 0.0)
    for name, what in (("turns", "a conditional cooperator turns selfish"), ("returns", "a selfish subject returns")):
        each = series[name]
        yield near("calibrated", what, source, float(each.published[0]), float(each.simulated[0]),
                   1.96 * float(each.error[0]), "chance per period", 0.0)  # fmt: skip
    for number, gift in enumerate((50, 100)):
        each = series["partner"]
        yield near("calibrated", f"how much likelier one stays after a gift of {gift} than after none", source,
                   float(each.published[number]), float(each.simulated[number]),
                   1.96 * float(each.error[number]), "share", 0.0)  # fmt: skip
    gifts = Fit(table(ANDREOZZI)["uc"].to_numpy() / 100, _first(play), np.full(PERIODS, 0.035))
    yield at_most("predicted", "what first movers give over ten periods, RMSE", source, gifts.rmse, 0.1, "share")


def _first(play) -> np.ndarray:
    return np.array([gift[first].mean() for gift, first in zip(play.gift, play.first, strict=True)])


def levers(groups: int) -> Iterator[Row]:
    """One lever at a time, against the same groups without it."""
    made = {}
    tried: tuple[tuple[str, tuple[str, ...], Kind], ...] = (
        ("lab_chat_face_to_face", ("communication_face_to_face",), "calibrated"),
        ("lab_chat_text", ("communication_written",), "calibrated"),
        ("lab_reward", ("reward",), "calibrated"),
        ("lab_punishment", ("punishment",), "calibrated"),
        ("lab_common_goals", ("group_goal", "group_goal_specific_and_hard"), "calibrated"),
        ("lab_egocentric_goals", ("goal_egocentric",), "predicted"),
    )
    for name, targets, kind in tried:
        made[name] = difference_made(experiment(f"experiment={name}"), groups, SEED)
        for target in targets:
            yield _effect(kind, target, made[name])
    face, text = made["lab_chat_face_to_face"], made["lab_chat_text"]
    both = Measurement(
        (face.value + text.value) / 2, (face.error + text.error) / 2
    )  # under the same luck: no less sure
    yield _effect("predicted", "communication", both, "half of the studies face to face, half in writing")
    share, told = followership(experiment("experiment=lab_leader_first"), groups, SEED), effect(FOLLOWERS)
    yield near("calibrated", "followers share of leaders gift, ten periods", told.key, told.value, share.value,
               told.half_width, "ratio", 0.1, error=share.error)  # fmt: skip


def _effect(kind: Kind, target: str, d: Measurement, note: str = "") -> Row:
    told, called = effect(target), target.replace("_", " ")
    return near(kind, called, told.key, told.value, d.value, told.half_width, told.unit, note=note, error=d.error)


def online_games(waves: int) -> Iterator[Row]:
    """Alsobay et al. (2025): the 335 games of the learning wave, played by the field's people."""
    source, found = "alsobay_2025", learning_wave(experiment("experiment=online_game"), waves, SEED)
    for name, each in found.items():
        if name.startswith("curve"):
            yield at_most(
                "calibrated", f"online: share given over ten rounds, {name[6:]}, RMSE", source, each.rmse, 0.03, "share"
            )
        elif name == "spread":
            off = float(np.abs(each.residuals).max())
            yield at_most(
                "calibrated",
                "online: spread between games, worst round, thirds of the published",
                source,
                off,
                1.0,
                "tolerances",
            )
        elif name.startswith("cell"):
            allowed = "giving within .03 and relative efficiency within .05, or one SE"
            off = float(np.abs(each.residuals).max())
            yield at_most(
                "calibrated", f"online: {name}, worst of what is allowed", source, off, 1.0, "tolerances", allowed
            )
        else:
            told = float(each.published[0]), float(each.simulated[0]), 2 * float(each.error[0])
            yield near("calibrated", f"online: slope of {name}", source, *told, "share", 0.0)
