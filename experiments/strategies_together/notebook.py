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
# # Which strategies help each other, and which get in each other's way?
#
# Conveners seldom do one thing. A forum brings people together *and* gives them somewhere to talk; a shared goal *and*
# money that rewards giving pull the same way. Which of the seven strategies adds most to whatever else is being done;
# which pairs bring more than the sum of the two, and which bring less? `experiments/strategies_together/plan.md` has
# the question, the predictions and the decision rule, written before the run.

# %%
import pandas as pd
from IPython.display import Markdown, display

from commonweal.analysis.factorial import factor_effects
from commonweal.analysis.in_units import outcomes_told
from commonweal.figures.forest import forest
from commonweal.figures.labels import effect_label, label, words
from commonweal.report.predictions import predictions
from commonweal.report.sentences import effect_text, listed
from commonweal.report.verdicts import HARMS, HELPS, NULL, UNSURE, verdicts

# %% tags=["parameters"]
results_folder = "results/strategies_together/latest"

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
found, units = outcomes_told(results_folder)
per_person = units.said("MU per person and round")
manifest = found.manifest
effects = factor_effects(found, "welfare_net").rename(columns={"across": "panel"})
panels = list(dict.fromkeys(effects["panel"]))
mains = effects[effects["with"] == ""].assign(row=lambda table: table["factor"], strategy=lambda table: table["factor"])
everywhere = mains[mains["panel"] == panels[0]].sort_values("effect", ascending=False)
everywhere = everywhere.assign(verdict=verdicts(everywhere))
order = everywhere["factor"].tolist()
mains = mains.sort_values("row", key=lambda names: names.map(order.index), kind="stable")
mains = mains.sort_values("panel", key=lambda names: names.map(panels.index), kind="stable")
pairs = effects[effects["with"] != ""].assign(row=lambda table: table["factor"] + " + " + table["with"])
first = pairs[pairs["panel"] == panels[0]].sort_values("effect", ascending=False)
together, apart, judged = first.iloc[0], first.iloc[-1], verdicts(first)
named = {
    kind: [f"{words(each['factor'])} {effect_text(each)}" for each in rows.to_dict("records")]
    for kind in (HELPS, HARMS, NULL, UNSURE)
    for rows in [everywhere[everywhere["verdict"] == kind]]
}
display(
    Markdown(
        f"On the mean over all {len(found.choices())} mixes and {len(found.groups)} scenarios these add to net welfare "
        f"({per_person}): {listed(named[HELPS])}. These cost more than they bring: {listed(named[HARMS])}. "
        f"These make no difference that matters: {listed(named[NULL])}; of these it is unsure: "
        f"{listed(named[UNSURE])}. By their interaction (half of what two do together "
        f"beyond what each does alone) the strongest synergy is {words(together['factor'])} with "
        f"{words(together['with'])}, {effect_text(together, 4)}; the strongest clash is {words(apart['factor'])} with "
        f"{words(apart['with'])}, {effect_text(apart, 4)}. Of {len(first)} pairs {(judged == HELPS).sum()} help each "
        f"other, {(judged == HARMS).sum()} clash, "
        f"{(judged == NULL).sum()} make no difference that matters, and {(judged == UNSURE).sum()} are unsure."
    )
)

# %%
forest(
    mains,
    "What each strategy adds, on the mean over all mixes of the others",
    "Mean with it less mean without it, paired by replicate. All scenarios: the mean over them.",
    effect_label("welfare_net"),
)

# %%
display(
    Markdown(
        f"**What was done.** {len(found.choices())} mixes of strategies, each off or at full strength, in every "
        f"combination; in {', '.join(map(words, found.groups))}; {manifest['leaders']} leaders, "
        f"{manifest['rounds']} monthly rounds, {found.values('welfare_net').shape[1]} replicates of each, all under "
        f"the same luck, seed {manifest['seed']}. Every contrast is taken within a replicate and then averaged."
    )
)

# %% [markdown]
# ## What each strategy adds to whatever else is done
# Mean of all mixes with the strategy less mean of all mixes without it. A strategy whose mark lies left of the line
# cost, on the mean over the mixes, more than it brought. In numbers, in MU per person and round, with 95 % intervals:

# %%
mains.assign(told=mains.apply(effect_text, axis=1, digits=4)).pivot(index="row", columns="panel", values="told").loc[
    order, panels
].rename(index=words, columns=words).rename_axis(index="strategy", columns="scenario")

# %% [markdown]
# ## Pairs: synergy and clash
# The interaction of a pair is half of what the two do together beyond what each does alone, on the mean over the mixes
# of the others: half the difference between what one does with and without the other. Right of the line they bring
# more together than apart (synergy); left of it, less (clash). First the mean over the scenarios, all 21 pairs:

# %%
forest(
    first,
    "Interaction: half of what two do together beyond what each does alone",
    "Right of the line a synergy, left of it a clash; paired by replicate.",
    "interaction in " + label("welfare_net"),
)

# %%
display(
    Markdown(
        "\n".join(
            f"- **Strongest {kind}: {words(row['factor'])} with {words(row['with'])}**, an interaction of "
            f"{effect_text(row, 4)} {per_person}"
            f"{'' if row['p_holm'] < 0.05 else ', which may be chance'}; the same sign in "
            f"{(pairs[pairs['row'] == row['row']]['effect'] * row['effect'] > 0).sum()} of "
            f"{pairs['panel'].nunique()} panels below."
            for kind, row in (("synergy", first.iloc[0]), ("clash", first.iloc[-1]))
        )
    )
)

# %% [markdown]
# The three strongest of either sign, in every scenario:

# %%
extreme = first["row"].tolist()[:3] + first["row"].tolist()[-3:]
shown = pairs[pairs["row"].isin(extreme)].sort_values("row", key=lambda names: names.map(extreme.index), kind="stable")
shown = shown.sort_values("panel", key=lambda names: names.map(panels.index), kind="stable")
forest(
    shown,
    "Do they hold everywhere? The strongest interactions by scenario",
    "Interaction: half of what two do together beyond what each does alone, paired by replicate. All scenarios: the "
    "mean over them.",
    "interaction in " + label("welfare_net"),
)

# %% [markdown]
# ## The group worst off
# The same for welfare in the worst-off group. Where the order of the strategies differs from that above, the average
# hides somebody.

# %%
worst = factor_effects(found, "worst_off").rename(columns={"across": "panel"})
worst = worst[(worst["with"] == "") & (worst["panel"] == worst["panel"].iloc[0])]
forest(
    worst.assign(row=worst["factor"], strategy=worst["factor"]).sort_values("effect", ascending=False),
    "What each strategy adds for the worst-off group",
    "Mean with it less mean without it, over all mixes of the others, paired by replicate.",
    effect_label("worst_off"),
)

# %% [markdown]
# ## The predictions
# As the plan has them, written before the run. By scenario, where the plan names one.

# %%
MAIN = mains.assign(verdict=verdicts(mains)).pivot(index="factor", columns="panel", values="verdict")
PAIR = pd.concat([pairs, pairs.rename(columns={"factor": "with", "with": "factor"})])
PAIR = PAIR.set_index(["factor", "with", "panel"]).sort_index()
LIFT = ("communication", "lead_by_example", "common_goals", "incentives")
REST = ("build_relationships", "shared_vision", "inclusion")
calm = "calm" if "calm" in panels else panels[0]
clashes, synergies = int((judged == HARMS).sum()), int((judged == HELPS).sum())
three = {"communication", "lead_by_example", "common_goals"}
reach = {panel: PAIR.loc["build_relationships", "communication", panel] for panel in panels}
most = max(panels[1:], key=lambda panel: reach[panel]["effect"]) if len(panels) > 1 else panels[0]
two = [(one, other) for at, one in enumerate(LIFT) for other in LIFT[at + 1 :]]
below = [PAIR.loc[(*each, calm)]["effect"] for each in two if "incentives" in each]
above = {panel: [PAIR.loc[(*each, panel)]["effect"] for each in two] for panel in ("polarised", "broken_trust")
         if panel in panels}  # fmt: skip
net = found.values("welfare_net").mean(axis=1).reshape(len(found.groups), len(found.choices()))
best = {group: found.choices()[at] for group, at in zip(found.groups, net.argmax(axis=1), strict=True)}
JUDGED = [
    ("communication, lead by example, common goals and incentives add in calm; the other three cost more than they "
     "bring",
     bool((MAIN.loc[list(LIFT), calm] == HELPS).all() and (MAIN.loc[list(REST), calm] == HARMS).all()),
     listed(f"{words(name)} {MAIN.loc[name, calm]}" for name in (*LIFT, *REST))),
    ("clashes outnumber synergies; the strongest is between two of communication, lead by example and common goals",
     bool(clashes > synergies and {apart["factor"], apart["with"]} <= three),
     f"{clashes} clashes, {synergies} synergies; strongest: {words(apart['factor'])} with {words(apart['with'])}"),
    ("relationships help communication, most of all where sectors are polarised",
     bool(reach[panels[0]]["low"] > 0 and most == "polarised"),
     f"{effect_text(reach[panels[0]], 4)} over the scenarios, most in {words(most)}"),
    ("incentives clash with what else raises giving in calm; where giving is low two of these are a synergy",
     bool(max(below) < 0 and all(max(some) > 0 for some in above.values())) if above else None,
     f"in calm {min(below):+.4f} to {max(below):+.4f}; the largest of such pairs: "
     + listed(f"{max(some):+.4f} in {words(panel)}" for panel, some in above.items())),
    ("all seven together are not the best mix in any scenario", all(len(mix.split(" + ")) < 7 for mix in best.values()),
     "; ".join(f"{words(group)}: {words(mix, 200)}" for group, mix in best.items())),
]  # fmt: skip
display(Markdown(predictions(JUDGED)))

# %% [markdown]
# ## How sure, and what would change the answer
# Each contrast uses every run, so intervals are narrow, and Holm's correction covers all 28 effects of a scenario. They
# speak of the model: every strategy is at full strength or off, prices are assumed, and where two strategies set the
# same lever the larger setting holds, so overlap shows as a clash by construction. A ceiling adds clashes of its own:
# nobody can give more than there is. Half strength, other prices (`convener.prices`) or another rule of merging
# would move the pairs; interactions of three and more were not tested.
#
# The tables: `commonweal analyse RESULTS`; one number at a time: `commonweal query RESULTS "SELECT ..."`.
