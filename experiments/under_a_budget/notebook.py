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
from commonweal.analysis.factorial import factor_effects
from commonweal.analysis.in_units import outcomes_in_units, outcomes_told
from commonweal.analysis.precedence import precedences
from commonweal.figures.budgets import budgets
from commonweal.figures.forest import forest
from commonweal.figures.front import front
from commonweal.figures.labels import effect_label, title, words
from commonweal.report.predictions import predictions
from commonweal.report.sentences import effect_text, listed
from commonweal.report.verdicts import HARMS, HELPS, verdicts

# %% tags=["parameters"]
results_folder = "results/strategies_together/latest"
order_folder = ""
money = [10.0, 20.0, 40.0, 60.0, 100.0, 150.0, 250.0]
hours = 2.0

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
found, units = outcomes_told(results_folder)
per_person = units.said("MU per person and round")
manifest = found.manifest
spent, taken = found.costs()
sums = [each * units.mu for each in money]
best = affordable(found, [(each, float("inf")) for each in sums])
everywhere = best["across"].iloc[0]
gains = against(found, "laissez_faire", ["welfare"])
gains = gains[gains["scenario"] == gains["scenario"].iloc[0]].rename(columns={"strategy": "best"})
nothing = pd.DataFrame({"best": ["laissez_faire"], "effect": [0.0], "low": [0.0], "high": [0.0]})
gains = pd.concat([nothing, gains[["best", "effect", "low", "high"]]])
table = best[best["across"] == everywhere].merge(gains, on="best")
edge = pareto_front(found)
orders = outcomes_in_units(order_folder) if order_folder else None
bought = table.drop_duplicates("best").to_dict("records")
buys = [
    f"from {units.short(each['budget_money'])} {units.said('MU')} {words(each['best'], 200)}, {effect_text(each)}"
    for each in bought
]
fronts = edge.groupby("across", sort=False)["choice"].agg(" / ".join)
here = fronts.iloc[1:] if len(fronts) > 1 else fronts
same = here.value_counts()
edges = f"{words(same.index[0], 200)}, in {same.iloc[0]} of {len(here)} scenarios"
said = (
    f"With money per leader and month, the best mix brings, of welfare before spend ({per_person}): "
    f"{'; '.join(buys)}. Net of spend no other mix does better both for the average and for the worst-off than {edges}."
)
if orders is not None:
    pairs, last = (
        precedences(orders, measure).rename(columns={"across": "panel"})
        for measure in ("welfare_net", "welfare_net_last_year")
    )
    pairs["row"] = pairs["first"] + " before " + pairs["then"]
    mean = pairs[pairs["panel"] == pairs["panel"].iloc[0]]
    said += " Of the mix of the middle budget, on net welfare, " + listed(
        f"{words(each['first'])} before {words(each['then'])} brings {effect_text(each)}"
        for each in mean.to_dict("records")
    )
    late = last[last["panel"] == last["panel"].iloc[0]]
    most = late.loc[late["effect"].abs().idxmax()]
    said += (
        f"; over the last year {np.isin(verdicts(late), (HELPS, HARMS)).sum()} of {len(mean)} pairs still differ for "
        f"sure, the largest difference being {effect_text(most, 4)} ({int(most['n'])} replicates)."
    )
display(Markdown(said))

# %%
budgets(table, everywhere)

# %%
display(
    Markdown(
        f"**What was done.** {len(found.choices())} mixes of strategies at full strength in "
        f"{', '.join(map(words, found.groups))}; {manifest['leaders']} leaders, {manifest['rounds']} months, "
        f"{found.values('welfare').shape[1]} replicates under the same luck. Mixes cost from {spent.min():.0f} to "
        f"{spent.max():.0f} {units.said('MU')} of money per leader and month (a leader's endowment is "
        f"{units.sum(manifest['config']['people']['endowment'])}), and from {taken.min():.1f} to {taken.max():.1f} "
        "hours."
    )
)

# %% [markdown]
# ## What a budget buys
# For each budget the mix with the highest welfare before spend among those that cost no more, on the mean over the
# scenarios: effects in MU per person and round with their 95 % intervals; what the mix takes on the mean, in MU of
# money and hours of time per leader and month.

# %%
named = {"budget_money": "budget", "best": "best mix", "effect": "effect (95 % interval)",
         "prob_best": "sure its mean is the best", "money": "money", "hours": "hours"}  # fmt: skip
shown = table.assign(effect=table.apply(effect_text, axis=1), best=table["best"].map(lambda mix: words(mix, 200)))
shown[list(named)].rename(columns=named).set_index(["budget", "best mix"]).round(3)

# %% [markdown]
# Gain for each unit of money between one budget and the next, per person: where it falls below what money is worth
# elsewhere, stop. People per leader turn money per leader into money per person. The interval is that of a ratio of two
# means over the same replicates (delta method).

# %%
people = manifest["config"]["people"]["people_per_leader"]
means = {
    measure: found.values(measure).reshape(len(found.groups), len(found.choices()), -1).mean(axis=0)
    for measure in ("welfare", "money", "welfare_net", "worst_off")
}
steps = table.drop_duplicates("best")
at = [found.choices().index(mix) for mix in steps["best"]]
gained, paid = np.diff(means["welfare"][at], axis=0), np.diff(means["money"][at], axis=0) / people
paid *= units.times("MU per person and round") / units.times("MU per leader and round")  # for as long as welfare is
price = np.nanmean(paid, axis=1, keepdims=True)
ratios = np.nanmean(gained, axis=1, keepdims=True) / price
per_replicate = ratios + (gained - ratios * paid) / price
zero = np.zeros(per_replicate.shape[1])
pd.DataFrame(
    {
        "from budget": steps["budget_money"].iloc[:-1].to_numpy(),
        "to budget": steps["budget_money"].iloc[1:].to_numpy(),
        f"welfare gained per {units.said('MU')} of money (95 % interval)": [
            effect_text(compare({"step": each}, zero, better=0)[0], 2) for each in per_replicate
        ],
    }
)

# %% [markdown]
# ## Where hours are short too
# The same budgets, with a limit on every leader's hours a month:

# %%
short = affordable(found, [(each, hours) for each in sums])
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
by_scenario = best.assign(mix=mixes, budget=best["budget_money"].map(units.short))
by_scenario.pivot(index="budget", columns="across", values="mix").loc[
    list(dict.fromkeys(by_scenario["budget"])), list(dict.fromkeys(best["across"]))
].rename_axis(columns="scenario").rename(columns=words).style.set_properties(
    **{"font-size": "80%", "text-align": "left"}
)

# %% [markdown]
# ## The average and the worst-off
# Mixes at the edge: no other does better both for the average person and for the group worst off, net of spend.

# %%
whole = edge[edge["across"] == everywhere]
both = against(found, "laissez_faire", ["welfare_net", "worst_off"])
front(both, both["scenario"].iloc[0], whole["choice"].tolist())

# %%
at = [found.choices().index(mix) for mix in whole["choice"]]
shown = whole.assign(choice=whole["choice"].map(lambda mix: words(mix, 200)))
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
if orders is not None:
    display(
        forest(
            pairs, "What had better be begun first?",
            "Orders with the first before the second, less those with the second first, paired by replicate.",
            effect_label("welfare_net"),
        )
    )  # fmt: skip
    shown = last.assign(contrast=(last["first"] + " before " + last["then"]).map(lambda each: words(each, 60)))
    shown = shown.assign(
        scenario=last["panel"].map(words),
        difference=last.apply(effect_text, axis=1, digits=4),
        p=last["p_holm"].map("{:.3f}".format).replace("0.000", "< .001"),
    ).set_index(["scenario", "contrast"])[["difference", "p"]]
    display(
        Markdown(f"Over the last year alone, when the same is done in every order ({per_person}):"),
        shown.rename(columns={"difference": "difference (95 % interval)", "p": "p after Holm's correction"}),
    )
else:
    display(Markdown("*No results of orders were given: `order_folder=...`, of `commonweal run design=order`.*"))

# %% [markdown]
# ## The predictions
# As the plan has them, written before the run, of a small, a middle and a large budget.

# %%
at_budget = table.set_index((table["budget_money"] / units.mu).round(6))
mix = {each: set() if name == "laissez_faire" else set(name.split(" + ")) for each, name in at_budget["best"].items()}
whole_mixes = [set(each.split(" + ")) for each in whole["choice"]]
inside = [one ^ other for at, one in enumerate(whole_mixes) for other in whole_mixes[at + 1 :]]
JUDGED = []
if {20.0, 60.0, 150.0} <= set(mix):
    gain = at_budget["effect"]
    JUDGED += [
        ("the small budget goes to lead by example, with whatever cheap fits beside it", "lead_by_example" in mix[20.0],
         words(at_budget.loc[20.0, "best"], 200)),
        ("the middle one buys communication and lead by example; incentives enter only at the large one",
         {"communication", "lead_by_example"} <= mix[60.0] and "incentives" not in mix[60.0]
         and "incentives" in mix[150.0],
         f"middle: {words(at_budget.loc[60.0, 'best'], 200)}; large: {words(at_budget.loc[150.0, 'best'], 200)}"),
        ("returns diminish: small to middle adds more than middle to large",
         bool(gain[60.0] - gain[20.0] > gain[150.0] - gain[60.0]),
         f"{gain[60.0] - gain[20.0]:+.3f}, then {gain[150.0] - gain[60.0]:+.3f}"),
    ]  # fmt: skip
JUDGED += [("mean and worst-off rise together but for inclusion: the front has two mixes or more, which differ by it",
            bool(inside and all("inclusion" in each for each in inside)),
            words(" / ".join(whole["choice"]), 200))]  # fmt: skip
if orders is not None:
    main = factor_effects(found, "welfare_net")
    main = main[(main["with"] == "") & (main["across"] == everywhere)].set_index("factor")["effect"]
    right = [(each["effect"] > 0) == (main[each["first"]] > main[each["then"]]) for each in mean.to_dict("records")]
    begun = {*mean["first"], *mean["then"]}
    both = next(each for each in found.choices() if set(each.split(" + ")) == begun)
    brought = against(found, "laissez_faire", ["welfare_net"], [both])["effect"].iloc[0]
    largest = mean["effect"].abs().max()
    JUDGED += [("what brings most is best begun first; orders differ by more than a tenth of what the mix brings",
                bool(all(right) and largest > 0.1 * brought),
                f"{sum(right)} of {len(right)} pairs; {largest:.3f} of {brought:.3f}")]  # fmt: skip
display(Markdown(predictions(JUDGED)))

# %% [markdown]
# ## How sure, and what would change the answer
# The best of 128 mixes is flattered by having been chosen. Choosing on the even replicates and measuring on the odd
# ones shows by how much (in brackets 95 % intervals):

# %%
rows, nothing = [], found.choices().index("laissez_faire")
for each in sums:
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
