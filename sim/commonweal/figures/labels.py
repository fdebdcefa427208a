"""Names, measures and units in words."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from commonweal.model.run import RUN_MEASURES, YEAR
from commonweal.model.strategies import ALL, STRATEGIES
from commonweal.study.conditions import BASELINE

MEASURE_WORDS: Final = {
    "cooperation": "cooperation",
    "welfare": "welfare per person, gross",
    "welfare_net": "welfare per person, net of spend",
    "worst_off": "welfare per person in the worst-off group, net of spend",
    "gini": "Gini of welfare across groups",
    "marginalised_welfare": "welfare per person in marginalised groups, net of spend",
    "trust": "mean trust",
    "trust_across": "mean trust across sectors",
    "belief_error": "error of beliefs about others' giving",
    "polarisation": "polarisation of priorities",
    "alignment": "overlap of priorities and agenda",
    "representation": "overlap of agenda and needs",
    "marginalised_representation": "overlap of agenda and needs of marginalised groups",
    "voice_gini": "Gini of voice among leaders",
    "acceptability": "acceptability of the agenda",
    "acceptability_sd": "acceptability of the agenda, standard deviation",
    "agreement": "rounds with a joint agenda",
    "cross_sector_ties": "tie strength across sectors",
    "payoff": "mean payoff of leaders",
    "leaders_curse": "payoff of exemplars less that of others",
    "spend": "spend: money and leaders' time",
    "money": "money the convener spent",
    "time_to_agreement": "time to the first joint agenda",
    "loss": "loss of welfare after a shock",
    "recovery": "time to recover from a shock",
}
UNITS: Final = {"0..1": "0 to 1", "share": "share, 0 to 1"}
UNIT_OF: Final = {
    "cooperation": "mean share given, 0 to 1",
    "belief_error": "share",
    "leaders_curse": "share of endowment",
    "loss": "share of the year before",
}
"""where the unit alone says too little"""

IN_WORDS: Final = {7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve"}
OWN_WORDS: Final = {
    BASELINE: "laissez-faire",
    ALL: f"all {IN_WORDS.get(len(STRATEGIES), len(STRATEGIES))}",
    "everywhere": "all scenarios",
}
"""names that are more than their letters; the mean over scenarios is called 'everywhere' in tables"""


def words(name: str, most: int = 32) -> str:
    """names_like_this in words: 'names like this'."""
    return OWN_WORDS.get(name) or shortened(name.replace("_", " "), most)


def shortened(name: str, most: int = 24) -> str:
    """A name on one line of at most `most` characters, with an ellipsis where it was longer; otherwise untouched."""
    seen = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in str(name))
    line = " ".join(seen.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def label(measure: str) -> str:
    """A measure in words with its unit: 'mean trust (share, 0 to 1)'."""
    base = measure.removesuffix("_last_year")
    text = MEASURE_WORDS.get(base) or shortened(base.replace("_", " "), 48)
    if base != measure:
        text += f", last {YEAR} rounds"
    unit = RUN_MEASURES[measure].unit if measure in RUN_MEASURES else ""
    unit = UNIT_OF.get(base) or UNITS.get(unit, unit)
    return f"{text} ({unit})" if unit else text


def title(measure: str, small: bool = False) -> str:
    """A measure in words, without its unit, to begin a title with (or, small, to stand within one)."""
    text = label(measure).rpartition(" (")[0] or label(measure)
    return text if small else text[:1].upper() + text[1:]


def effect_label(measure: str) -> str:
    """The axis of an effect: a difference has the measure's unit, but no bounds of 0 and 1."""
    return "effect on " + label(measure).replace(", 0 to 1)", ")").replace("(0 to 1)", "(difference)")


def in_order(values: Iterable[str]) -> list[str]:
    """Each value once, in order of appearance."""
    return list(dict.fromkeys(values))
