"""About these leaders: what a report on a roster says of the people in it, by name."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from commonweal.analysis.results import Results
from commonweal.figures.labels import words
from commonweal.report.page import Cell, Part, Section, Table
from commonweal.report.pictures import published
from commonweal.report.sentences import capital, listed, percent
from commonweal.report.summary import per_cent
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
NOT_SURE: Final = "of nobody is it sure"
AT_ONCE: Final = " Intervals (95 %; ± in percentage points) hold for all leaders, or all groups, at once."
DISPOSABLE: Final = "what they are free to give (all but what running their own house takes)"
FREE: Final = f"Gives: the share of {DISPOSABLE}. With it: below, by how many percentage points that is more or less."


def about_leaders(results: Results) -> tuple[list[Section], list[Section]]:
    """What there is to say on the first page, and in the annex; nothing where the study is not of a roster."""
    about = results.manifest.get("about_leaders")
    if not about:
        return [], []
    where = f"{words(about['scenario'])}, with “{words(about['strategy'])}” at {about['basis']}"
    note = (
        f"In the scenario {where}, beside doing nothing; means over {about['replicates']} communities like yours, in "
        f"each of which what you left open is drawn anew.{AT_ONCE if about.get('at_once') else ''}"
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
    return [first], [Section("Every leader, by name", f"{note} {FREE}", [Part("", "", more)], wide=True)]


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
    more = [_given(each) for each in ranked if each["gives_then"] - each["gives"] >= LEAST and _is_sure(each, "gives")]
    less = [_given(each) for each in ranked if each["gives"] - each["gives_then"] >= LEAST and _is_sure(each, "gives")]
    none = capital(NOBODY if all(_is_sure(each, "gives") for each in ranked) else NOT_SURE)
    return [
        ("Who gives more", f"In shares of {DISPOSABLE}: {listed(more[:NAMED])}." if more else f"{none}."),
        ("Who gives less", f"In shares of the same: {listed(less[::-1][:NAMED])}." if less else f"{none}."),
    ]


def _given(leader: Mapping[str, Any]) -> str:
    """With nothing done, with the strategy, and how far the difference is sure: 'Ada (from 37 % to 61 %, ±4)'."""
    low, high = leader.get("gives_low"), leader.get("gives_high")
    sure = "" if low is None or high is None else f", ±{50 * (high - low):.0f}"
    return f"{leader['name']} (from {percent(leader['gives'])} to {percent(leader['gives_then'])}{sure})"


def _who_matters(leaders: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    known = sorted((each for each in leaders if each["without"] is not None), key=lambda each: -abs(each["without"]))
    most = [f"{each['name']} ({_without(each)})" for each in known if _is_sure(each, "without")][:NAMED]
    what = "Each left out in turn, under the same luck, what people have would change most without"
    none = "Each left out in turn, under the same luck: of nobody is it sure that it would change what people have"
    return [("Who matters most", f"{what} {listed(most)}." if most else f"{none}.")] if known else []


def _is_sure(leader: Mapping[str, Any], change: str) -> bool:
    """Whether its interval is all on one side of none; so held where there is none, as in results of before."""
    low, high = leader.get(f"{change}_low"), leader.get(f"{change}_high")
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


def _gives_then(leader: Mapping[str, Any]) -> Cell:
    """What a leader gives with the strategy; below it the interval of the difference, in percentage points."""
    low, high = leader.get("gives_low"), leader.get("gives_high")
    ends = "" if low is None or high is None else per_cent(low, high).removesuffix(" %")
    return Cell(percent(leader["gives_then"]), "n", ends)


def _gain_cell(group: Mapping[str, Any]) -> Cell:
    """A gain; below it its interval."""
    ends = [group.get(end) for end in ("gain_low", "gain_high")]
    shares = [end / group["has"] for end in ends if end is not None and group["has"] > 0]
    return Cell(per_cent(_gain(group), _gain(group)), "n", per_cent(*shares) if len(shares) == 2 else "")


def _groups(groups: Iterable[Mapping[str, Any]]) -> Table:
    have, units = told().said(f"have, {UNIT}"), told()
    head = [Cell("people of"), Cell(have, "n"), Cell("gain", "n"), Cell("months a year", "n")]
    rows = [
        [Cell(each["name"]), Cell(units.written(each["has"] * units.times(UNIT), 2), "n"),
         _gain_cell(each), Cell(f"{12.0 * _gain(each):+.1f}".replace("-", "−"), "n")]
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
         _gives_then(each), _removal(each)]
        for each in sorted(leaders, key=lambda each: each["gives"] - each["gives_then"])
    ]  # fmt: skip
    return Table("", "leaders by name", head, rows)
