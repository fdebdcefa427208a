"""Deliberate faults: one change of a source each, and the tests of which one at least must notice it.

A list by hand, of what somebody might really write. `python tests/faults/plant.py` plants them one by one.
"""

from typing import Final, NamedTuple


class Fault(NamedTuple):
    """One wrong line."""

    file: str
    """below sim/commonweal"""
    old: str
    """a text that is there once"""
    new: str
    tests: str
    """files of tests/, apart by spaces"""


LUCK = "laws/test_luck.py"
LEVERS = " ".join(f"laws/test_levers.py::test_{name}" for name in (
    "merging_takes_the_larger_value_of_each_lever", "intensity_scales_doses_and_leaves_settings",
    "levers_out_of_bounds_are_refused_by_name", "start_end_and_ramp", "a_portfolio_of_one_at_full_strength_is_that_one",
    "doing_a_thing_twice_is_not_doing_it_double",
))  # fmt: skip
EVENTS = "kernels/test_produce_to_events.py"
CONVENER = "kernels/test_produce_to_events.py laws/test_convener.py"
CHOOSE = "kernels/test_choose.py"
MEASURES = "kernels/test_measures.py"
PEOPLE = "laws/test_people.py"
RUN = "laws/test_runs.py"
STUDY = "scale/test_grow.py scale/test_what_is_whole.py"
STOPS = "scale/test_stops.py scale/test_what_is_whole.py"
SOBOL = "analysis/test_designs_analysis.py analysis/test_known_functions.py"
EFFECTS = "analysis/test_effects.py analysis/test_known_functions.py"

FAULTS: Final = [
    # luck
    Fault("model/luck.py", "for _ in range(10):", "for _ in range(9):", LUCK),
    Fault("model/luck.py", "0xD2511F53", "0xD2511F35", LUCK),
    Fault("model/luck.py", "TURNOVER: Final = 28", "TURNOVER: Final = 27", LUCK),
    Fault("model/luck.py", "(np.uint64(stream) << _SIXTEEN) | np.uint64(index)", "np.uint64(stream) + np.uint64(index)",
          LUCK),
    Fault("model/luck.py", "philox(who & _LOW, who >> _HALF,", "philox(who & _LOW, who & _LOW,", LUCK),
    Fault("model/luck.py", "use, run & _LOW, run >> _HALF)", "use, run & _LOW, run & _LOW)", LUCK),
    Fault("model/luck.py", "* 67108864.0 +", "* 33554432.0 +", LUCK),
    Fault("model/luck.py", "math.cos(2.0 * math.pi * b)", "math.cos(math.pi * b)", LUCK),
    Fault("model/luck.py", "np.uint64(replicate), 0)", "np.uint64(row), 0)", LUCK),
    Fault("model/luck.py", 'digest_size=8).digest(), "little"', 'digest_size=8).digest(), "big"', LUCK),
    # levers
    Fault("model/levers.py", "(rows >= 0) & (rows <= HIGHEST)", "(rows <= HIGHEST)", LEVERS),
    Fault("model/levers.py", "& (rows <= HIGHEST)", "", LEVERS),
    Fault("model/levers.py", "value * intensity if LEVERS[name].dose else value", "value * intensity", LEVERS),
    Fault("model/levers.py", "np.maximum(a, b) for a, b", "a + b for a, b", LEVERS),
    Fault("model/levers.py", "np.maximum(a, b) for a, b", "np.minimum(a, b) for a, b", LEVERS),
    Fault("model/levers.py", "if lever.dose)", "if not lever.dose)", LEVERS),
    Fault("model/strategies/portfolio.py", "(round_ - self.start + 1) / (self.ramp + 1)",
          "(round_ - self.start) / (self.ramp + 1)", LEVERS),
    Fault("model/strategies/portfolio.py", "round_ > self.end)", "round_ >= self.end)", LEVERS),
    # the convener
    Fault("model/convener.py", "self.budget * state.islands.present", "self.budget", CONVENER),
    Fault("model/convener.py", "self.budget * state.islands.present", "self.budget * state.islands.people", CONVENER),
    Fault("model/convener.py", "cost *= state.islands.present", "pass", CONVENER),
    Fault("model/convener.py", "afforded = cost <= state.islands.purse", "afforded = cost < state.islands.purse", CONVENER),
    Fault("model/convener.py", "levers = Levers(*(lever * afforded for lever in levers))", "pass", CONVENER),
    Fault("model/convener.py", "cost, time = cost * afforded, time * afforded", "cost = cost * afforded", CONVENER),
    Fault("model/convener.py", "cost += dose * self.prices[name].money", "cost += self.prices[name].money", CONVENER),
    Fault("model/convener.py", "time += dose * self.prices[name].time", "time += dose * self.prices[name].money", CONVENER),
    Fault("model/convener.py", "islands.purse[b] -= cost[b]", "islands.purse[b] -= 0.0", CONVENER),
    Fault("model/convener.py", "time[b] * leaders.endowment[i] * islands.capital[b]", "time[b] * leaders.endowment[i]",
          CONVENER),
    Fault("model/convener.py", "(leaders.seated & leaders.present)", "(leaders.seated | leaders.present)", CONVENER),
    Fault("model/convener.py", "spent=islands.spent / islands.present", "spent=islands.spent", CONVENER),
    # events
    Fault("model/mechanisms/events.py", "chance >= rate:", "chance <= rate:", EVENTS),
    Fault("model/mechanisms/events.py", "leaders.temper[i] = leaders.temper[model]", "pass", EVENTS),
    Fault("model/mechanisms/events.py", "leaders.trusting[i] = leaders.trusting[model]", "pass", EVENTS),
    Fault("model/mechanisms/events.py", "(new[i] or new[ties.to[t]])", "new[i]", EVENTS),
    Fault("model/mechanisms/events.py", "leaders.present[i] and (worst < 0 or", "(worst < 0 or", EVENTS),
    Fault("model/mechanisms/events.py", "leaders.standing[i] > leaders.standing[worst]",
          "leaders.standing[i] < leaders.standing[worst]", EVENTS),
    Fault("model/mechanisms/events.py", "leaders.standing[worst] *= 1.0 - severity", "leaders.standing[worst] *= severity",
          EVENTS),
    Fault("model/mechanisms/events.py", "if ties.to[t] == worst:", "if ties.to[t] >= 0:", EVENTS),
    Fault("model/mechanisms/events.py", "range(ties.start[begin], ties.start[end])", "range(ties.start[end])", EVENTS),
    Fault("model/mechanisms/events.py", "state.islands.capital[:] = 1.0 - self.cut_share",
          "state.islands.capital[:] *= self.cut_share", EVENTS + " laws/test_happenings.py"),
    Fault("model/mechanisms/events.py", "round_ == self.crisis + self.crisis_rounds", "round_ == self.crisis_rounds",
          "laws/test_happenings.py"),
    Fault("model/mechanisms/events.py", "min(self.crisis_issue, state.groups.need.shape[1] - 1)", "self.crisis_issue",
          "laws/test_happenings.py"),
    Fault("model/mechanisms/events.py", "here or alone or leaders.group[i] != last", "here or leaders.group[i] != last",
          EVENTS),
    Fault("model/mechanisms/events.py", "heard * change[leaders.group[i], k], 0.0)", "heard * change[leaders.group[i], k], -1.0)",
          EVENTS),
    # choice, and how equal voice is
    Fault("model/mechanisms/choose.py", "leaders.chances[0, i] < noise", "leaders.chances[0, i] > noise", CHOOSE),
    Fault("model/mechanisms/choose.py", "1.0 if leaders.chances[1, i] < share", "1.0 if leaders.chances[0, i] < share", CHOOSE),
    Fault("model/mechanisms/choose.py", "leaders.chances[1, i] < share else 0.0", "leaders.chances[1, i] < 0.5 else 0.0",
          CHOOSE),
    Fault("model/measures.py", "weighted / (n * voice) if", "weighted / voice if", MEASURES),
    Fault("model/measures.py", "weighted += (2.0 * row - n + 1.0) * ranked[b, voices, row]",
          "weighted += (2.0 * row - n) * ranked[b, voices, row]", MEASURES),
    Fault("model/measures.py", "ranked[b, issues, row] = leaders.voice[i]", "ranked[b, issues, row] = leaders.standing[i]",
          MEASURES),
    # people
    Fault("model/community/populate.py", "np.arange(count) >= count - round(people.marginalised * count)",
          "np.arange(count) > count - round(people.marginalised * count)", PEOPLE),
    Fault("model/community/populate.py", "- people.endowment_spread**2 / 2", "", PEOPLE),
    Fault("model/community/populate.py", "leaders.standing[marginalised] *= people.marginalised_standing", "pass", PEOPLE),
    Fault("model/community/populate.py", "draw.uniform(luck.SEAT) < people.marginalised_seat",
          "draw.uniform(luck.SEAT) > people.marginalised_seat", PEOPLE),
    Fault("model/community/populate.py", "people.service * groups.need[leaders.group] + (1 - people.service) * personal",
          "(1 - people.service) * groups.need[leaders.group] + people.service * personal", PEOPLE),
    Fault("model/community/populate.py", "leaders.endowment[:] *= conditions.endowment", "pass", PEOPLE),
    Fault("model/community/populate.py", "total = leaders.standing.reshape(islands, n).mean(axis=1)",
          "total = leaders.standing.reshape(islands, n).sum(axis=1)", PEOPLE),
    Fault("model/community/populate.py", "np.cumsum([kind.share for kind in kinds])[:-1]",
          "np.cumsum([kind.share for kind in kinds][::-1])[:-1]", PEOPLE),
    Fault("model/community/populate.py", "keep = at_hub | (chance >= share)", "keep = at_hub | (chance < share)", PEOPLE),
    Fault("model/community/populate.py", "leaders.trusting[i] + own_sector * same", "leaders.trusting[i] - own_sector * same",
          PEOPLE),
    Fault("model/community/populate.py", "people.trust_spread**2 / np.maximum(count, 1)", "people.trust_spread**2", PEOPLE),
    Fault("model/community/populate.py", "people.people_per_leader * n / count", "people.people_per_leader", PEOPLE),
    # runs
    Fault("model/run.py", "YEAR: Final = 12", "YEAR: Final = 11", RUN),
    Fault("model/run.py", "agreed.argmax(axis=0) + 1.0, np.nan)", "agreed.argmax(axis=0), np.nan)", RUN),
    Fault("model/run.py", "1.0 - after.min(axis=0) / before", "1.0 - after.mean(axis=0) / before", RUN),
    Fault("model/run.py", "np.arange(len(after))[:, None] >= after.argmin(axis=0)", "True", RUN),
    Fault("model/run.py", "luck.run_keys(seed, some)", "luck.run_keys(seed, range(len(some)))", RUN),
    Fault("model/run.py", "welfare[max(0, shock - YEAR) : shock]", "welfare[:shock]", RUN),
    Fault("model/run.py", "if 0 < shock < len(rounds):", "if 0 <= shock < len(rounds):", RUN),
    # studies and their parts
    Fault("study/parts.py", "key=identity.encode()[:64]", 'key=b""', STUDY),
    Fault("study/parts.py", "if name not in found or found[name].failed:", "if name not in found:", STUDY),
    Fault("study/parts.py", "if other != path:", "if False:", STUDY),
    Fault("study/parts.py", "return content if digest(content, self.identity) == part.digest else None", "return content", STUDY),
    Fault("files.py", "os.replace(temporary, path)", "shutil.copy(temporary, path)", STOPS),
    Fault("study/blocks.py", "last_replicate < replicates)", "last_replicate <= replicates)", STUDY),
    Fault("study/blocks.py", "there[at], replicates, leaders)", "0, replicates, leaders)", STUDY),
    Fault("study/blocks.py", "shard, None, self.shards)", "0, None, self.shards)", STUDY),
    Fault("study/blocks.py", "np.quantile(rounds, QUANTILES, axis=1)", "np.quantile(rounds[:, :1], QUANTILES, axis=1)", STUDY),
    Fault("study/progress.py", "if len(there) < lacking:", "if not there:", STUDY),
    Fault("study/play.py", "good = frozenset(state.done) - frozenset(state.failed)", "good = frozenset(state.done)", STUDY),
    Fault("study/prepare.py", "roll.places[number] = place\n    numbers: list", "pass\n    numbers: list", STUDY),
    Fault("study/study.py", '"seed": self.size.seed,', "", STUDY),
    Fault("study/study.py", '"rounds": self.size.rounds,', "", STUDY),
    Fault("study/tables.py", 'frame["n"] * (frame["mean"] - mean) ** 2', '(frame["mean"] - mean) ** 2', STUDY),
    # what is made of them
    Fault("analysis/sobol.py", "values = values[:, ~np.isnan(values).any(axis=0)]\n    means", "means", SOBOL),
    Fault("analysis/sobol.py", '(found["ST"] * spread - total) / known', 'found["ST"] * spread / known', SOBOL),
    Fault("analysis/sobol.py", "cube[:, 1:-1] - cube[:, :1]", "cube[:, 1:-1] - cube[:, -1:]", SOBOL),
    Fault("analysis/outcomes.py", "return some[:, there]", "return some", SOBOL),
    Fault("analysis/effects.py", "top / top.sum(axis=1, keepdims=True)", "top", EFFECTS),
    Fault("analysis/effects.py", "values = better * np.column_stack", "values = np.column_stack", EFFECTS),
    Fault("analysis/effects.py", "RESAMPLES = 2000", "RESAMPLES = 20", EFFECTS),
]  # fmt: skip
