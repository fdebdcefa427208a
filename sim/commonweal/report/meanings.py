"""Meanings: what readers ask about the words of an answer, in a clause each, for page and terminal alike."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from commonweal.figures.labels import words
from commonweal.model.strategies import ALL
from commonweal.study.conditions import BASELINE

NET: Final = "welfare net of spend"
MEANT: Final = "what people have, less what the convener spent"
STRATEGY: Final = (
    "A strategy is something that the convener, who brings these leaders together, does every month: see “What it "
    "means on Monday”."
)
HALF: Final = 2
"""by what a number is divided to show what it does"""


def explained(paragraphs: Iterable[str]) -> list[str]:
    """The paragraphs, with its meaning behind the first mention of welfare net of spend."""
    found, said = [], False
    for each in paragraphs:
        found.append(each if said else each.replace(NET, f"{NET} ({MEANT})", 1))
        said = said or NET in each
    return found


def counted(strategies: Collection[str], joined: str) -> str:
    """Of several what is compared, the mix of all told apart: '7 strategies and all seven at once'.

    strategies: doing nothing may be among them. joined: 'and' or 'or'.
    """
    single = [name for name in strategies if name not in (BASELINE, ALL)]
    at_once = f" {joined} {words(ALL)} at once" if ALL in strategies else ""
    return f"{len(single)} {'strategies' if len(single) > 1 else 'strategy'}{at_once}"


def people(manifest: Mapping[str, Any]) -> str:
    """How many people are assumed, by whom amounts per person are divided, and how that is changed; '' where known."""
    config = manifest.get("config", {})
    each = (config.get("people") or {}).get("people_per_leader", 1)
    about = manifest.get("about_leaders") or {}
    known = about.get("own_people", bool((config.get("community") or {}).get("groups_file")))
    return "" if known else assumed(each)


def assumed(each: float) -> str:
    """The same of so many people for each leader; '' of one, who is a player for themself."""
    if each <= 1:
        return ""
    return (
        f"Amounts per person look small because {each:,.0f} people are assumed for each leader: with "
        f"people.people_per_leader={each / HALF:g} each has twice as much, and per cent stay as they are."
    )
