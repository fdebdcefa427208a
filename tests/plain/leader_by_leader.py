"""The engine and the plain twin side by side: everything that both hold is compared after every round."""

import numpy as np
from worlds import keys, start

from commonweal.agents.plain.twin import PlainTwin
from commonweal.model.measures import MEASURES
from commonweal.model.round import play

LASTING = ("belief", "willing", "motivation", "commitment", "record", "trusting", "faith", "standing", "priorities",
           "anchor", "present")  # fmt: skip
OF_THE_ROUND = ("contribution", "payoff", "overlap", "voice", "kept", "given", "granted", "fined", "exemplar",
                "seated", "accepts")  # fmt: skip
COMMON = ("money", "purse", "spent", "agreed", "capital", "agenda", "known_match", "known_esteem", "known_pressure")
"""what there is once in a community"""


def agree(of, rounds, seed=1):
    """Play both and compare everything after every round."""
    key = keys(1, seed)
    state, twin = start(of, key), PlainTwin(of, seed, 0, rounds)
    out = np.empty((1, len(MEASURES)))
    for round_ in range(1, rounds + 1):
        here = state.leaders.present.copy()
        play(of, state, round_, rounds, out)
        twin.step()
        ours, theirs = of_engine(state, out[0], here), of_twin(twin, here)
        assert ours.keys() == theirs.keys()
        for name, value in theirs.items():
            value = np.asarray(value, float)
            close = ours[name].shape == value.shape and np.isclose(ours[name], value, 1e-9, 1e-12, equal_nan=True).all()
            assert close, f"round {round_}, {name}: engine {ours[name]}, twin {value}"


def of_engine(state, out, here):
    """What is compared, by name; what those who were away did this round is left out."""
    leaders, ties, islands = state.leaders, state.ties, state.islands
    found = {name: getattr(leaders, name) for name in LASTING}
    found |= {name: getattr(leaders, name)[here] for name in OF_THE_ROUND}
    found["pledge"] = np.where(leaders.pledged, leaders.pledge, np.nan)
    found["to"] = ties.to
    for name in ("strength", "trust"):
        found[f"tie {name}"] = np.where(ties.to >= 0, getattr(ties, name), 0.0)
    for name in COMMON:
        found[name] = getattr(islands, name)[0]
    return found | {f"measure {name}": value for name, value in zip(MEASURES, out, strict=True)}


def of_twin(twin, here):
    """The same of the twin."""
    leaders = twin.leaders
    found = {name: [getattr(one, name) for one in leaders] for name in LASTING}
    found |= {name: [getattr(leaders[i], name) for i in np.flatnonzero(here)] for name in OF_THE_ROUND}
    found["pledge"] = [np.nan if one.pledge is None else one.pledge for one in leaders]
    row = {leader: i for i, leader in enumerate(leaders)}
    slots = [tie for leader in leaders for tie in leader.slots]
    found["to"] = [-1 if tie is None else row[tie.to] for tie in slots]
    for name in ("strength", "trust"):
        found[f"tie {name}"] = [0.0 if tie is None else getattr(tie, name) for tie in slots]
    for name in COMMON:
        found[name] = getattr(twin, name)
    return found | {f"measure {name}": value for name, value in twin.measures.items()}
