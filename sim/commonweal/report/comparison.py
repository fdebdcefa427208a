"""What a report says of a comparison of strategies."""

from collections.abc import Iterator
from typing import Final

from commonweal.analysis.results import Results
from commonweal.analysis.smallest_effect import declared
from commonweal.figures.bands import bands
from commonweal.figures.cost_benefit import cost_benefit
from commonweal.figures.equity import equity
from commonweal.figures.labels import in_order, words
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.trajectories import trajectories
from commonweal.files import shipped
from commonweal.model.measures import HEADLINES
from commonweal.report.answer import answer, phrased, question
from commonweal.report.page import Page, Part, Picture, Section
from commonweal.report.pictures import drawn, published
from commonweal.report.sentences import listed, many
from commonweal.report.tables import counted, gains, ranked
from commonweal.report.verdicts import PRIMARY, rule, too_large
from commonweal.study.conditions import BASELINE

TOO_FEW: Final = 30
"""replicates below which the report says that it means little"""
RANKED: Final = (
    "Effect: welfare per person and round, net of spend, in MU, with its 95 % interval below it. Spend: money and "
    "leaders' time, MU per leader and round. Sure: how sure it is that its mean is the best, of all strategies and "
    "doing nothing; that is no chance of success. Best in: the share of communities in which it does best."
)
"""what the columns of the ranking are"""
MEANT: Final = (
    "An effect is the difference between the same community, with the same luck, with and without the strategy. MU is "
    "the unit of money and of leaders' time."
)
"""what the words of the rule are"""


def tell(results: Results) -> Page:
    """The page of a comparison."""
    about, effects = results.manifest, phrased(results.effects)
    size = f"{played(about, about['scenarios'])}{_mix(about)}"
    return Page(
        manifest=about, played=size, question=question(results), answer=answer(results),
        warnings=_warnings(results), rule=_rule(about),
        sections=[] if effects.empty else [
            Section("Strategies ranked", RANKED, _against_nothing(results), wide=True),
            Section("Who gains, who loses", counted(len(about["scenarios"])), [gains(effects, "strategy")], wide=True),
        ],
        pictures=list(_pictures(results)), strategies=list(about["strategies"]),
    )  # fmt: skip


def _rule(about: dict) -> str:
    """The rule; of an experiment with a plan, that it was set before."""
    planned = (shipped("experiments") / str(about["experiment"]) / "plan.md").is_file()
    before = ", set before the study" if planned else ""
    return f"The rule{before}: {rule('strategy', declared(about))} {MEANT}"


def _against_nothing(results: Results) -> list[Part]:
    nothing = results.effects[results.effects["measure"] == "welfare_net"].groupby("scenario", sort=False)["baseline"]
    return [
        part._replace(note=f"Doing nothing comes to {value:.3f} MU.".replace("-", "−"))
        for part, value in zip(ranked(phrased(results.effects), "strategy"), nothing.first(), strict=True)
    ]


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


def _pictures(results: Results) -> Iterator[Picture]:
    effects, rounds = results.effects, results.rounds
    scenario = results.manifest["scenarios"][0]
    if not effects.empty:
        for measure in in_order((PRIMARY, *HEADLINES)):
            yield from drawn(lambda measure=measure: strategy_effects(effects, measure))
        basis = in_order(effects["basis"])[-1]
        yield from drawn(lambda: equity(effects, basis))
        yield from drawn(lambda: cost_benefit(effects, basis))
    for name, draw in (("trajectories", trajectories), ("bands", bands)):
        if rounds.empty:
            yield from published(results.folder / "figures" / f"{name}_{scenario}.png")
        else:
            yield from drawn(lambda draw=draw: draw(rounds, scenario))
