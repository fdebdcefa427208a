# ---
# jupyter:
#   commonweal:
#     reads: [broken_trust]
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # When trust is broken, what still works, and does anything mend it?
#
# Leaders who have been let down trust each other three tenths as much as usual. Some of what a convener can do works
# through trust: a pledge moves those who believe it. Some does not: a matched gift is matched. Which strategies lose
# their power where trust is broken, which keep it, and which bring trust back? `experiments/broken_trust/plan.md` has
# the question, the predictions and the decision rule, written before the run.

# %%
import pandas as pd
from IPython.display import Markdown, display

from commonweal.analysis.between_scenarios import between
from commonweal.analysis.results import load
from commonweal.figures.forest import forest
from commonweal.figures.labels import effect_label, words
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.trajectories import trajectories
from commonweal.report.sentences import effect_text, listed, number
from commonweal.report.verdicts import HARMS, HELPS, verdicts

# %% tags=["parameters"]
results_folder = "results/broken_trust/latest"
whole = "calm"
broken = "broken_trust"

# %%
results = load(results_folder)
manifest, runs, effects, rounds = results.manifest, results.runs, results.effects, results.rounds
display(
    Markdown(
        f"**What was done.** The same {manifest['replicates']:,} communities of {manifest['leaders']} leaders, with "
        f"the same luck, once in {words(whole)} and once with {words(broken)}; {manifest['rounds']} monthly rounds, "
        f"seed {manifest['seed']}; nothing done, each strategy at full strength and all of them together."
    )
)

# %% [markdown]
# ## What a strategy is worth in either world

# %%
strategy_effects(effects[effects["basis"] == "full strength"], "welfare_net")

# %% [markdown]
# ## What broken trust takes from it
# The effect where trust is broken less the effect where it is not, in the same communities. Left of the line: the
# strategy loses by it.

# %%
change = between(runs, "welfare_net", broken, whole).sort_values("effect")
forest(
    change.assign(panel="net welfare", row=change["strategy"]),
    "What each strategy loses, or gains, where trust is broken",
    f"Effect in {words(broken)} less effect in {words(whole)}, paired by replicate.",
    "change of the " + effect_label("welfare_net"),
)

# %%
change.assign(share=change["effect"] / change["of"], strategy=change["strategy"].map(words)).rename(
    columns={"effect": "change", "of": f"effect in {words(whole)}", "share": "change as share of it"}
).set_index("strategy").drop(columns=["p", "n"]).round(4)

# %% [markdown]
# ## Does anything mend it?
# Trust, giving, agreement and welfare round by round where trust is broken.

# %%
trajectories(rounds, broken, ("trust", "cooperation", "agreement", "welfare_net"))

# %% [markdown]
# Effects on trust over the last year, in either world, and how far trust is then from that of a calm community left
# alone:

# %%
strategy_effects(effects[effects["basis"] == "full strength"], "trust_last_year")

# %%
usual = effects.loc[(effects["scenario"] == whole) & (effects["measure"] == "trust_last_year"), "baseline"].iloc[0]
there = effects["scenario"].eq(broken) & effects["measure"].eq("trust_last_year") & effects["basis"].eq("full strength")
after = effects.loc[there, ["strategy", "mean", "baseline", "effect", "low", "high", "p_holm"]]
display(Markdown(f"Trust of a calm community left alone, last year: {usual:.3f}."))
after.sort_values("effect", ascending=False).set_index("strategy").rename(index=words).round(4)

# %% [markdown]
# ## Agreement and the worst-off
# Deadlock is what broken trust does first. What broken trust changes of each strategy's effect on how often there is a
# joint agenda, and on whose priorities and needs it holds:

# %%
parts = [
    between(runs, measure, broken, whole).assign(panel=name)
    for measure, name in (
        ("agreement", "joint agenda"),
        ("alignment", "leaders' priorities"),
        ("marginalised_representation", "marginalised groups"),
    )
]
table = pd.concat(parts)
forest(
    table.assign(row=table["strategy"]),
    "What broken trust changes of effects on agreeing",
    f"Effect in {words(broken)} less effect in {words(whole)}, paired by replicate: on the share of rounds with a "
    "joint agenda, and on its overlap with leaders' priorities and with the needs of marginalised groups.",
    "change of the effect (share, or difference of overlap)",
    own_axes=True,
)

# %% [markdown]
# The same for welfare per person in the group worst off, net of spend; `of` is the effect in the calm community:

# %%
between(runs, "worst_off", broken, whole).set_index("strategy").rename(index=words).drop(columns=["p", "n"]).round(4)

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
judged, mending = change.assign(verdict=verdicts(change)), after.assign(verdict=verdicts(after))
lowered, raised = (
    [f"{words(each['strategy'])} {effect_text(each)} from {number(each['of'])}" for each in judged.to_dict("records")
     if each["verdict"] == verdict]
    for verdict in (HARMS, HELPS)
)  # fmt: skip
mended = [words(each) for each in after.loc[after["mean"] >= usual, "strategy"]]
most, least = after.sort_values("effect").iloc[[-1, 0]].to_dict("records")
display(
    Markdown(
        f"Broken trust lowers these effects on net welfare (MU per person and round; the change, its 95 % interval, "
        f"and the effect in a calm community): {listed(lowered)}. It raises these: {listed(raised)}. The others are "
        f"not surely changed. Those that bring trust back to that of a calm community left alone: {listed(mended)}. "
        f"Over the last year the gap is {usual - most['baseline']:.3f}, of which {words(most['strategy'])} closes "
        f"most, {effect_text(most, 4)}; {(mending['verdict'] == HARMS).sum()} of {len(after)} lower trust further, "
        f"most of all {words(least['strategy'])}, {effect_text(least)}."
    )
)

# %% [markdown]
# ## How sure, and what would change the answer
# The intervals speak of the model, in which trust is an expectation of good faith: it falls by surprise, faster than
# it rises. A strategy that raises hopes that are then disappointed wears trust down, and one that asks for nothing
# leaves it alone; a null or a harm here says that within five years this mechanism is stronger than what the strategy
# adds. How deep the break is (`scenarios.broken_trust.conditions.trust=0.1`) and how fast trust is learned
# (`trust.rate`) are assumed, and are the first to vary.
