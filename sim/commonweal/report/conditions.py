"""What a report says of conditions that are held against the first of them."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import pandas as pd

from commonweal.analysis.against import against
from commonweal.analysis.outcomes import EVERYWHERE, Outcomes
from commonweal.analysis.precedence import is_ordered, precedences
from commonweal.analysis.smallest_effect import declared
from commonweal.figures.forest import forest
from commonweal.figures.labels import effect_label, in_order, title, words
from commonweal.report.answer import STRATEGIES, Terms, best_of, called, changes
from commonweal.report.page import Cell, Page, Part, Picture, Section, Table, blank
from commonweal.report.pictures import drawn
from commonweal.report.sentences import capital, effect_text, listed, welfare
from commonweal.report.tables import GAINERS, MOST, counted, effect, foremost, gains, ranked
from commonweal.report.verdicts import HARMS, HELPS, rule, verdicts
from commonweal.study.conditions import BASELINE
from commonweal.units import told

PRECEDENCE: Final = (
    "The mean of the orders in which the one begins before the other, less that of the orders in which it begins "
    "after. What comes first also acts longest, and costs longest. Where all have begun by the last year, every order "
    "does the same at the same price then, and what is left is what the path has done."
)
LAST: Final = "welfare_net_last_year"


def tell(found: Outcomes) -> Page:
    """The page of a design whose conditions are held against its first."""
    first, *others = found.choices()
    terms = beside_first(first, "condition")
    about = found.manifest
    who = f"{about['leaders']:,} leaders with differing priorities"
    if not others:
        return blank(about, f"What do {who} come to?", "Nothing was compared: the design has one condition.")
    basis = f"beside {terms.nothing}"
    whole = against(found, first, list(GAINERS)).assign(basis=basis)
    each = one_by_one(whole)
    orders = {measure: precedences(found, measure) for measure in ("welfare_net", LAST)} if is_ordered(found) else {}
    answer = [best_of(each, basis, terms), changes(each, basis), changes(each, basis, "worst_off")]
    ranks = _ranked(whole, terms, (first, found.spend_of(first)))
    sections = [
        Section(f"Conditions ranked beside {terms.nothing}", ranking(terms), ranks),
        Section("Who gains, who loses", counted(len(found.groups)), [gains(each, terms.noun, _best(whole))], wide=True),
    ]
    if orders:
        answer[-1] = _belongs(orders["welfare_net"])
        sections.insert(1, Section("What had better come first", PRECEDENCE, _orders(orders)))
    question = (
        f"Under which of {len(others)} conditions do {who} do more for the people they serve than under "
        f"{terms.nothing}?"
        if len(others) > 1 else f"Do {who} do more for the people they serve under “{called(others[0])}” than under "
        f"{terms.nothing}?"
    )  # fmt: skip
    return blank(about, question, *answer)._replace(
        rule=_rule(terms, declared(about)), sections=sections, pictures=list(_pictures(whole, orders, terms))
    )  # fmt: skip


def beside_first(first: str, noun: str) -> Terms:
    """The words for what is held against the first condition."""
    return Terms(noun, STRATEGIES.nothing if first == BASELINE else f"“{called(first)}”")


def ranking(terms: Terms) -> str:
    """What the columns of a ranking are."""
    return told().said(
        "Effect: what it does to welfare per person and round, net of spend, in MU, with its 95 % interval below it. "
        f"Spend: money and leaders' time, MU per leader and round. Sure: how sure it is that its mean is the "
        f"best, of every {terms.noun} and of {terms.nothing}; that is no chance of success. Best in: the share of "
        "communities in which it does best."
    )


def _rule(terms: Terms, share: float) -> str:
    """The rule by which verdicts are given, and what its words mean. share: the smallest effect of interest."""
    return (
        f"The rule: {rule(terms.noun, share, terms.nothing, ' for the number of rows')} An effect is the difference "
        f"between the same community, with the same luck, in that {terms.noun} and with {terms.nothing}. "
        + told().said("MU is the unit of money and of leaders' time.")
    )


def one_by_one(effects: pd.DataFrame) -> pd.DataFrame:
    """The scenarios without the mean over them, where there are several."""
    single = len(set(effects["scenario"])) == 1
    return effects if single else effects.loc[effects["scenario"] != EVERYWHERE, :]


def _ranked(whole: pd.DataFrame, terms: Terms, own: tuple[str, dict[str, float]]) -> list[Part]:
    """Per scenario, and first on the mean over them, the conditions; with what the first comes to."""
    of = whole[whole["measure"] == "welfare_net"].groupby("scenario", sort=False)["baseline"].first()
    parts = ranked(whole, terms.noun, own=own)
    notes = (f"{capital(terms.nothing)} comes to {welfare(value)}. " for value in of)
    return [part._replace(note=note + part.note) for part, note in zip(parts, notes, strict=True)]


def _best(whole: pd.DataFrame) -> list[str]:
    """The conditions that the ranking shows."""
    first = foremost(whole.loc[whole["measure"] == "welfare_net", :], "scenario")
    return first.nlargest(MOST, "effect")["strategy"].tolist()


def _orders(orders: dict[str, pd.DataFrame]) -> list[Part]:
    tables: dict[str, list[Table]] = {}
    for table, when in zip(orders.values(), ("over the whole run", "in the last year"), strict=True):
        for scenario in in_order(table["across"]):
            rows = table.loc[table["across"] == scenario, :]
            cells = [
                [Cell(f"{words(row['first'])} before {words(row['then'])}"), effect(row, 4),
                 Cell(_belonging(row, verdict))]
                for row, verdict in zip(rows.to_dict("records"), verdicts(rows), strict=True)
            ]  # fmt: skip
            head = [Cell("order"), Cell("effect", "n"), Cell("comes first")]
            tables.setdefault(scenario, []).append(Table(capital(when), f"{words(scenario)}, {when}", head, cells))
    return [Part(capital(words(scenario)), "", some) for scenario, some in tables.items()]


def _belonging(row: dict, verdict: str) -> str:
    return words(row["first"] if row["effect"] > 0 else row["then"]) if verdict in (HELPS, HARMS) else verdict


def _belongs(orders: pd.DataFrame) -> str:
    """What belongs before what, on the mean over the scenarios."""
    rows = foremost(orders, "across")
    pairs = [
        f"{words(one)} before {words(other)} by "
        + effect_text({"effect": abs(row["effect"]), "low": ends[0], "high": ends[1]})
        for row, verdict in zip(rows.to_dict("records"), verdicts(rows), strict=True) if verdict in (HELPS, HARMS)
        for one, other in [(row["first"], row["then"]) if row["effect"] > 0 else (row["then"], row["first"])]
        for ends in [sorted((abs(row["low"]), abs(row["high"])))]
    ]  # fmt: skip
    where = " on the mean over the scenarios" if rows["across"].iloc[0] == EVERYWHERE else ""
    return f"Over the whole run it is better{where} to begin {listed(pairs)}." if pairs else (
        f"Over the whole run{where} no order is better than another by a difference that surely matters."
    )  # fmt: skip


def _pictures(whole: pd.DataFrame, orders: dict[str, pd.DataFrame], terms: Terms) -> Iterator[Picture]:
    best, places = _best(whole), in_order(whole["scenario"])
    for measure in ("welfare_net", "worst_off"):
        rows = whole.loc[(whole["measure"] == measure) & whole["strategy"].isin(best), :]
        rows = rows.sort_values("strategy", key=lambda names: names.map(best.index), kind="stable")
        rows = rows.sort_values("scenario", key=lambda names: names.map(places.index), kind="stable")
        table = rows.drop(columns="strategy").assign(panel=rows["scenario"], row=rows["strategy"])
        yield from drawn(partial(
            forest, table, f"{title(measure)}, beside {terms.nothing}",
            "Mean differences over the whole run, paired by replicate.",
            effect_label(measure),
        ))  # fmt: skip
    for measure, table in orders.items():
        rows = table.assign(panel=table["across"], row=table["first"] + " before " + table["then"])
        yield from drawn(partial(
            forest, rows, f"What had better come first: {title(measure, small=True)}",
            "Orders with the first before the second less those with the second before the first, paired by replicate.",
            effect_label(measure),
        ))  # fmt: skip
