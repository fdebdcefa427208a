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
# Leaders who have been let down trust each other three tenths as much as usual. Which strategies lose their power where
# trust is broken, which keep it, and which bring trust back? `experiments/broken_trust/plan.md` has the question, the
# predictions and the decision rule, written before the run.

# %%
import pandas as pd
from IPython.display import Markdown, display

from commonweal.analysis.between_scenarios import between
from commonweal.analysis.in_units import results_told
from commonweal.analysis.smallest_effect import NO, YES, declared
from commonweal.figures.forest import forest
from commonweal.figures.labels import effect_label, words
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.trajectories import trajectories
from commonweal.report.predictions import predictions
from commonweal.report.sentences import effect_text, listed, number, percent
from commonweal.report.verdicts import HARMS, HELPS, verdicts

# %% tags=["parameters"]
results_folder = "results/broken_trust/latest"
whole = "calm"
broken = "broken_trust"

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
results, units = results_told(results_folder)
per_person = units.said("MU per person and round")
manifest, runs, effects, rounds = results.manifest, results.runs, results.effects, results.rounds
full = effects[effects["basis"] == "full strength"]
change = between(runs, "welfare_net", broken, whole, smallest=declared(manifest)).sort_values("effect")
trust = full[full["measure"] == "trust_last_year"]
usual = trust.loc[trust["scenario"] == whole, "baseline"].iloc[0]
after = trust[trust["scenario"] == broken].sort_values("effect", ascending=False)
judged, mending = change.assign(verdict=verdicts(change)), after.assign(verdict=verdicts(after))
lowered, raised = (
    [f"{words(each['strategy'])} {effect_text(each)} from {number(each['of'])}" for each in judged.to_dict("records")
     if each["verdict"] == verdict]
    for verdict in (HARMS, HELPS)
)  # fmt: skip
mended = [words(each) for each in after.loc[after["mean"] >= usual, "strategy"]]
most, least = after.iloc[[0, -1]].to_dict("records")
harmed = int((mending["verdict"] == HARMS).sum())
display(
    Markdown(
        f"Broken trust lowers these effects on net welfare ({per_person}; the change, its 95 % interval, and "
        f"the effect in a calm community): {listed(lowered)}. It raises these: {listed(raised)}. Of the others it "
        "changes nothing that matters, or not surely. Those that bring trust back to that of a calm community left "
        f"alone within {manifest['rounds']} months: {listed(mended)}. Over the last year the gap is "
        f"{usual - most['baseline']:.3f} with nothing done, of which {words(most['strategy'])} closes most, "
        f"{effect_text(most)}; {f'{harmed} of {len(after)} lower' if harmed else 'none of them lowers'} trust further."
    )
)

# %%
forest(
    change.assign(panel="net welfare", row=change["strategy"]),
    "What each strategy loses, or gains, where trust is broken",
    f"Effect in {words(broken)} less effect in {words(whole)}, paired by replicate. Left of the line: it loses.",
    "change of the " + effect_label("welfare_net"),
)

# %%
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
strategy_effects(full, "welfare_net")

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
strategy_effects(full, "trust_last_year")

# %%
display(Markdown(f"Trust of a calm community left alone, last year: {usual:.3f}."))
after[["strategy", "mean", "baseline", "effect", "low", "high", "p_holm"]].set_index("strategy").rename(
    index=words
).round(4)

# %% [markdown]
# ## Agreement and the worst-off
# What broken trust changes of each strategy's effect on how often there is a joint agenda, and on whose priorities and
# needs it holds:

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
# ## The predictions
# As the plan has them, written before the run.

# %%
by = change.set_index("strategy")
by_words = [name for name in ("communication", "common_goals", "lead_by_example") if name in by.index]
giving = full[(full["measure"] == "cooperation") & (full["scenario"] == broken)].set_index("strategy")["effect"]
places = (after.set_index("strategy")["effect"].rank() - giving.rank()).abs()
share = (by["effect"] / by["of"]).get("incentives", float("nan"))
here = full[(full["measure"] == "welfare_net") & (full["scenario"] == broken)].set_index("strategy")
JUDGED = [
    ("words lose: communication, common goals and lead by example do less", 
     bool(((by.loc[by_words, "high"] < 0) & (by.loc[by_words, "matters"] == YES)).all()),
     listed(f"{words(name)} {effect_text(by.loc[name])}" for name in by_words)),
    ("money does not: the effect of incentives differs by less than a quarter",
     None if share != share else abs(share) < 0.25, f"by {percent(share)}"),
    ("what raises giving mends trust: the order is the same, but for one place at most", bool(places.max() <= 1),
     f"by {places.max():g} places at most, {words(str(places.idxmax()))}"),
    ("at least one strategy mends trust within five years; relationships alone do not",
     bool(mended) and words("build_relationships") not in mended, listed(mended)),
]  # fmt: skip
if "build_relationships" in by.index:
    worth, still = by.loc["build_relationships"], here.loc["build_relationships"]
    JUDGED += [("relationships are worth more where trust is broken, though not their price",
                bool(worth["low"] > 0 and worth["matters"] != NO and still["high"] < 0),
                f"{effect_text(worth)} more; net of their price {effect_text(still)}")]  # fmt: skip
display(Markdown(predictions(JUDGED)))

# %% [markdown]
# ## How sure, and what would change the answer
# The intervals speak of the model, in which trust is in a person and follows what that person is seen to do, at about
# the same rate up and down; a broken promise costs more than a small gift. What mends trust is therefore what makes
# people give and keep their word, and a strategy that does neither leaves it where it is. How deep the break is
# (`scenarios.broken_trust.conditions.trust=0.1`) and what a broken word costs (`trust.betrayal`) are assumed, and are
# the first to vary; how fast trust follows (`trust.up`, `trust.down`) is from repeated trust games.
