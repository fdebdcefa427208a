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
from commonweal.analysis.results import load
from commonweal.figures.cost_benefit import cost_benefit
from commonweal.figures.equity import equity
from commonweal.figures.labels import words
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.trajectories import trajectories
from commonweal.report.answer import answer
from commonweal.report.sentences import effect_text
from commonweal.report.verdicts import verdicts
from commonweal.study.conditions import BASELINE

# %% tags=["parameters"]
results_folder = "results/which_strategy/latest"

# %%
results = load(results_folder)
manifest, effects, rounds = results.manifest, results.effects, results.rounds
display(
    Markdown(
        f"**What was done.** {manifest['replicates']} replicates of each condition, {manifest['leaders']} leaders, "
        f"{manifest['rounds']} monthly rounds, seed {manifest['seed']}; scenarios: "
        f"{', '.join(map(words, manifest['scenarios']))}. "
        "Every effect is the difference between the same community, with the same luck, with and without the strategy."
    )
)

# %% [markdown]
# ## What was found
# Effect on welfare per person, net of what the convener spent. Filled marks: at full strength. Hollow marks: scaled
# down until all strategies spend the same. Lines are 95 % intervals.

# %%
strategy_effects(effects, "welfare_net")

# %% [markdown]
# By the decision rule of the plan, in each scenario and at each basis:

# %%
net = effects[effects["measure"] == "welfare_net"]
net = net.assign(verdict=verdicts(net))
judged = net.pivot_table(index=["basis", "strategy"], columns="scenario", values="verdict", aggfunc="first", sort=False)
judged.rename(index=words, columns=words)

# %% [markdown]
# The strategy most likely to be best, doing nothing included (effects in MU per person and round, spend in MU per
# leader and round):

# %%
best = net.sort_values("prob_best", ascending=False).groupby(["basis", "scenario"], sort=False).head(1)
shown = pd.DataFrame(
    {
        "effect (95 % interval)": best.apply(effect_text, axis=1, digits=4),
        "probability of being best": best["prob_best"].map("{:.3f}".format),
        "spend": best["spend"].map("{:.1f}".format),
    }
)
shown.set_index(pd.MultiIndex.from_frame(best[["basis", "scenario", "strategy"]])).sort_index().rename(index=words)

# %% [markdown]
# ## Cooperation round by round
# Without institutions giving decays, as in the laboratory. What each strategy does to giving, trust, welfare and the
# worst-off group in the first scenario:

# %%
trajectories(rounds, manifest["scenarios"][0])

# %% [markdown]
# ## Who gains?
# Above the dashed line the worst-off group gains more than the average person.

# %%
equity(effects)

# %% [markdown]
# ## Is it worth its money?

# %%
cost_benefit(effects)

# %% [markdown]
# ## The predictions
# Communication's effect on cooperation against that of every other single strategy, and all seven together against
# the sum of the seven, per scenario at full strength. Sums are taken within a replicate; in brackets are 95 %
# intervals:

# %%
giving = effects[(effects.measure == "cooperation") & (effects.basis == "full strength")]
table = giving.pivot(index="strategy", columns="scenario", values="effect")
singles = table.drop(index="all", errors="ignore")
runs = results.runs[(results.runs["basis"] == "full strength") | (results.runs["strategy"] == BASELINE)]
runs = runs.pivot(index=["scenario", "replicate"], columns="strategy", values="cooperation")
gained = runs.sub(runs[BASELINE], axis=0)
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
shown = shown.loc[[*table.index, *sums], manifest["scenarios"]].rename(index=words, columns=words)
display(shown.rename_axis(index=None, columns=None))
first = (singles.idxmax() == "communication").sum() if "communication" in singles.index else 0
less = (table.loc["all"] < singles.sum()).sum() if "all" in table.index else 0
display(
    Markdown(
        f"Of the single strategies communication raises cooperation most in {first} of {table.shape[1]} scenarios; all "
        f"seven together bring less than the sum of the seven in {less} of {table.shape[1]}."
    )
)

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
display(Markdown(" ".join(answer(results))))

# %% [markdown]
# ## How sure, and what would change the answer
# The intervals speak of the model. How leaders respond to others' giving, to examples and to goals is fitted to the
# laboratory (`commonweal validate`); prices of levers, and how far words move beliefs and commit in the field, are
# assumed (`python -m commonweal.configuration.parameters`). Incentives are helped by the fact that
# matching money is itself spent on joint output. A strategy that only ties leaders together, or only rearranges the
# table, has no direct way to giving in this model: its null is partly the model's.
