"""Names, measures and units in words."""

import unicodedata
from collections.abc import Iterable
from typing import Final

import pandas as pd

from commonweal.analysis.had import unhad
from commonweal.analysis.smallest_effect import of_no_matter
from commonweal.model.measures import MEASURES
from commonweal.model.run import RUN_MEASURES, YEAR
from commonweal.model.strategies import ALL, STRATEGIES
from commonweal.study.conditions import BASELINE, EQUAL, told_name
from commonweal.units import told

UNITS: Final = {"0..1": "0 to 1", "share": "share, 0 to 1"}

IN_WORDS: Final = {7: "seven", 8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve"}
OWN_WORDS: Final = {
    BASELINE: "doing nothing",
    ALL: f"all {IN_WORDS.get(len(STRATEGIES), len(STRATEGIES))}",
    "everywhere": "all scenarios",
}
"""names that are more than their letters; the mean over scenarios is called 'everywhere' in tables"""


def words(name: str, most: int = 32) -> str:
    """names_like_this in words: 'names like this', and amounts in them in the money that is told in."""
    return OWN_WORDS.get(name) or shortened(told_name(name, told()).replace("_", " "), most)


def shortened(name: str, most: int = 24) -> str:
    """A name on one line of at most `most` characters, with an ellipsis where it was longer; otherwise untouched."""
    seen = "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in str(name))
    line = " ".join(seen.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def label(measure: str) -> str:
    """A measure in words with its unit: 'mean trust (share, 0 to 1)'."""
    base = measure.removesuffix("_last_year")
    about = RUN_MEASURES.get(measure)
    text = (about and about.words) or shortened(base.replace("_", " "), 48)
    if base != measure:
        text += f", last {YEAR} months"
    unit = told().said(about.scale or UNITS.get(about.unit, about.unit)) if about else ""
    return f"{text} ({unit})" if unit else text


def title(measure: str, small: bool = False) -> str:
    """A measure in words, without its unit, to begin a title with (or, small, to stand within one)."""
    text = label(measure).rpartition(" (")[0] or label(measure)
    return text if small else text[:1].upper() + text[1:]


def short(measure: str) -> str:
    """A measure above a column."""
    about = MEASURES[measure]
    return about.short or about.words or measure.replace("_", " ")


def effect_label(measure: str) -> str:
    """The axis of an effect: a difference has the measure's unit, but no bounds of 0 and 1."""
    return "effect on " + label(measure).replace(", 0 to 1)", ")").replace("(0 to 1)", "(difference)")


def in_order(values: Iterable[str]) -> list[str]:
    """Each value once, in order of appearance."""
    return list(dict.fromkeys(values))


def of_no_matter_note(table: pd.DataFrame, column: str) -> str:
    """A sentence, after a blank, on what makes no difference that matters in any row of a table; empty where none."""
    names = [words(name) for name in of_no_matter(table, column)]
    return f" No difference that matters anywhere here: {', '.join(names)}." if names else ""


def unhad_note(table: pd.DataFrame) -> str:
    """A sentence, after a blank, on what cannot be had at equal spend, and where; empty where all can be."""
    found = unhad(table)
    whole = [words(name) for name, scenarios in found.items() if not scenarios]
    some = [f"{words(name)} in {', '.join(map(words, scenarios))}" for name, scenarios in found.items() if scenarios]
    said = "; ".join(filter(None, [", ".join(whole), *some]))
    return f" Cannot be had at {EQUAL}: {said}." if said else ""
