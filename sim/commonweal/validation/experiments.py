"""Published experiments beside the model: what was calibrated on, and what nothing was fitted to."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from commonweal.validation.fits import Fit, difference_made, erosion, followership, strangers
from commonweal.validation.laboratory import PERIODS, TOKENS, behaviour, experiment, stated
from commonweal.validation.reference import ANDREOZZI, FISCHBACHER_GAECHTER, SCHEDULES, effect, table
from commonweal.validation.rows import Kind, Measurement, Row, at_most, near

FIELD: Final = ("choose=field", "learn=field", "pledge=field")
"""the field's people play the laboratory's games"""
SEED: Final = 7
"""not the seed of the calibration: the luck is new"""
SUBJECTS: Final = {"cc": 77, "fr": 32, "tri": 17, "other": 14}


def ten_periods(sessions: int) -> Iterator[Row]:
    """Fischbacher & Gaechter (2010), with the laboratory's and with the field's parameters."""
    source = "fischbacher_gaechter_2010"
    for people, name in (((), ""), (FIELD, ", field's parameters")):
        play = behaviour(experiment("experiment=lab_strangers", *people), sessions, SEED)
        series = strangers(play)
        yield at_most(
            "calibrated", f"gifts over ten periods, RMSE{name}", source, series["gifts"].rmse, 0.4, "tokens of 20"
        )
        yield at_most(
            "calibrated", f"beliefs over ten periods, RMSE{name}", source, series["beliefs"].rmse, 0.4, "tokens of 20"
        )
        worst = series["nothing"].worst
        yield at_most("calibrated", f"share giving nothing, worst period{name}", source, worst, 0.06, "share")
        if people:
            continue
        periods = table(FISCHBACHER_GAECHTER)
        for kind, (short, n) in enumerate(SUBJECTS.items()):
            gifts = TOKENS * play.gift[:, play.kind == kind].mean(axis=1)
            error = periods["sd_contribution"].to_numpy() / n**0.5
            off = Fit(periods[f"cont_{short}"].to_numpy(), gifts, error)
            most = 1.96 * float(error.mean())
            yield at_most("predicted", f"gifts of the kind {short}, RMSE", source, off.rmse, most, "tokens of 20")
        over = TOKENS * float((play.belief - play.seen).mean())
        told = effect("belief_less_others_gift")
        yield near(
            "predicted",
            "belief less what the others gave",
            told.key,
            told.value,
            over,
            told.half_width,
            "tokens of 20",
            0.2,
        )


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
    online = difference_made(experiment("experiment=lab_chat_text", *FIELD), groups, SEED)
    yield _effect("calibrated", "communication_online", online, "field's parameters")
    for people, note in (((), ""), (FIELD, "field's parameters")):
        share = followership(experiment("experiment=lab_leader_first", *people), groups, SEED)
        told = effect("followers_share_of_leaders_gift")
        yield near(
            "calibrated",
            "followers share of leaders gift",
            told.key,
            told.value,
            share.value,
            told.half_width,
            "ratio",
            0.05,
            note,
            share.error,
        )
    goals = difference_made(experiment("experiment=lab_common_goals", *FIELD), groups, SEED)
    yield _effect("calibrated", "group_goal", goals, "field's parameters")


def _effect(kind: Kind, target: str, d: Measurement, note: str = "") -> Row:
    told, called = effect(target), target.replace("_", " ")
    return near(kind, called, told.key, told.value, d.value, told.half_width, told.unit, note=note, error=d.error)
