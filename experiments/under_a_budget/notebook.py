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
import pandas as pd
from IPython.display import Markdown, display

from sim.dataset import open_dataset
from sim.figures.budgets import budgets
from sim.figures.forest import forest
from sim.figures.front import front
from sim.figures.words import effect_label, words
from sim.findings import Findings
from sim.report.sentences import listed, told
from sim.report.verdicts import NULL, verdicts

# %% tags=["parameters"]
results_folder = "results/strategies_together/latest"
order_folder = ""
money = [10.0, 20.0, 40.0, 60.0, 100.0, 150.0, 250.0]
hours = 2.0

# %%
found = Findings(*open_dataset(results_folder))
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
best = found.affordable([(each, float("inf")) for each in money])
first = best[best["across"] == best["across"].iloc[0]]
gains = found.against("laissez_faire", ["welfare"])
gains = gains[gains["scenario"] == gains["scenario"].iloc[0]].rename(columns={"strategy": "best"})
nothing = pd.DataFrame({"best": ["laissez_faire"], "effect": [0.0], "low": [0.0], "high": [0.0]})
gains = pd.concat([nothing, gains[["best", "effect", "low", "high"]]])
table = first.merge(gains, on="best")
budgets(table, table["across"].iloc[0])

# %% [markdown]
# The same in numbers: effects in MU per person and round, money in MU and hours of time per leader and month.

# %%
columns = {"budget_money": "budget", "best": "best mix", "prob_best": "share of resamples in which it is best"}
written = [*columns, "effect", "low", "high", "money", "hours"]
table.assign(best=table["best"].map(lambda mix: words(mix, 200)))[written].rename(columns=columns).set_index(
    ["budget", "best mix"]
).round(3)

# %% [markdown]
# Gain per MU of money between one budget and the next, per person: where it falls below what money is worth elsewhere,
# stop. People per leader turn MU per leader into MU per person.

# %%
people = manifest["config"]["people"]["people_per_leader"]
steps = table.drop_duplicates("best")
pd.DataFrame(
    {
        "from budget": steps["budget_money"].iloc[:-1].to_numpy(),
        "to budget": steps["budget_money"].iloc[1:].to_numpy(),
        "welfare gained per MU of money": (steps["effect"].diff() / (steps["money"].diff() / people))
        .iloc[1:]
        .to_numpy(),
    }
).round(2)

# %% [markdown]
# ## Where hours are short too
# The same budgets, with a limit on every leader's hours a month:

# %%
short = found.affordable([(each, hours) for each in money])
short = short[short["across"] == short["across"].iloc[0]]
display(Markdown(f"At most {hours:g} hours a month of every leader:"))
short = short.merge(gains, on="best")
short.assign(best=short["best"].map(lambda mix: words(mix, 200)))[written].rename(columns=columns).set_index(
    ["budget", "best mix"]
).round(3)

# %% [markdown]
# ## In each scenario
# The best mix for each budget, and the share of resamples in which no affordable mix does better.

# %%
named = best["best"].map(lambda mix: words(mix, 200)) + best["prob_best"].map(lambda share: f" ({100 * share:.0f} %)")
by_scenario = best.assign(mix=named, budget=best["budget_money"].map("{:g}".format))
by_scenario.pivot(index="budget", columns="across", values="mix").loc[
    list(dict.fromkeys(by_scenario["budget"])), list(dict.fromkeys(best["across"]))
].rename_axis(columns="scenario").rename(columns=words).style.set_properties(
    **{"font-size": "80%", "text-align": "left"}
)

# %% [markdown]
# ## The average and the worst-off
# Mixes at the edge: no other does better both for the average person and for the group worst off, net of spend.

# %%
edge = found.front()
edge = edge[edge["across"] == edge["across"].iloc[0]]
both = found.against("laissez_faire", ["welfare_net", "worst_off"])
front(both, both["scenario"].iloc[0], edge["choice"].tolist())

# %%
edge.assign(choice=edge["choice"].map(lambda mix: words(mix, 200))).set_index("choice")[
    ["welfare_net", "worst_off", "money", "hours"]
].rename(columns={"welfare_net": "welfare, net of spend", "worst_off": "that of the worst-off group"}).round(3)

# %% [markdown]
# ## In which order?
# The mix of the middle budget, its strategies begun one a year in every order. Each row: orders in which the first is
# begun before the second, less the others. What is begun first also acts longest, which is part of the answer here.

# %%
if order_folder:
    orders = Findings(*open_dataset(order_folder))
    pairs = orders.precedence("welfare_net").rename(columns={"across": "panel"})
    pairs["row"] = pairs["first"] + " before " + pairs["then"]
    display(
        forest(
            pairs, "What had better be begun first?",
            "Orders with the first before the second, less those with the second first, paired by replicate.",
            effect_label("welfare_net"),
        )
    )  # fmt: skip
    last = orders.precedence("welfare_net_last_year")
    shown = last.assign(contrast=(last["first"] + " before " + last["then"]).map(lambda each: words(each, 60)))
    shown = shown.assign(scenario=last["across"].map(words)).set_index(["scenario", "contrast"])
    display(
        Markdown("Over the last year alone, when the same is done in every order (MU per person and round):"),
        shown[["effect", "low", "high", "p_holm"]].round(4),
    )
    mean = pairs[pairs["panel"] == pairs["panel"].iloc[0]]
else:
    display(Markdown("*No results of orders were given: `order_folder=...`, of `commonweal run design=order`.*"))

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
bought = table.drop_duplicates("best").to_dict("records")
buys = [f"from {each['budget_money']:g} MU {words(each['best'], 200)}, {told(each)}" for each in bought]
fronts = found.front().groupby("across", sort=False)["choice"].agg(" / ".join)
here = fronts.iloc[1:] if len(fronts) > 1 else fronts
same = here.value_counts()
edges = f"{words(same.index[0], 200)}, in {same.iloc[0]} of {len(here)} scenarios"
said = (
    f"With money per leader and month, the best mix brings, of welfare before spend (MU per person and round): "
    f"{'; '.join(buys)}. Net of spend no other mix does better both for the average and for the worst-off than {edges}."
)
if order_folder:
    said += " Of the mix of the middle budget, on net welfare, " + listed(
        f"{words(each['first'])} before {words(each['then'])} brings {told(each)}" for each in mean.to_dict("records")
    )
    sure = last[(last["across"] == last["across"].iloc[0]) & (verdicts(last) != NULL)]
    most = last.loc[last[last["across"] == last["across"].iloc[0]]["effect"].abs().idxmax()]
    said += (
        f"; over the last year {len(sure)} of {len(mean)} pairs still differ for sure, the largest difference being "
        f"{told(most, 4)} ({int(most['n'])} replicates)."
    )
display(Markdown(said))

# %% [markdown]
# ## How sure, and what would change the answer
# The best of 128 mixes is flattered by having been chosen. Choosing on the even replicates and measuring on the odd
# ones shows by how much:

# %%
welfare = found.values("welfare").reshape(len(found.groups), len(found.choices()), -1).mean(axis=0)
rows = []
for each in money:
    can = (spent.reshape(len(found.groups), -1).mean(axis=0) <= each).nonzero()[0]
    chosen = can[welfare[can, ::2].mean(axis=1).argmax()]
    gain = welfare[chosen] - welfare[found.choices().index("laissez_faire")]
    rows.append((each, words(found.choices()[chosen], 200), gain[::2].mean(), gain[1::2].mean()))
pd.DataFrame(rows, columns=["budget", "chosen on even replicates", "gain there", "gain on odd replicates"]).set_index(
    ["budget", "chosen on even replicates"]
).round(4)

# %% [markdown]
# Intervals speak of the model. Every price is assumed (`python -m sim.parameters`), and budgets are only as good as
# prices: with another price list run the study again (`convener.prices...`). Strategies are off or at full strength; a
# community could also buy half of one. The front compares means; mixes close to it may be as good.
