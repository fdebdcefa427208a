"""The report of a fit, in words: what was observed, what was learnt, how alike the worlds are, what to ask next."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from commonweal import units
from commonweal.configuration.own_money import option_of
from commonweal.fitting.fit import Fitted
from commonweal.fitting.folder import UNIT
from commonweal.fitting.markup import harmless, table
from commonweal.fitting.observed import KINDS, Observed
from commonweal.fitting.rivals import Difference, Rival
from commonweal.fitting.summaries import SUMMARIES
from commonweal.fitting.worth import Worth
from commonweal.roster import Roster

CALLED: Final = {
    "gave": "what single leaders gave", "gave_all": "what all gave on the mean",
    "expected": "what leaders expected of the others", "agreed": "whether the table agreed",
    "accepted": "who accepted the agenda", "attended": "who had a seat", "met": "who met whom",
    "faith": "trust in the others at large", "trust": "trust in single others", "tie": "who attended to whom",
}  # fmt: skip
"""what was seen, in words"""
LEARNT: Final = 0.1
"""of its interval, what a parameter must have lost for it to be told of"""
SHOWN: Final = 12
"""rows of a table"""


class Told(NamedTuple):
    """All that a report tells of."""

    roster: Roster
    observed: Observed
    fitted: Fitted
    parameters: Any
    """pd.DataFrame: a row per parameter, see `carry_out.parameters_of`"""
    alike: Any
    """pd.DataFrame: a row per summary, see `alike`"""
    worth: Worth
    rivals: list[Rival]
    rounds: int


def as_markdown(told: Told) -> str:
    """The report as Markdown; what users wrote is in it as it stands, and nothing of it is markup."""
    parts = (_head, _observed, _alike, _learnt, _strategies, _next, _rivals, _unknown, _how)
    return "\n".join(line for part in parts for line in (*part(told), ""))


def _head(told: Told) -> Iterator[str]:
    yield f"# What a fit says of {len(told.roster.ids)} leaders"
    yield ""
    if not told.observed.dates:
        yield "Nothing was observed, so that these worlds are those of the prior: all that was known before."
        return
    good = int(told.alike["alike"].sum())
    learnt = int((told.parameters["narrower"] >= LEARNT).sum())
    yield (
        f"From what was observed up to month {told.observed.months}, {learnt} of {len(told.parameters)} numbers that "
        "the model does not know were narrowed by a tenth or more. Accepted worlds look like the community in "
        f"{good} of {len(told.alike)} respects that were compared{_but_not(told)}. Over these worlds "
        f"`{told.worth.best}` is best on the mean for the next {told.rounds} months."
    )


def _but_not(told: Told) -> str:
    """How many respects were left out since no world comes near."""
    left = len(told.fitted.target.beyond)
    return f", and no world comes near in {left} more" if left else ""


def _observed(told: Told) -> Iterator[str]:
    yield "## What was observed"
    yield ""
    rows = []
    for name in KINDS:
        there = getattr(told.observed, name)
        if there:
            months = sorted(there)
            rows.append((CALLED[name], f"{told.observed.count(name):,}", f"{len(months)}: {months[0]} to {months[-1]}"))
    if rows:
        yield from table(("what", "answers", "months"), rows)
    else:
        yield "Nothing."
    if told.observed.notes:
        yield ""
        yield "How it was read:"
        yield ""
        yield from (f"- {harmless(note)}" for note in told.observed.notes)


def _alike(told: Told) -> Iterator[str]:
    yield "## How alike the worlds are"
    yield ""
    if len(told.alike):
        yield (
            "Accepted worlds, played once more with new luck, against the community. Intervals hold 95 of 100 "
            "communities; one that lies outside was not met, whatever the numbers."
        )
        yield ""
        rows = [
            (each['words'], _number(each['observed']), _between(each['prior_low'], each['prior_high']),
             _between(each['low'], each['high']), "yes" if each['alike'] else "**no**")
            for each in told.alike.to_dict("records")
        ]  # fmt: skip
        yield from table(("", "community", "worlds before", "worlds accepted", "alike"), rows)
    else:
        yield "There was nothing to compare."
    for name, (value, low, high) in told.fitted.target.beyond.items():
        yield ""
        yield (
            f"No world comes near in one respect, which was therefore left out: {SUMMARIES[name].words} is "
            f"{_number(value)}, and {_number(low)} to {_number(high)} in worlds. Either it was measured otherwise "
            "than the model means it, or the model lacks what makes it so here."
        )
    for name, value in told.fitted.target.mute.items():
        yield ""
        yield f"The same in all worlds, so that it tells nothing: {SUMMARIES[name].words} ({_number(value)})."


def _learnt(told: Told) -> Iterator[str]:
    yield "## What was learnt"
    yield ""
    learnt = told.parameters[told.parameters["narrower"] >= LEARNT].sort_values("narrower", ascending=False)
    if not len(learnt):
        yield "No number was narrowed by a tenth of its interval or more. All of them are in parameters.csv."
        return
    yield "Numbers that were narrowed most, with the middle 95 % before and after; all of them are in parameters.csv."
    yield ""
    rows = [
        (
            _called(each), _of(each["name"], each["prior_middle"]), _both(each, "prior_low", "prior_high"),
            _of(each["name"], each["middle"]), _both(each, "low", "high"), f"{each['narrower']:.0%}",
        )
        for each in learnt.head(SHOWN).to_dict("records")
    ]  # fmt: skip
    yield from table(("number", "before", "95 %", "after", "95 %", "narrower by"), rows)


def _strategies(told: Told) -> Iterator[str]:
    yield "## What each strategy brings in these worlds"
    yield ""
    yield (
        f"Net welfare against doing nothing, {_unit()}, mean over {told.rounds} months from the roster's date on; "
        "the middle 95 % of worlds, and in what share of worlds each is the best."
    )
    yield ""
    rows = [
        (
            f"`{each['strategy']}`",
            _amount(each["effect"], 3, "+"),
            f"{_amount(each['low'], 3, '+')} to {_amount(each['high'], 3, '+')}",
            f"{each['best_in']:.0%}",
        )
        for each in told.worth.effects.to_dict("records")
    ]
    yield from table(("strategy", "effect", "95 % of worlds", "best in"), rows)


def _next(told: Told) -> Iterator[str]:
    yield "## The next question"
    yield ""
    found = told.worth
    yield (
        f"What it would be worth to know more before choosing, {_unit()}: what the best choice would then bring, "
        f"less what `{found.best}` brings. To know all numbers of a world at once would be worth "
        f"{_worth(found.all_known)} or more."
    )
    yield ""
    told_of: Any = found.table[found.table["told"] & (found.table["worth"] > 0)]
    if len(told_of):
        rows = [(_called(each), each['kind'], _worth(each['worth'])) for each in
                told_of.head(SHOWN).to_dict("records")]  # fmt: skip
        yield from table(("to know", "", "is worth"), rows)
        yield ""
    rest = len(found.table) - len(told_of)
    yield (
        f"Of {'the other ' if len(told_of) else ''}{rest} numbers and questions the worth cannot be told from luck, "
        "and is small. All are in worth.csv."
    )


def _rivals(told: Told) -> Iterator[str]:
    yield "## What would change the answer"
    yield ""
    if not told.rivals:
        yield f"Nothing in these worlds: `{told.worth.best}` is the best in all of them."
    for each in told.rivals:
        where = "; ".join(filter(None, map(_difference, each.differences)))
        yield (
            f"- `{each.strategy}` is better than `{told.worth.best}` in {each.share:.0%} of worlds. In the nearest "
            f"it is better by {_worth(each.by)}{', and ' if where else ''}{where}."
        )


def _difference(each: Difference) -> str:
    """What a number is in a world, and what in all; '' where they are told as the same."""
    there, here = _of(each.name, each.there), _of(each.name, each.here)
    called = _called({"name": each.name, "words": each.words})
    return f"{called} is {there} rather than {here}" if there != here else ""


def _unknown(told: Told) -> Iterator[str]:
    yield "## What stays unknown"
    yield ""
    same = told.parameters[told.parameters["narrower"] < LEARNT]
    contested = [f"`{name}`" for name in same.loc[same["contested"], "name"]]
    yield (
        f"- Of {len(same)} of {len(told.parameters)} numbers these observations say little or nothing: accepted worlds "
        "have them as the prior has."
    )
    if contested:
        yield f"- Whether some channels are there at all: {', '.join(contested)}."
    yield (
        "- What these leaders are like one by one, beyond the roster: worlds are told apart by what all leaders "
        "have in common, and single leaders are drawn anew in each."
    )
    yield "- What the model has no word for, and what happened in the months that were not observed."


def _how(told: Told) -> Iterator[str]:
    yield "## How it was done"
    yield ""
    if units.told().money:
        yield f"{harmless(units.told().key)}. The tables beside this report are in MU."
        yield ""
    found = told.fitted
    if not found.target.names:
        yield f"{len(found.accepted.weight):,} worlds were drawn from the prior (a Latin hypercube)."
        return
    yield (
        "Sequential Monte Carlo with regression adjustment (Beaumont, Zhang & Balding 2002). Worlds were drawn from "
        "the prior, then where a regression of what is compared on what is not known says that the community lies; "
        "each has a weight, so that the prior stays what it was. The nearest were kept, as many as tell as much as "
        f"{found.accepted.effective:,.0f} of equal weight, within {found.accepted.radius:.2g} standard deviations of "
        "luck. They are in worlds.parquet: a column for each number, by its name in conf, and a weight."
    )


def _number(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def _between(low: float, high: float) -> str:
    return f"{_number(low)} to {_number(high)}"


def _called(each: Mapping[Any, Any]) -> str:
    """A number in words, and by its name in conf; its unit as amounts are told here where it is in MU."""
    words = units.told().said(each["words"]) if option_of(each["name"]) else each["words"]
    return f"{harmless(words)} (`{each['name']}`)"


def _of(name: str, value: float) -> str:
    """The value of a number by its name in conf, as amounts are told here."""
    its = units.told()
    return its.written(value * its.mu) if its.money and option_of(name) else _number(value)


def _both(each: Mapping[Any, Any], low: str, high: str) -> str:
    return f"{_of(each['name'], each[low])} to {_of(each['name'], each[high])}"


def _worth(value: float) -> str:
    return _amount(value, 2)


def _amount(value: float, figures: int, sign: str = "") -> str:
    """An amount of UNIT, as amounts are told here."""
    its = units.told()
    return its.written(value * its.times(UNIT), sign=sign) if its.money else f"{value:{sign}.{figures}g}"


def _unit() -> str:
    return harmless(units.told().said(UNIT)) if units.told().money else UNIT
