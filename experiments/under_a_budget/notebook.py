# ---
# jupyter:
#   commonweal:
#     reads: [strategies_together, factorial]
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Which mix, in which order, for the money and hours a community has?
#
# No community can afford everything. Given a budget of money, and of the leaders' hours, which mix of the seven
# strategies gives people most; what does more money buy; and what does the mix do for the group worst off?
# `experiments/under_a_budget/plan.md` has the question, the predictions and the decision rule, written before the run.

# %%
import numpy as np
import pandas as pd
from IPython.display import Markdown, display

from commonweal.analysis.against import against
from commonweal.analysis.budget import affordable, pareto_front
from commonweal.analysis.effects import compare
from commonweal.analysis.outcomes import Outcomes
from commonweal.analysis.precedence import precedences
from commonweal.figures.budgets import budgets
from commonweal.figures.forest import forest
from commonweal.figures.front import front
from commonweal.figures.labels import effect_label, title, words
from commonweal.report.sentences import effect_text, listed
from commonweal.report.verdicts import NULL, verdicts

# %% tags=["parameters"]
results_folder = "results/strategies_together/latest"
order_folder = ""
money = [10.0, 20.0, 40.0, 60.0, 100.0, 150.0, 250.0]
hours = 2.0

# %%
found = Outcomes(results_folder)
manifest = found.manifest
spent, taken = found.costs()
display(
    Markdown(
        f"**What was done.** {len(found.choices())} mixes of strategies at full strength in "
        f"{', '.join(map(words, found.groups))}; {manifest['leaders']} leaders, {manifest['rounds']} months, "
        f"{found.values('welfare').shape[1]} replicates under the same luck. Mixes cost from {spent.min():.0f} to "
        f"{spent.max():.0f} MU of money per leader and month (a leader's endowment is "
        f"{manifest['config']['people']['endowment']:,} MU), and from {taken.min():.1f} to {taken.max():.1f} hours."
    )
)

# %% [markdown]
# ## What a budget buys
# For each budget the mix with the highest welfare before spend among those that cost no more, on the mean over the
# scenarios.

# %%
best = affordable(found, [(each, float("inf")) for each in money])
first = best[best["across"] == best["across"].iloc[0]]
gains = against(found, "laissez_faire", ["welfare"])
gains = gains[gains["scenario"] == gains["scenario"].iloc[0]].rename(columns={"strategy": "best"})
nothing = pd.DataFrame({"best": ["laissez_faire"], "effect": [0.0], "low": [0.0], "high": [0.0]})
gains = pd.concat([nothing, gains[["best", "effect", "low", "high"]]])
table = first.merge(gains, on="best")
budgets(table, table["across"].iloc[0])

# %% [markdown]
# The same in numbers: effects in MU per person and round with their 95 % intervals; what the mix takes on the mean, in
# MU of money and hours of time per leader and month.

# %%
named = {"budget_money": "budget", "best": "best mix", "effect": "effect (95 % interval)",
         "prob_best": "probability of being best", "money": "money", "hours": "hours"}  # fmt: skip
shown = table.assign(effect=table.apply(effect_text, axis=1), best=table["best"].map(lambda mix: words(mix, 200)))
shown[list(named)].rename(columns=named).set_index(["budget", "best mix"]).round(3)

# %% [markdown]
# Gain per MU of money between one budget and the next, per person: where it falls below what money is worth elsewhere,
# stop. People per leader turn MU per leader into MU per person. The interval is that of a ratio of two means over the
# same replicates (delta method).

# %%
people = manifest["config"]["people"]["people_per_leader"]
means = {
    measure: found.values(measure).reshape(len(found.groups), len(found.choices()), -1).mean(axis=0)
    for measure in ("welfare", "money", "welfare_net", "worst_off")
}
steps = table.drop_duplicates("best")
at = [found.choices().index(mix) for mix in steps["best"]]
gained, paid = np.diff(means["welfare"][at], axis=0), np.diff(means["money"][at], axis=0) / people
price = np.nanmean(paid, axis=1, keepdims=True)
ratios = np.nanmean(gained, axis=1, keepdims=True) / price
per_replicate = ratios + (gained - ratios * paid) / price
zero = np.zeros(per_replicate.shape[1])
pd.DataFrame(
    {
        "from budget": steps["budget_money"].iloc[:-1].to_numpy(),
        "to budget": steps["budget_money"].iloc[1:].to_numpy(),
        "welfare gained per MU of money (95 % interval)": [
            effect_text(compare({"step": each}, zero, better=0)[0], 2) for each in per_replicate
        ],
    }
)

# %% [markdown]
# ## Where hours are short too
# The same budgets, with a limit on every leader's hours a month:

# %%
short = affordable(found, [(each, hours) for each in money])
short = short[short["across"] == short["across"].iloc[0]]
display(Markdown(f"At most {hours:g} hours a month of every leader:"))
short = short.merge(gains, on="best")
shown = short.assign(effect=short.apply(effect_text, axis=1), best=short["best"].map(lambda mix: words(mix, 200)))
shown[list(named)].rename(columns=named).set_index(["budget", "best mix"]).round(3)

# %% [markdown]
# ## In each scenario
# The best mix for each budget, and the share of resamples in which no affordable mix does better.

# %%
mixes = best["best"].map(lambda mix: words(mix, 200)) + best["prob_best"].map(lambda share: f" ({100 * share:.0f} %)")
by_scenario = best.assign(mix=mixes, budget=best["budget_money"].map("{:g}".format))
by_scenario.pivot(index="budget", columns="across", values="mix").loc[
    list(dict.fromkeys(by_scenario["budget"])), list(dict.fromkeys(best["across"]))
].rename_axis(columns="scenario").rename(columns=words).style.set_properties(
    **{"font-size": "80%", "text-align": "left"}
)

# %% [markdown]
# ## The average and the worst-off
# Mixes at the edge: no other does better both for the average person and for the group worst off, net of spend.

# %%
edge = pareto_front(found)
edge = edge[edge["across"] == edge["across"].iloc[0]]
both = against(found, "laissez_faire", ["welfare_net", "worst_off"])
front(both, both["scenario"].iloc[0], edge["choice"].tolist())

# %%
at = [found.choices().index(mix) for mix in edge["choice"]]
shown = edge.assign(choice=edge["choice"].map(lambda mix: words(mix, 200)))
for measure in ("welfare_net", "worst_off"):
    levels = [compare({"level": means[measure][mix]}, zero, better=0)[0] for mix in at]
    shown[measure] = [effect_text(each).replace("+", "") for each in levels]
named = {"choice": "mix", **{each: f"{title(each)} (95 % interval)" for each in ("welfare_net", "worst_off")}}
shown[[*named, "money", "hours"]].rename(columns=named).set_index("mix").round(3)

# %% [markdown]
# ## In which order?
# The mix of the middle budget, its strategies begun one a year in every order. Each row: orders in which the first is
# begun before the second, less the others. What is begun first also acts longest, which is part of the answer here.

# %%
if order_folder:
    orders = Outcomes(order_folder)
    pairs = precedences(orders, "welfare_net").rename(columns={"across": "panel"})
    pairs["row"] = pairs["first"] + " before " + pairs["then"]
    display(
        forest(
            pairs, "What had better be begun first?",
            "Orders with the first before the second, less those with the second first, paired by replicate.",
            effect_label("welfare_net"),
        )
    )  # fmt: skip
    last = precedences(orders, "welfare_net_last_year")
    shown = last.assign(contrast=(last["first"] + " before " + last["then"]).map(lambda each: words(each, 60)))
    shown = shown.assign(
        scenario=last["across"].map(words),
        difference=last.apply(effect_text, axis=1, digits=4),
        p=last["p_holm"].map("{:.3f}".format).replace("0.000", "< .001"),
    ).set_index(["scenario", "contrast"])[["difference", "p"]]
    display(
        Markdown("Over the last year alone, when the same is done in every order (MU per person and round):"),
        shown.rename(columns={"difference": "difference (95 % interval)", "p": "p after Holm's correction"}),
    )
    mean = pairs[pairs["panel"] == pairs["panel"].iloc[0]]
else:
    display(Markdown("*No results of orders were given: `order_folder=...`, of `commonweal run design=order`.*"))

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
bought = table.drop_duplicates("best").to_dict("records")
buys = [f"from {each['budget_money']:g} MU {words(each['best'], 200)}, {effect_text(each)}" for each in bought]
fronts = pareto_front(found).groupby("across", sort=False)["choice"].agg(" / ".join)
here = fronts.iloc[1:] if len(fronts) > 1 else fronts
same = here.value_counts()
edges = f"{words(same.index[0], 200)}, in {same.iloc[0]} of {len(here)} scenarios"
said = (
    f"With money per leader and month, the best mix brings, of welfare before spend (MU per person and round): "
    f"{'; '.join(buys)}. Net of spend no other mix does better both for the average and for the worst-off than {edges}."
)
if order_folder:
    said += " Of the mix of the middle budget, on net welfare, " + listed(
        f"{words(each['first'])} before {words(each['then'])} brings {effect_text(each)}"
        for each in mean.to_dict("records")
    )
    sure = last[(last["across"] == last["across"].iloc[0]) & (verdicts(last) != NULL)]
    most = last.loc[last[last["across"] == last["across"].iloc[0]]["effect"].abs().idxmax()]
    said += (
        f"; over the last year {len(sure)} of {len(mean)} pairs still differ for sure, the largest difference being "
        f"{effect_text(most, 4)} ({int(most['n'])} replicates)."
    )
display(Markdown(said))

# %% [markdown]
# ## How sure, and what would change the answer
# The best of 128 mixes is flattered by having been chosen. Choosing on the even replicates and measuring on the odd
# ones shows by how much (in brackets 95 % intervals):

# %%
rows, nothing = [], found.choices().index("laissez_faire")
for each in money:
    can = (spent.reshape(len(found.groups), -1).mean(axis=0) <= each).nonzero()[0]
    chosen = can[means["welfare"][can, ::2].mean(axis=1).argmax()]
    halves = [
        compare({"gain": means["welfare"][chosen, half]}, means["welfare"][nothing, half], better=0)
        for half in (slice(0, None, 2), slice(1, None, 2))
    ]
    rows.append(
        (each, words(found.choices()[chosen], 200), *("".join(effect_text(row, 4) for row in half) for half in halves))
    )
pd.DataFrame(rows, columns=["budget", "chosen on even replicates", "gain there", "gain on odd replicates"]).set_index(
    ["budget", "chosen on even replicates"]
)

# %% [markdown]
# Intervals speak of the model. Every price is assumed (`python -m commonweal.configuration.parameters`), and budgets
# are only as good as prices: with another price list run the study again (`convener.prices...`). Strategies are off
# or at full strength; a community could also buy half of one. The front compares means; mixes close to it may be as
# good.
