"""Signs: directions on which experiments agree, each a comparison of many groups under the same luck."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from scipy.stats import t as student

from commonweal.model.state import State
from commonweal.model.world import World
from commonweal.validation.experiments import SEED
from commonweal.validation.laboratory import behaviour, changed, experiment, without
from commonweal.validation.rows import Row, Verdict

LEVEL = 0.01
"""chance at most of such a difference, or a larger one, if there were none"""


def judged(target: str, source: str, differences: np.ndarray, unit: str, note: str = "", zero: bool = False) -> Row:
    """Whether the mean of `differences`, one per group, is above 0 (or, if `zero`, not below) beyond chance."""
    n = len(differences)
    mean, error = float(differences.mean()), float(differences.std(ddof=1) / n**0.5)
    p = float(student.sf(mean / error, n - 1)) if error > 0 else float(mean <= 0)
    half = float(student.ppf(0.975, n - 1)) * error
    met = mean + half >= 0 if zero else p < LEVEL
    verdict: Verdict = "reproduced" if met else "missed"
    said = f"p = {p:.2g}, {n} groups"
    return Row(
        "sign", target, source, 0.0, mean, mean - half, mean + half, unit, verdict, f"{said}; {note}" if note else said
    )


def per_group(play_gift: np.ndarray, groups: int) -> np.ndarray:
    """(periods, groups) mean gift."""
    return play_gift.reshape(len(play_gift), groups, -1).mean(axis=2)


def gain(of: World, measure: str, groups: int, control: World | None = None) -> np.ndarray:
    """(groups,) how much more of a measure a world has than its control, by default itself with nothing done."""
    other = control or without(of)
    return behaviour(of, groups, SEED).measure(measure) - behaviour(other, groups, SEED).measure(measure)


def signs(groups: int, communities: int) -> Iterator[Row]:
    """Every sign of the specification; `groups` in the laboratory, `communities` in the field."""
    gifts = per_group(behaviour(experiment("experiment=lab_partners"), groups, SEED).gift, groups)
    decay = gifts[:3].mean(axis=0) - gifts[-3:].mean(axis=0)
    yield judged(
        "giving decays without institutions", "ledyard_1995", decay, "share", "first three periods less last three"
    )
    of = {name: experiment(f"experiment=lab_{name}") for name in (
        "punishment", "reward", "chat_face_to_face", "chat_text", "egocentric_goals", "leader_first")}  # fmt: skip
    yield judged("punishment raises giving", "balliet_2011", gain(of["punishment"], "cooperation", groups), "share")
    mild = changed(of["punishment"], {"strategy.fine": 0.2, "strategy.standard": 1.0, "strategy.peers": 0.0})
    loss = -gain(mild, "welfare_net", groups)
    yield judged(
        "punishment can lower earnings net of its cost",
        "fehr_gaechter_2002",
        loss,
        "MU",
        "a mild fine on all who give less than everything",
    )
    more = gain(of["reward"], "welfare_net", groups, of["punishment"])
    yield judged(
        "reward earns at least as much as punishment",
        "balliet_2011",
        more,
        "MU",
        "each at the dose of its published effect",
        zero=True,
    )
    more = gain(of["chat_face_to_face"], "cooperation", groups, of["chat_text"])
    yield judged("talk face to face does more than in writing", "balliet_2010", more, "share")
    chat = experiment("experiment=lab_strangers", "strategy=communication", "community.leaders=40")
    yield judged(
        "talk helps strangers who are dealt anew", "balliet_2010", gain(chat, "cooperation", groups // 5), "share"
    )
    yield judged(
        "a leader who gives first raises giving",
        "eichenseer_2023",
        gain(of["leader_first"], "cooperation", groups),
        "share",
    )
    yield judged(
        "leaders bear the cost",
        "eichenseer_2023",
        -behaviour(of["leader_first"], groups, SEED).measure("leaders_curse"),
        "share",
    )
    yield judged(
        "egocentric goals harm", "kleingeld_2011", -gain(of["egocentric_goals"], "cooperation", groups), "share"
    )
    yield leader_in_larger_groups(of["leader_first"], groups)
    yield from tables(communities)


def leader_in_larger_groups(of: World, groups: int) -> Row:
    """One leader in groups of 4 and of 16 at the same MPCR: the effect on giving should be larger in the latter."""
    effects = []
    for n in (4, 16):
        one = changed(of, {"community.leaders": n, "game.multiplier": 0.4 * n, "strategy.exemplars": 1 / n})
        effects.append(gain(one, "cooperation", groups))
    return judged(
        "the effect of one leader grows with the group",
        "eisenkopf_koelpin_2024",
        effects[1] - effects[0],
        "share",
        "16 less 4 at an MPCR of .4",
    )


def tables(communities: int) -> Iterator[Row]:
    """Two signs of the field: 60 months, paired by community."""
    low = ("strategy=inclusion", "scenario=broken_trust")
    slow, fast = (experiment(*low, f"strategy.pace={pace}") for pace in (0.05, 1.0))
    months = 60
    more = behaviour(slow, communities, SEED, months).measure("acceptability") - behaviour(
        fast, communities, SEED, months
    ).measure("acceptability")
    yield judged(
        "a table that grows slowly has agendas that suit it better where trust is low",
        "johnston_2011",
        more,
        "0..1",
        "a twentieth of the seats a month against all at once",
    )
    of = experiment("scenario=one_hub")
    few = of.people.attention

    def thin(state: State) -> State:
        return hub_attending_to(state, few)

    to_all, to_few = behaviour(of, communities, SEED, months), behaviour(of, communities, SEED, months, thin)
    yield judged(
        "a hub that cannot attend to all is a bottleneck",
        "by definition",
        to_all.measure("cooperation") - to_few.measure("cooperation"),
        "share",
        f"most ties through one leader, who attends to all less to {few}, as many as the others can",
    )


def hub_attending_to(state: State, few: int) -> State:
    """The same communities, but the best-connected leader of each has only so many slots for ties of their own.

    All others keep their ties to that leader, whose own ties go by no quality of those attended to.
    """
    ties = state.ties
    slots = np.diff(ties.start)
    source = np.repeat(np.arange(len(slots)), slots)
    tied = np.bincount(source[ties.to >= 0], minlength=len(slots))
    hubs = [int(first + tied[first:end].argmax()) for first, end in pairwise(state.islands.leader_start)]
    left = slots.copy()
    left[hubs] = np.minimum(slots[hubs], few)
    keep = np.arange(len(source)) - ties.start[source] < left[source]
    start = np.concatenate(([0], np.cumsum(left))).astype(ties.start.dtype)
    return state._replace(ties=type(ties)(start, *(each[keep] for each in ties[1:])))
