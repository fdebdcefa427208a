"""What a report says of a factorial: what each factor adds, which pairs help each other, which mix is best."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import pandas as pd

from commonweal.analysis.against import against
from commonweal.analysis.factorial import factor_effects
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.smallest_effect import declared
from commonweal.figures.forest import forest
from commonweal.figures.labels import effect_label, in_order, words
from commonweal.report.answer import UNIT, best_of
from commonweal.report.conditions import beside_first, one_by_one, ranking
from commonweal.report.page import Cell, Page, Part, Picture, Section, Table, blank
from commonweal.report.pictures import drawn
from commonweal.report.sentences import capital, effect_text, listed
from commonweal.report.tables import GAINERS, counted, effect, foremost, gains, plural, ranked
from commonweal.report.verdicts import HARMS, HELPS, NULL, UNSURE, rule, verdicts
from commonweal.units import told

EXTREME: Final = 3
"""pairs of either sign that are shown"""
BEST: Final = 5
"""mixes that are ranked"""
ADDS: Final = (
    "Mean of every {} with it less mean of every other: welfare per person and round, net of spend, in MU, with "
    "the 95 % interval below."
)
PAIRS: Final = (
    "Half the difference between what one of a pair does with and without the other, in MU: above 0 they bring more "
    "together than apart. The strongest of either sign; commonweal analyse lists all."
)

MEANT: Final = (
    "Effects are differences between the same communities, with the same luck. MU is the unit of money and of leaders' "
    "time."
)
"""what the words of the rule are"""
TOGETHER: Final = {HELPS: "synergy", HARMS: "clash", NULL: NULL, UNSURE: UNSURE}


def tell(found: Outcomes) -> Page:
    """The page of a factorial."""
    names = found.choices()
    mixes = all(found.paths[each].startswith("strategy.parts.") for each in found.factors)
    terms, factor = beside_first(names[0], "mix" if mixes else "condition"), "strategy" if mixes else "parameter"
    effects = factor_effects(found, "welfare_net")
    mains, pairs = _mains(effects, factor), effects.loc[effects["with"] != "", :]
    basis = f"beside {terms.nothing}"
    beside = against(found, names[0], ["welfare_net"]).assign(basis=basis)
    who = f"{found.manifest['leaders']:,} leaders with differing priorities"
    gaining = pd.concat([_mains(factor_effects(found, measure), factor).assign(measure=measure) for measure in GAINERS])
    ranks = f"{capital(plural(terms.noun))} ranked beside {terms.nothing}"
    decides = rule(factor, declared(found.manifest), terms.nothing, " for all effects of the scenario")
    sections = [
        Section(f"What each {factor} adds", told().said(ADDS).format(terms.noun), ranked(mains, factor)),
        Section("Together: synergy and clash", told().said(PAIRS), _pairs(pairs)),
        Section(ranks, ranking(terms), ranked(beside, terms.noun, BEST, (names[0], found.spend_of(names[0])))),
        Section("Who gains, who loses", counted(len(found.groups)), [gains(one_by_one(gaining), factor)], wide=True),
    ]
    return blank(
        found.manifest,
        f"Which of {len(found.factors)} {plural(factor)} add to what {who} do for the people they serve, which help "
        "each other, and which clash?" if len(found.factors) > 1 else
        f"Does {words(found.factors[0])} add to what {who} do for the people they serve?",
        _adding(mains, len(names), terms.noun, len(found.groups)), _pairing(pairs),
        best_of(one_by_one(beside), basis, terms),
    )._replace(
        rule=f"The rule: {decides} {told().said(MEANT)}",
        sections=[each for each in sections if each.parts],
        pictures=list(_pictures(effects, mains, factor)),
    )  # fmt: skip


def _mains(effects: pd.DataFrame, factor: str) -> pd.DataFrame:
    """Main effects as a table of effects."""
    mains = effects.loc[effects["with"] == "", :].rename(columns={"factor": "strategy", "across": "scenario"})
    return mains.assign(measure="welfare_net", basis=f"each {factor} on the mean over all others")


def _adding(mains: pd.DataFrame, count: int, noun: str, scenarios: int) -> str:
    """What adds to welfare and what costs more than it brings, on the mean."""
    rows = foremost(mains, "scenario").sort_values("effect", ascending=False)
    kinds = verdicts(rows)
    said = [f"{words(row['strategy'])} {effect_text(row)}" for row in rows.to_dict("records")]
    found = [
        f"{verb} {listed(text for text, each in zip(said, kinds, strict=True) if each == kind)}"
        for kind, verb in (
            (HELPS, "what adds is"),
            (HARMS, "what takes away is"),
            (NULL, "no difference that matters:"),
            (UNSURE, "unsure:"),
        )
        if (kinds == kind).any()
    ]
    where = f" and {scenarios} scenarios" if scenarios > 1 else ""
    what = f"for welfare net of spend ({told().said(UNIT)})"
    return f"On the mean over {count} {plural(noun)}{where}, {what}: {'; '.join(found)}."


def _pairing(pairs: pd.DataFrame) -> str:
    """How many pairs help each other and clash, and the strongest of both, on the mean."""
    if pairs.empty:
        return "No pair of effects can be told apart from others in this design."
    rows = foremost(pairs, "across").sort_values("effect", ascending=False)
    kinds = verdicts(rows)
    ends = {HELPS: ("help each other", rows.iloc[0]), HARMS: ("clash", rows.iloc[-1])}
    found = [
        f"{(kinds == kind).sum()} {verb}, most of all {words(row['factor'])} with {words(row['with'])}, "
        f"{effect_text(row, 4)}"
        for kind, (verb, row) in ends.items() if (kinds == kind).any()
    ]  # fmt: skip
    rest = ((NULL, "make no difference that matters"), (UNSURE, "are unsure"))
    found += [f"{(kinds == kind).sum()} {verb}" for kind, verb in rest if (kinds == kind).any()]
    what = "half the difference between what one does with and without the other"
    return f"Of {len(rows)} pairs {'; '.join(found)}: {what}."


def _pairs(pairs: pd.DataFrame) -> list[Part]:
    """Per scenario the strongest pairs of either sign."""
    found = []
    for scenario in in_order(pairs["across"]):
        rows = pairs.loc[pairs["across"] == scenario, :].sort_values("effect", ascending=False)
        rows = rows.assign(verdict=verdicts(rows))
        shown = rows if len(rows) <= 2 * EXTREME else pd.concat([rows.head(EXTREME), rows.tail(EXTREME)])
        cells = [
            [Cell(f"{words(row['factor'])} with {words(row['with'])}"), effect(row, 4),
             Cell(TOGETHER[row["verdict"]], str(row["verdict"]).split()[0])]
            for row in shown.to_dict("records")
        ]  # fmt: skip
        head = [Cell("pair"), Cell("effect", "n"), Cell("verdict")]
        table = Table(f"The strongest of {len(rows)} pairs", f"{words(scenario)}, pairs", head, cells)
        found.append(Part(capital(words(scenario)), "", [table]))
    return found


def _pictures(effects: pd.DataFrame, mains: pd.DataFrame, factor: str) -> Iterator[Picture]:
    below, first = effect_label("welfare_net"), effects["across"].iloc[0]
    rows = mains.assign(panel=mains["scenario"], row=mains["strategy"])
    note = "Mean with it less mean without it, paired by replicate."
    yield from drawn(partial(forest, rows, f"What each {factor} adds, on the mean over the others", note, below))
    pairs = effects.loc[(effects["with"] != "") & (effects["across"] == first), :].sort_values(
        "effect", ascending=False
    )
    pairs = pairs.assign(panel=first, row=pairs["factor"] + " + " + pairs["with"])
    note = "Half the difference between what one of a pair does with and without the other, paired by replicate."
    if not pairs.empty:
        yield from drawn(partial(forest, pairs, "Synergies and clashes", note, f"interaction: {below}"))
