"""About these leaders: what a report on a roster says of the people in it, by name."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from commonweal.analysis.results import Results
from commonweal.figures.labels import words
from commonweal.report.page import Cell, Part, Section, Table
from commonweal.report.pictures import published
from commonweal.report.sentences import capital, listed, percent
from commonweal.report.summary import per_cent
from commonweal.report.verdicts import LEVEL
from commonweal.study.conditions import BASELINE
from commonweal.units import told

UNIT: Final = "MU per person and month"
NAMED: Final = 3
"""leaders whom a sentence names"""
GROUPS: Final = 8
"""groups that the first page has; the others stand in the annex"""
LEAST: Final = 0.005
"""a difference that is written as none"""
NOBODY: Final = "nobody, on the mean"


def about_leaders(results: Results) -> tuple[list[Section], list[Section]]:
    """What there is to say on the first page, and in the annex; nothing where the study is not of a roster."""
    about = results.manifest.get("about_leaders")
    if not about:
        return [], []
    where = f"{words(about['scenario'])}, with “{words(about['strategy'])}” at {about['basis']}"
    note = (
        f"In the scenario {where}, beside doing nothing; means over {about['replicates']} communities like yours, in "
        "each of which what you left open is drawn anew."
    )
    named = [
        ("Who gains", _who_gains(about["groups"])),
        *_who_gives(about["leaders"]),
        *_who_matters(about["leaders"]),
    ]
    groups = sorted(about["groups"], key=lambda group: -_gain(group))
    part = Part("", "", [_groups(groups[:GROUPS])], named)
    drawn = published(results.folder / "figures" / f"community_{about['scenario']}_{BASELINE}.png")
    more = [_leaders(about["leaders"]), *([_groups(groups)] if len(groups) > GROUPS else [])]
    first = Section("About these leaders", note + _unit(about), [part], wide=True, pictures=list(drawn))
    return [first], [Section("Every leader, by name", note, [Part("", "", more)], wide=True)]


def _unit(about: Mapping[str, Any]) -> str:
    if told().money:
        return f" {told().key}."
    return " MU is the unit of your own column of what leaders can give in a month." if about["own_money"] else ""


def _gain(group: Mapping[str, Any]) -> float:
    """As a share of what its people have with nothing done."""
    return group["has_then"] / group["has"] - 1.0 if group["has"] > 0 else 0.0


def _who_gains(groups: Iterable[Mapping[str, Any]]) -> str:
    ranked = sorted(groups, key=lambda group: -_gain(group))
    most, least = ranked[0], ranked[-1]
    said = f"Most: the people of {most['name']}, {_in_months(_gain(most))}."
    return said if most is least else f"{said} Least: those of {least['name']}, {_in_months(_gain(least))}."


def _in_months(gain: float) -> str:
    """'+11 %, as much as 1.3 months more a year'."""
    months = abs(12.0 * gain)
    much = f", as much as {months:.1f} months {'more' if gain > 0 else 'less'} a year" if months >= 0.05 else ""
    return f"{per_cent(gain, gain)}{much}"


def _who_gives(leaders: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    ranked = sorted(leaders, key=lambda each: each["gives"] - each["gives_then"])
    more = [_given(each) for each in ranked[:NAMED] if each["gives_then"] - each["gives"] >= LEAST]
    less = [_given(each) for each in ranked[::-1][:NAMED] if each["gives"] - each["gives_then"] >= LEAST]
    of = "of what they are free to give:"
    return [
        ("Who gives more", f"Most, in shares {of} {listed(more)}." if more else f"{capital(NOBODY)}."),
        ("Who gives less", f"In shares {of} {listed(less)}." if less else f"{capital(NOBODY)}."),
    ]


def _given(leader: Mapping[str, Any]) -> str:
    """With nothing done, and with the strategy."""
    return f"{leader['name']} (from {percent(leader['gives'])} to {percent(leader['gives_then'])})"


def _who_matters(leaders: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    known = sorted((each for each in leaders if each["without"] is not None), key=lambda each: -abs(each["without"]))
    sure = [each for each in known if _is_sure(each)]
    most = [f"{each['name']} ({_without(each)})" for each in sure[:NAMED]]
    what = "Each left out in turn, under the same luck, what people have would change most without"
    none = "Each left out in turn, under the same luck: of nobody is it sure that it would change what people have"
    corrected = any(each.get("without_p") is not None for each in known)
    so_many = f" after Holm's correction for all {len(known)}" if corrected else ""
    said = f"{what} {listed(most)}{so_many and '; sure'}{so_many}." if most else f"{none}{so_many}."
    return [("Who matters most", said)] if known else []


def _is_sure(leader: Mapping[str, Any]) -> bool:
    """Whether it is sure, among so many, that it matters; in results of before by the interval, where there is one."""
    if (p := leader.get("without_p")) is not None:
        return p < LEVEL
    low, high = leader.get("without_low"), leader.get("without_high")
    return low is None or high is None or low > 0 or high < 0


def _without(leader: Mapping[str, Any]) -> str:
    """'−5.1 %, −6.0 to −4.2 %': the change without a leader and its interval, where that is known."""
    low, high = leader.get("without_low"), leader.get("without_high")
    change = per_cent(leader["without"], leader["without"])
    return change if low is None or high is None else f"{change}, {per_cent(low, high)}"


def _removal(leader: Mapping[str, Any]) -> Cell:
    """The same in a table, the interval below."""
    if leader["without"] is None:
        return Cell("–", "n")
    change, _, ends = _without(leader).partition(", ")
    return Cell(change, "n", ends)


def _groups(groups: Iterable[Mapping[str, Any]]) -> Table:
    have, units = told().said(f"have, {UNIT}"), told()
    head = [Cell("people of"), Cell(have, "n"), Cell("gain", "n"), Cell("months a year", "n")]
    rows = [
        [Cell(each["name"]), Cell(units.written(each["has"] * units.times(UNIT), 2), "n"),
         Cell(per_cent(_gain(each), _gain(each)), "n"), Cell(f"{12.0 * _gain(each):+.1f}".replace("-", "−"), "n")]
        for each in groups
    ]  # fmt: skip
    return Table("", "groups by name", head, rows)


def _leaders(leaders: Iterable[Mapping[str, Any]]) -> Table:
    head = [
        Cell("leader"),
        Cell("sector"),
        Cell("serves"),
        Cell("gives", "n"),
        Cell("with it", "n"),
        Cell("without them", "n"),
    ]
    rows = [
        [Cell(each["name"]), Cell(each["sector"]), Cell(each["group"]), Cell(percent(each["gives"]), "n"),
         Cell(percent(each["gives_then"]), "n"), _removal(each)]
        for each in sorted(leaders, key=lambda each: each["gives"] - each["gives_then"])
    ]  # fmt: skip
    return Table("", "leaders by name", head, rows)
