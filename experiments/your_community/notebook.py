# ---
# jupyter:
#   commonweal:
#     reads: [your_community]
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
# ---

# %% [markdown]
# # Your own community: which strategy helps these leaders?
#
# A general answer is about communities that a generator draws. This page is about one community: its leaders, whom they
# are tied to, and the groups they serve. `experiments/your_community/plan.md` has the question, the predictions and the
# decision rule. `commonweal roster template` writes tables to fill in; `commonweal run experiment=your_community
# community=roster ...` makes the results that this page reads.

# %%
import PIL.Image
from IPython.display import Image, Markdown, display

from commonweal.analysis.in_units import amounts, results_told
from commonweal.analysis.results import load
from commonweal.figures.cost_benefit import cost_benefit
from commonweal.figures.equity import equity
from commonweal.figures.labels import words
from commonweal.figures.over_scenarios import over_scenarios
from commonweal.figures.strategy_effects import strategy_effects
from commonweal.figures.trajectories import trajectories
from commonweal.report.answer import answer
from commonweal.report.predictions import predictions
from commonweal.report.verdicts import verdicts

# %% tags=["parameters"]
results_folder = "results/your_community/latest"
generated_folder = ""

# %% [markdown]
# ## What it says

# %% tags=["conclusion"]
results, units = results_told(results_folder)
manifest, effects, rounds = results.manifest, results.effects, results.rounds
display(Markdown(" ".join(answer(results))))

# %%
over_scenarios(effects, "welfare_net")

# %%
display(
    Markdown(
        f"**What was done.** {manifest['leaders']} leaders, {manifest['rounds']} monthly rounds, "
        f"{manifest['replicates']:,} replicates, in {', '.join(map(words, manifest['scenarios']))}. In every replicate "
        "the community is the same; what is not known of it is drawn anew. Every effect is the difference between the "
        "same replicate with and without the strategy."
    )
)

# %% [markdown]
# ## Who they are
# The community before anything is done, and after the strategy that does most for it.

# %%
pictures = sorted(results.folder.glob("figures/community_*.png"))
pictures = [path for path in pictures if "laissez_faire" not in path.name]
display(*[Image(path.read_bytes(), width=900, alt=PIL.Image.open(path).info.get("Title")) for path in pictures])

# %% [markdown]
# ## What helps them
# Effect on welfare per person, net of what the convener spent.

# %%
strategy_effects(effects, "welfare_net")

# %% [markdown]
# By the plan's rule; and how sure it is which is best (effects in MU per person and round, spend in MU per leader and
# round):

# %%
net = effects[effects["measure"] == "welfare_net"]
net = net.assign(verdict=verdicts(net))
judged = net.pivot_table(index=["basis", "strategy"], columns="scenario", values="verdict", aggfunc="first", sort=False)
display(judged.rename(index=words, columns=words))
best = net.sort_values("prob_best", ascending=False).groupby(["basis", "scenario"], sort=False).head(1)
best = best[["basis", "scenario", "strategy", "prob_best", "effect", "low", "high", "spend"]].round(4)
best.sort_values(["basis", "scenario"]).set_index(["basis", "scenario", "strategy"]).rename(index=words)

# %% [markdown]
# ## Round by round

# %%
trajectories(rounds, manifest["scenarios"][0])

# %% [markdown]
# ## Who gains, and is it worth its money?

# %%
equity(effects)

# %%
cost_benefit(effects)

# %% [markdown]
# ## Does the answer hang on these leaders?
# The strategies in order of their effect at full strength, by scenario; 1 is best. Where the order is that of *which
# strategy*, any community of the kind would have given it; where it is not, look at who these leaders are.

# %%
full = net[net["basis"] == "full strength"]
ranks = full.pivot(index="strategy", columns="scenario", values="effect").rank(ascending=False).astype(int)
ranks.sort_values(manifest["scenarios"][0])[manifest["scenarios"]].rename(index=words, columns=words)

# %% [markdown]
# ## The predictions
# As the plan has them for the fictitious town of `commonweal roster template`; of leaders of your own it predicts
# nothing. Generated communities are those of *which strategy*, where its results are given.

# %%
scenarios = manifest["scenarios"]
first = {basis: each.pivot(index="strategy", columns="scenario", values="effect")[scenarios].idxmax()
         for basis, each in net.groupby("basis")}  # fmt: skip
cheapest = first.get("equal spend", first["full strength"])
widths, generated, same = (full["high"] - full["low"]).mean(), None, None
if generated_folder:
    other = amounts(load(generated_folder, whole=False).effects, units)
    other = other[(other["measure"] == "welfare_net") & (other["basis"] == "full strength")]
    other = other[other["scenario"].isin(scenarios)]
    generated, same = (
        (other["high"] - other["low"]).mean(),
        other.loc[other.groupby("scenario")["effect"].idxmax()].set_index("scenario")["strategy"],
    )
calm_like = [each for each in ("calm", "crisis") if each in ranks]
JUDGED = [
    ("as in generated communities the same strategy is first at full strength, and lead by example first at equal "
     "spend",
     None if same is None else bool((same[scenarios] == first["full strength"]).all()
                                    and (cheapest == "lead_by_example").all()),
     "; ".join(f"{words(each)}: {words(first['full strength'][each])}, at equal spend {words(cheapest[each])}"
               for each in scenarios)),
    ("the order of the strategies is the same in calm and in crisis",
     bool((ranks["calm"] == ranks["crisis"]).all()) if len(calm_like) == 2 else None, ""),
    ("intervals are wider than in which strategy at as many replicates",
     None if generated is None else bool(widths > generated),
     "" if generated is None else f"{widths:.3f} wide on the mean, {generated:.3f} there"),
]  # fmt: skip
display(Markdown(predictions(JUDGED)))

# %% [markdown]
# ## How sure, and what would change the answer
# Replicates differ in what the roster leaves open and in luck; intervals hold both. They do not hold doubt about the
# model: how leaders respond is fitted to games of the laboratory and online, prices are assumed, and a column that is
# guessed is as good as the guess. Change what you doubt and run again: a tie, a leader's standing,
# `convener.prices...`.
