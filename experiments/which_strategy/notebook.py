# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Which strategy helps these leaders cooperate?
#
# Leaders with differing priorities share a community. A convener can do seven things to help them work together. Which
# of them improves the lives of the people the leaders serve, net of what it costs, and in which circumstances does the
# answer change? `experiments/which_strategy/plan.md` states the question, the predictions and the decision rule,
# written before the run.

# %%
import numpy as np
import pandas as pd
from IPython.display import Markdown, display

from commonweal.analysis.effects import compare
from commonweal.analysis.in_units import amounts, results_told
from commonweal.analysis.results import load
from commonweal.analysis.smallest_effect import NO, YES
from commonweal.analysis.worlds import of_worlds
from commonweal.figures.cost_curves import cost_curves
from commonweal.figures.equity import equity
from commonweal.figures.labels import words
from commonweal.figures.over_scenarios import over_scenarios
from commonweal.figures.worlds import ranks_of, worlds
from commonweal.report.answer import answer
from commonweal.report.predictions import in_scenarios, predictions
from commonweal.report.sentences import effect_text, listed, percent
from commonweal.report.verdicts import HELPS, verdicts
from commonweal.study.conditions import BASELINE

# %% tags=["parameters"]
results_folder = "results/which_strategy/latest"
contested_folder = ""

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
results, units = results_told(results_folder)
manifest, effects, rounds = results.manifest, results.effects, results.rounds
scenarios = manifest["scenarios"]
display(Markdown(" ".join(answer(results))))

# %%
over_scenarios(effects, "welfare_net")

# %%
display(
    Markdown(
        f"**What was done.** {manifest['replicates']:,} replicates of each condition, {manifest['leaders']} leaders, "
        f"{manifest['rounds']} monthly rounds, seed {manifest['seed']}; scenarios: {listed(map(words, scenarios))}. "
        "Every effect is the difference between the same community, with the same luck, with and without the strategy."
    )
)

# %% [markdown]
# ## Strategy by strategy
# By the decision rule of the plan, in each scenario and at each basis:

# %%
net = effects[effects["measure"] == "welfare_net"]
net = net.assign(verdict=verdicts(net))
judged = net.pivot_table(index=["basis", "strategy"], columns="scenario", values="verdict", aggfunc="first", sort=False)
judged.rename(index=words, columns=words)

# %% [markdown]
# Effects on welfare per person net of spend, at full strength, with 95 % intervals, in MU per person and round:

# %%
full = net[net["basis"] == "full strength"]
full.assign(told=full.apply(effect_text, axis=1)).pivot(index="strategy", columns="scenario", values="told")[
    scenarios
].rename(index=words, columns=words)

# %% [markdown]
# The strategy whose mean is the best, doing nothing included; in how many of the communities it is the best of all, and
# in how many worlds of what is assumed (effects in MU per person and round, spend in MU per leader and round):

# %%
best = net.sort_values("prob_best", ascending=False).groupby(["basis", "scenario"], sort=False).head(1)
shown = pd.DataFrame(
    {
        "effect (95 % interval)": best.apply(effect_text, axis=1, digits=4),
        "sure its mean is the best": best["prob_best"].map("{:.3f}".format),
        "best in communities": best["best_communities"].map(percent),
        "best in worlds": best["best_worlds"].map(percent),
        "spend": best["spend"].map("{:.1f}".format),
    }
)
shown.set_index(pd.MultiIndex.from_frame(best[["basis", "scenario", "strategy"]])).sort_index().rename(index=words)

# %% [markdown]
# ## What a sum buys
# In the first scenarios; figures/cost_curves.png has all.

# %%
if len(results.curves):
    display(cost_curves(results.curves[results.curves["scenario"].isin(scenarios[:2])]))
else:
    display(Markdown("*No cost curve was played: `run.sums=[5,10,20,40,80,160]`.*"))

# %% [markdown]
# ## In how many worlds does it hold?
# Whatever is assumed drawn anew, jointly, from its ranges:

# %%
if len(results.worlds):
    for basis in ("full strength", "equal spend"):
        display(worlds(results.worlds, basis, "welfare_net", of_worlds(manifest)))
else:
    display(Markdown("*Nothing assumed was drawn: `ensemble=assumed`.*"))

# %% [markdown]
# What evidence disagrees on switched off, or not, in every combination:

# %%
contested = load(contested_folder) if contested_folder else None
if contested is not None:
    display(worlds(amounts(contested.worlds, units), "equal spend", "welfare_net", of_worlds(contested.manifest)))
else:
    display(Markdown("*Not played, or not given: `contested_folder=...`, of `commonweal run ensemble=contested`.*"))

# %% [markdown]
# ## Who gains?
# Above the dashed line the worst-off group gains more than the average person.

# %%
equity(effects)

# %% [markdown]
# ## The predictions
# As the plan has them, written before the run. Giving first: each strategy's effect on cooperation at full strength,
# and all seven together less the sum of the seven. Sums are taken within a replicate; in brackets are 95 % intervals.

# %%
giving = effects[(effects["measure"] == "cooperation") & (effects["basis"] == "full strength")]
table = giving.pivot(index="strategy", columns="scenario", values="effect")[scenarios]
singles = table.drop(index="all", errors="ignore")
runs = results.runs[(results.runs["basis"] == "full strength") | (results.runs["strategy"] == BASELINE)]
wide = runs.pivot(index=["scenario", "replicate"], columns="strategy", values="cooperation")
gained = wide.sub(wide[BASELINE], axis=0)
sums = pd.DataFrame({"sum of the seven": gained[singles.index].sum(axis=1, skipna=False)})
if "all" in gained:
    sums["all seven less that sum"] = gained["all"] - sums["sum of the seven"]
summed = pd.DataFrame(
    row | {"scenario": scenario}
    for scenario, some in sums.groupby("scenario")
    for row in compare({name: some[name].to_numpy() for name in some}, np.zeros(len(some)), better=1)
)
shown = pd.concat([giving, summed])
shown = shown.assign(told=shown.apply(effect_text, axis=1)).pivot(index="strategy", columns="scenario", values="told")
shown = shown.loc[[*table.index, *sums], scenarios].rename(index=words, columns=words)
shown.rename_axis(index=None, columns=None)

# %%
NET = full.pivot(index="strategy", columns="scenario", values="effect")[scenarios]
SAID = full.pivot(index="strategy", columns="scenario", values="verdict")[scenarios]
MATTERS = full.pivot(index="strategy", columns="scenario", values="matters")[scenarios]
EQUAL = net[net["basis"] == "equal spend"].pivot(index="strategy", columns="scenario", values="effect")[scenarios]

AT = effects[effects["basis"] == "full strength"].set_index(["measure", "strategy", "scenario"]).sort_index()
THERE, one = {*NET.index, *scenarios}, scenarios[0]
JUDGED = []
levels = rounds[(rounds["measure"] == "cooperation") & (rounds["strategy"] == BASELINE)]
levels = levels.pivot(index="round", columns="scenario", values="mean")[scenarios]
true, told = in_scenarios(levels.iloc[-1] < levels.iloc[0])
JUDGED += [("without institutions giving decays", true, f"{told}; in {words(one)} from "
            f"{levels.iloc[0, 0]:.3f} in the first month to {levels.iloc[-1, 0]:.3f} in the last")]  # fmt: skip
true, told = in_scenarios(singles.idxmax() == "communication")
JUDGED += [("communication raises cooperation most of all single strategies", true, told)]
if {"incentives"} <= THERE:
    true, told = in_scenarios(table.loc["incentives"] > 0)
    gross, left = (AT.loc[measure, "incentives", one] for measure in ("welfare", "welfare_net"))
    JUDGED += [("incentives raise giving, and gain less net of what they cost", true, f"giving {told}; welfare in "
                f"{words(one)} {effect_text(gross)} before their price, "
                f"{effect_text(left)} after")]  # fmt: skip
if {"lead_by_example"} <= THERE:
    curse = runs[runs["strategy"] == "lead_by_example"].groupby("scenario")["leaders_curse"].mean()[scenarios]
    true, told = in_scenarios((table.loc["lead_by_example"] > 0) & (curse < 0))
    JUDGED += [("exemplars are followed and pay for it", true, f"{told}; per MU of endowment they have "
                f"{curse.iloc[0]:+.3f} beside the others in {words(one)}")]  # fmt: skip
if {"common_goals"} <= THERE:
    true, told = in_scenarios(SAID.loc["common_goals"] == HELPS)
    JUDGED += [("common goals help", true, told)]
if {"build_relationships", "inclusion", "calm"} <= THERE:
    small = (MATTERS.loc[["build_relationships", "inclusion"], "calm"] == NO).all()
    gains = AT.loc["marginalised_welfare", "inclusion", "calm"]
    JUDGED += [("relationships and inclusion alone change net welfare by less than 1 % in calm; inclusion raises the "
                "welfare of marginalised groups", bool(small and gains["low"] > 0),
                f"relationships {effect_text(AT.loc['welfare_net', 'build_relationships', 'calm'])}, inclusion "
                f"{effect_text(AT.loc['welfare_net', 'inclusion', 'calm'])}; marginalised groups, net of spend, "
                f"{effect_text(gains)}")]  # fmt: skip
if {"shared_vision", "polarised"} <= THERE:
    most = NET.loc["shared_vision"].idxmax()
    JUDGED += [("a shared vision does most where leaders are apart", most == "polarised", f"most in {words(most)}")]
if {"communication", "common_goals", "lead_by_example", "incentives", "calm", "broken_trust"} <= THERE:
    by_words = ["communication", "common_goals", "lead_by_example"]
    lost = (NET["broken_trust"] - NET["calm"])[[*by_words, "incentives"]]
    JUDGED += [("where trust is broken what works by words does less than in calm; incentives lose least",
                bool((lost[by_words] < 0).all() and lost.idxmax() == "incentives"),
                listed(f"{words(name)} {value:+.3f}" for name, value in lost.items()))]  # fmt: skip
if {"scarce", "calm"} <= THERE:
    less = (NET["scarce"] < NET["calm"]).drop(index="all", errors="ignore")
    JUDGED += [("in scarcity every strategy adds less than in calm", bool(less.all()),
                f"{int(less.sum())} of {len(less)} strategies")]  # fmt: skip
if {"all"} <= THERE:
    true, told = in_scenarios(table.loc["all"] < singles.sum())
    JUDGED += [("all seven together raise giving by less than the sum of the seven", true, told)]
true, told = in_scenarios(
    [list(NET[each].sort_values().index) != list(EQUAL[each].sort_values().index) for each in EQUAL]
)
JUDGED += [("at equal spend the order is another than at full strength", true, told)]
if len(results.worlds):
    often = net.groupby(["basis", "strategy"])["best_worlds"].mean()
    top = often.groupby("basis").idxmax()
    JUDGED += [("no strategy is best in nine of ten worlds of what is assumed", bool(often.max() < 0.9),
                listed(f"{basis}: {words(name)} in {percent(often[basis, name])}" for basis, name in top))]  # fmt: skip
else:
    JUDGED += [("no strategy is best in nine of ten worlds of what is assumed", None, "")]
if contested is not None:
    draws = contested.draws
    off = draws.loc[(draws.drop(columns=["world", "weight"]) == 0).all(axis=1), "world"].iloc[0]
    here = amounts(contested.worlds, units)
    here = here[here["measure"] == "welfare_net"]
    doubted = here[(here["world"] == off) & (here["basis"] == "full strength")].pivot(
        index="strategy", columns="scenario", values="effect"
    )
    three = [name for name in ("build_relationships", "inclusion", "shared_vision") if name in doubted.index]
    smallest = 0.01 * full.groupby("scenario")["baseline"].first()[doubted.columns]
    gain = (doubted.loc[three] > smallest).to_numpy()
    as_it_is = draws.loc[(draws.drop(columns=["world", "weight"]) != 0).all(axis=1), "world"].iloc[0]
    stays = {}
    for basis in ("full strength", "equal spend"):
        ranks, _ = ranks_of(here[here["basis"] == basis], 1)
        first = ranks.idxmin(axis=1).unstack("scenario")
        stays[basis] = (first == first.loc[as_it_is]).mean()
    least = min(map(min, stays.values()))
    JUDGED += [("with what is contested switched off relationships, inclusion and a shared vision gain nothing that "
                "matters, and first places hardly change", bool(not gain.any() and least > 0.9),
                f"{int(gain.sum())} of {gain.size} gain more than 1 %; who is first with all of it on is so in "
                + listed(f"{percent(each.min())} to {percent(each.max())} of the worlds of a scenario at {basis}"
                         for basis, each in stays.items()))]  # fmt: skip
else:
    JUDGED += [("with what is contested switched off relationships, inclusion and a shared vision gain nothing that "
                "matters, and first places hardly change", None, "")]  # fmt: skip
curve = results.curves[results.curves["measure"] == "welfare_net"]
curve = curve.assign(sum=(curve["sum"] / units.mu).round(6))
if {5, 10, 80, 160} <= set(curve["sum"]):
    bought = curve.pivot_table(index=["scenario", "strategy"], columns="sum", values="effect").fillna(0.0)
    helps = curve[(curve["sum"] == 160) & (curve["matters"] == YES) & (curve["effect"] > 0)]
    bought = bought.loc[list(zip(helps["scenario"], helps["strategy"], strict=True))]
    fewer = (bought[10] - bought[5]) / 5 > (bought[160] - bought[80]) / 80
    JUDGED += [("returns of a sum diminish: from 5 to 10 adds more per MU than from 80 to 160", bool(fewer.all()),
                f"{int(fewer.sum())} of {len(fewer)} strategies that help for 160, scenario by scenario; less than a "
                "fixed part buys none")]  # fmt: skip
else:
    JUDGED += [("returns of a sum diminish: from 5 to 10 adds more per MU than from 80 to 160", None, "")]
display(Markdown(predictions(JUDGED)))

# %% [markdown]
# ## How sure, and what would change the answer
# The intervals speak of the model, and of luck within it; the worlds above speak of what is assumed. How leaders
# respond to others' giving, to talk, fines and rewards is fitted to games of the laboratory and online (`commonweal
# validate`); prices of levers, and how far words bind in the field, are assumed (`python -m
# commonweal.configuration.parameters`). Through which channels a strategy was allowed to work, and how strong each is:
# `commonweal why`.
