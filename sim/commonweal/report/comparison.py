"""What a report says of a comparison of strategies."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from commonweal.analysis.results import Results
from commonweal.analysis.smallest_effect import declared
from commonweal.figures.bands import bands
from commonweal.figures.cost_benefit import cost_benefit
from commonweal.figures.equity import equity
from commonweal.figures.labels import in_order, words
from commonweal.figures.over_scenarios import over_scenarios
from commonweal.figures.ranks import ranks
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.trajectories import trajectories
from commonweal.files import shipped
from commonweal.model.measures import HEADLINES
from commonweal.report.about_leaders import about_leaders
from commonweal.report.answer import answer, phrased, question
from commonweal.report.meanings import STRATEGY
from commonweal.report.page import Cell, Page, Part, Picture, Section, Table
from commonweal.report.pictures import drawn, published
from commonweal.report.practice import practices
from commonweal.report.sentences import listed, many, welfare
from commonweal.report.summary import Over, alike, called, in_turn, summary
from commonweal.report.tables import LONG, counted, gains, ranked
from commonweal.report.verdicts import HARMS, HELPS, PRIMARY, rule, too_large
from commonweal.report.why_section import why
from commonweal.study.conditions import BASELINE
from commonweal.units import told

TOO_FEW: Final = 30
"""replicates below which the report says that it means little"""
RANKED: Final = (
    "Effect: welfare per person and round, net of spend, in MU, with its 95 % interval below it. Spend: money and "
    "leaders' time, MU per leader and round. Sure: how sure it is that its mean is the best, of all strategies and "
    "doing nothing; that is no chance of success. Best in: the share of communities in which it does best."
)
"""what the columns of the ranking are"""
SHORT: Final = (
    "Effect on welfare net of spend, in per cent of what doing nothing has, from the scenario with the least to that "
    "with the most. At full strength: whatever it costs."
)
SINGLE: Final = ("fan", "group_gains", "agenda")
"""figures of single communities, which are drawn with the study alone"""
MONDAY: Final = (
    "At full strength, in a community of this size. MU is the unit of money and of leaders' time; what the convener's "
    "staff is paid is among the money."
)
MEANT: Final = (
    "An effect is the difference between the same community, with the same luck, with and without the strategy. MU is "
    "the unit of money and of leaders' time."
)
"""what the words of the rule are"""


def tell(results: Results) -> Page:
    """The page of a comparison."""
    about, effects = results.manifest, phrased(results.effects)
    size = f"{played(about, about['scenarios'])}{_mix(about)}"
    page = Page(
        manifest=about, played=size, question=question(results), answer=answer(results),
        warnings=_warnings(results), rule=_rule(about), sections=[], pictures=[], strategies=list(about["strategies"]),
    )  # fmt: skip
    if effects.empty:
        return page._replace(pictures=list(_of_rounds(results)))
    page = page._replace(played=f"{STRATEGY} {page.played}")
    first, *bases = in_turn(effects["basis"])
    by_basis = [gains(effects.loc[effects["basis"] == basis, :], "strategy") for basis in (first, *bases)]
    who = partial(Section, "Who gains, who loses", counted(len(about["scenarios"])), wide=True)
    ranking = Section(
        "Strategies ranked, scenario by scenario", told().said(RANKED), _against_nothing(results), wide=True
    )
    leaders, every_leader = about_leaders(results)
    folded = by_basis if leaders else by_basis[1:]
    asked = why(results)
    pictures = list(_first_pictures(results))  # of a roster folded as well: its leaders have the room
    return page._replace(
        sections=[*leaders, *_in_short(results), *([] if leaders else [who(parts=by_basis[:1])]),
                  *([asked] if asked.parts else [])],
        annex=[*([] if asked.parts else [asked]), *every_leader, ranking, *([who(parts=folded)] if folded else [])],
        pictures=[] if leaders else pictures, further=[*(pictures if leaders else []), *_further_pictures(results)],
    )  # fmt: skip


def _in_short(results: Results) -> list[Section]:
    """A row per strategy over all scenarios, and what each means on Monday."""
    found = summary(results.effects)
    names = list(next(iter(found.values())))
    head = [Cell("strategy"), *(Cell(called(results.effects, basis)) for basis in found)]
    rows = [[Cell(words(name, LONG)), *(_over(its.get(name)) for its in found.values())] for name in names]
    done = [
        (words(each.strategy, LONG), " ".join(filter(None, (each.done, each.takes))))
        for each in practices(results.manifest, results.effects, names) if each.done or each.takes
    ]  # fmt: skip
    short, monday = Table("", "all scenarios", head, rows), [Part("", "", [], done)]
    return [
        Section("In short", SHORT, [Part("", "", [short])], wide=True),
        *([Section("What it means on Monday", told().said(MONDAY), monday, wide=True)] if done else []),
    ]


def _over(its: Over | None) -> Cell:
    """What a strategy does over all scenarios: the range of its effects, and the verdict."""
    return (
        Cell("") if its is None else Cell(its.effect, its.verdict if its.verdict in (HELPS, HARMS) else "", its.verdict)
    )


def _rule(about: dict) -> str:
    """The rule; of an experiment with a plan, that it was set before."""
    planned = (shipped("experiments") / str(about["experiment"]) / "plan.md").is_file()
    before = ", set before the study" if planned else ""
    return f"The rule{before}: {rule('strategy', declared(about))} {told().said(MEANT)}"


def _against_nothing(results: Results) -> list[Part]:
    nothing = results.effects[results.effects["measure"] == "welfare_net"].groupby("scenario", sort=False)["baseline"]
    like, level = alike(results.effects), nothing.first()
    shown = results.effects.loc[results.effects["scenario"].isin(like), :]
    return [
        part._replace(note=f"Doing nothing comes to {welfare(float(level.loc[scenario]))}.{_also(others)}")
        for part, (scenario, others) in zip(ranked(phrased(shown), "strategy"), like.items(), strict=True)
    ]


def _also(others: list[str]) -> str:
    """Which other scenarios a table stands for."""
    return f" But for the third digit the same in {listed(map(words, others))}." if others else ""


def played(about: dict, scenarios: list[str]) -> str:
    """How much was played, in a sentence."""
    noun = "scenarios" if len(scenarios) > 1 else "scenario"
    return (
        f"{many(about['replicates'], 'replicate')} of each condition, {many(about['leaders'], 'leader')}, "
        f"{many(about['rounds'], 'monthly round')}; {noun}: {', '.join(map(words, scenarios))}."
    )


def _mix(about: dict) -> str:
    """What a portfolio holds, in a sentence; '' where none was played."""
    parts = about.get("config", {}).get("strategy", {}).get("parts", {})
    if about["strategies"] != [BASELINE, "portfolio"]:
        return ""
    held = [
        f"{words(name)} at {part['intensity']:g}" + (f" from month {part['start']}" if part["start"] > 1 else "")
        for name, part in parts.items() if part["intensity"] > 0
    ]  # fmt: skip
    return f" The portfolio: {listed(held, 'nothing')}."


def _warnings(results: Results) -> list[str]:
    about, found = results.manifest, few(results.manifest)
    failed = len(results.runs[results.runs["status"] == "failed"])
    if failed or about.get("failed"):
        found.append(f"{failed or 'Some'} runs failed and are left out.")
    if results.runs.empty:
        found.append("The single runs are not here, as in a published copy; this rests on the table of effects.")
    if not results.effects.empty and (large := too_large(results.effects, about)):
        found.append(large)
    return found


def few(about: dict) -> list[str]:
    """A warning where there are too few replicates."""
    replicates = int(about["replicates"])
    verb = "is" if replicates == 1 else "are"
    return [f"{many(replicates, 'replicate')} {verb} too few for conclusions."] if replicates < TOO_FEW else []


def _first_pictures(results: Results) -> Iterator[Picture]:
    several = len(results.manifest["scenarios"]) > 1
    draw = over_scenarios if several else strategy_effects
    yield from drawn(lambda: draw(*_drawn_from(results, PRIMARY)), phone=True)


def _further_pictures(results: Results) -> Iterator[Picture]:
    effects = results.effects
    several = len(results.manifest["scenarios"]) > 1
    if several:
        yield from drawn(lambda: strategy_effects(*_drawn_from(results, PRIMARY)))
    draw = over_scenarios if several else strategy_effects
    for measure in in_order((PRIMARY, *HEADLINES))[1:]:
        yield from drawn(lambda measure=measure: draw(*_drawn_from(results, measure)))
    basis = in_turn(effects["basis"])[0]
    yield from drawn(lambda: equity(effects, basis))
    yield from drawn(lambda: cost_benefit(effects, basis))
    if not results.runs.empty:
        yield from drawn(lambda: ranks(results.runs.loc[results.runs["status"] == "succeeded", :], basis))
    for name in SINGLE:
        yield from published(results.folder / "figures" / f"{name}_{results.manifest['scenarios'][0]}.png")
    yield from _of_rounds(results)


def _drawn_from(results: Results, measure: str) -> tuple[Any, ...]:
    """What the figures of effects take."""
    return results.effects, measure, None, results.worlds if len(results.worlds) else None


def _of_rounds(results: Results) -> Iterator[Picture]:
    rounds, scenario = results.rounds, results.manifest["scenarios"][0]
    for name, draw in (("trajectories", trajectories), ("bands", bands)):
        if rounds.empty:
            yield from published(results.folder / "figures" / f"{name}_{scenario}.png")
        else:
            yield from drawn(lambda draw=draw: draw(rounds, scenario))
