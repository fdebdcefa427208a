"""Deliberate faults: one change of a source each, and the tests of which one at least must notice it.

A list by hand, of what somebody might really write. `python tests/faults/plant.py` plants them one by one. Where none
of the tests named notices, one is missing: write it, and name it here.
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
HAPPENINGS = "kernels/test_produce_to_events.py laws/test_happenings.py"
CONVENER = "kernels/test_produce_to_events.py laws/test_convener.py"
CHOOSE = "kernels/test_choose.py"
MEASURES = "kernels/test_measures.py"
PEOPLE = "laws/test_people.py"
RUN = "laws/test_runs.py"
STUDY = "scale/test_grow.py scale/test_what_is_whole.py"
STOPS = "scale/test_stops.py scale/test_what_is_whole.py"
SOBOL = "analysis/test_designs_analysis.py analysis/test_known_functions.py"
EFFECTS = "analysis/test_effects.py analysis/test_known_functions.py"

CHANGES: Final = {
    ("model/luck.py", LUCK): [
        ("for _ in range(10):", "for _ in range(9):"),
        ("0xD2511F53", "0xD2511F35"),
        ("TURNOVER: Final = 28", "TURNOVER: Final = 27"),
        ("(np.uint64(stream) << _SIXTEEN) | np.uint64(index)", "np.uint64(stream) + np.uint64(index)"),
        ("philox(who & _LOW, who >> _HALF,", "philox(who & _LOW, who & _LOW,"),
        ("use, run & _LOW, run >> _HALF)", "use, run & _LOW, run & _LOW)"),
        ("* 67108864.0 +", "* 33554432.0 +"),
        ("math.cos(2.0 * math.pi * b)", "math.cos(math.pi * b)"),
        ("np.uint64(replicate), 0)", "np.uint64(row), 0)"),
        ('digest_size=8).digest(), "little"', 'digest_size=8).digest(), "big"'),
    ],
    ("model/levers.py", LEVERS): [
        ("(rows >= 0) & (rows <= HIGHEST)", "(rows <= HIGHEST)"),
        ("& (rows <= HIGHEST)", ""),
        ("value * intensity if dose else value", "value * intensity"),
        ("return a if a >= b else b", "return a + b"),
        ("return a if a >= b else b", "return b if a >= b else a"),
        ("return np.maximum(a, b)", "return np.minimum(a, b)"),
        ("and (a >= b or b > a)", ""),
        ("if lever.dose)", "if not lever.dose)"),
    ],
    ("model/strategies/portfolio.py", LEVERS): [
        ("(round_ - self.start + 1) / (self.ramp + 1)", "(round_ - self.start) / (self.ramp + 1)"),
        ("round_ > self.end)", "round_ >= self.end)"),
    ],
    ("model/convener.py", CONVENER): [
        ("self.budget * state.islands.present", "self.budget"),
        ("self.budget * state.islands.present", "self.budget * state.islands.people"),
        ("asked[lever, b] * reached * prices", "asked[lever, b] * prices"),
        ("cost += prices[lever, 1]", "cost += asked[lever, b] * prices[lever, 1]"),
        ("not cost <= islands.purse[b]", "not cost < islands.purse[b]"),
        ("(lever * afforded for lever in levers)", "levers"),
        ("afforded[b], cost, time = 0.0, 0.0, 0.0", "afforded[b], cost = 0.0, 0.0"),
        ("of.money + hour * of.hours", "of.money + of.hours"),
        ("found[1] != hour", "False"),
        ("time += asked[lever, b] * prices[lever, 2]", "time += asked[lever, b] * prices[lever, 0]"),
        ("islands.purse[b] -= cost", "islands.purse[b] -= 0.0"),
        ("time * leaders.endowment[i] * islands.capital[b]", "time * leaders.endowment[i]"),
        ("leaders.seated[i] and leaders.present[i]", "leaders.seated[i] or leaders.present[i]"),
        ("islands.spent[b] / islands.present[b]", "islands.spent[b]"),
    ],
    ("model/mechanisms/events.py", HAPPENINGS): [
        ("chance >= rate:", "chance <= rate:"),
        ("leaders.temper[i] = leaders.temper[model]", "pass"),
        ("leaders.trusting[i] = leaders.trusting[model]", "pass"),
        ("(new[i] or new[ties.to[t]])", "new[i]"),
        ("leaders.present[i] and (worst < 0 or", "(worst < 0 or"),
        ("leaders.standing[i] > leaders.standing[worst]", "leaders.standing[i] < leaders.standing[worst]"),
        ("leaders.standing[worst] *= 1.0 - severity", "leaders.standing[worst] *= severity"),
        ("(severity if ties.to[t] == worst else", "(severity if ties.to[t] >= 0 else"),
        ("range(ties.start[begin], ties.start[end])", "range(ties.start[begin], ties.start[begin + 1])"),
        ("here or alone or leaders.group[i] != last", "here or leaders.group[i] != last"),
        ("heard * change[leaders.group[i], k], 0.0)", "heard * change[leaders.group[i], k], -1.0)"),
        ("state.islands.capital[:] = 1.0 - self.cut_share", "state.islands.capital[:] *= self.cut_share"),
        ("round_ == self.crisis + self.crisis_rounds", "round_ == self.crisis_rounds"),
        ("min(self.crisis_issue, state.groups.need.shape[1] - 1)", "self.crisis_issue"),
    ],
    ("model/mechanisms/choose.py", CHOOSE): [
        ("leaders.chances[0, i] < noise", "leaders.chances[0, i] > noise"),
        ("1.0 if leaders.chances[1, i] < share", "1.0 if leaders.chances[0, i] < share"),
        ("leaders.chances[1, i] < share else 0.0", "leaders.chances[1, i] < 0.5 else 0.0"),
    ],
    ("model/measures.py", MEASURES): [
        ("weighted / (n * voice) if", "weighted / voice if"),
        (
            "weighted += (2.0 * row - n + 1.0) * ranked[b, voices, row]",
            "weighted += (2.0 * row - n) * ranked[b, voices, row]",
        ),
        ("ranked[b, issues, row] = leaders.voice[i]", "ranked[b, issues, row] = leaders.standing[i]"),
    ],
    ("model/community/populate.py", PEOPLE): [
        ("- people.endowment_spread**2 / 2", ""),
        ("leaders.standing[marginalised] *= people.marginalised_standing", "pass"),
        ("draw.uniform(luck.SEAT) < people.marginalised_seat", "draw.uniform(luck.SEAT) > people.marginalised_seat"),
        (
            "people.service * groups.need[leaders.group] + (1 - people.service) * personal",
            "(1 - people.service) * groups.need[leaders.group] + people.service * personal",
        ),
        ("leaders.endowment[:] *= conditions.endowment", "pass"),
        (
            "total = leaders.standing.reshape(islands, n).mean(axis=1)",
            "total = leaders.standing.reshape(islands, n).sum(axis=1)",
        ),
        ("np.cumsum([kind.share for kind in kinds])[:-1]", "np.cumsum([kind.share for kind in kinds][::-1])[:-1]"),
        ("leaders.trusting[i] + own_sector * same", "leaders.trusting[i] - own_sector * same"),
        ("people.trust_spread**2 / np.maximum(count, 1)", "people.trust_spread**2"),
    ],
    ("model/community/groups.py", PEOPLE): [
        (
            "np.arange(count) >= count - round(people.marginalised * count)",
            "np.arange(count) > count - round(people.marginalised * count)",
        ),
        ("people.people_per_leader * n / count", "people.people_per_leader"),
    ],
    ("model/community/hub.py", PEOPLE): [
        ("keep = at_hub | (chance >= share)", "keep = at_hub | (chance < share)"),
    ],
    ("model/run.py", RUN): [
        ("YEAR: Final = 12", "YEAR: Final = 11"),
        ("agreed.argmax(axis=0) + 1.0, np.nan)", "agreed.argmax(axis=0), np.nan)"),
        ("1.0 - after.min(axis=0) / before", "1.0 - after.mean(axis=0) / before"),
        ("np.arange(len(after))[:, None] >= after.argmin(axis=0)", "True"),
        ("luck.run_keys(seed, some)", "luck.run_keys(seed, range(len(some)))"),
        ("welfare[max(0, shock - YEAR) : shock]", "welfare[:shock]"),
        ("if 0 < shock < len(rounds):", "if 0 <= shock < len(rounds):"),
    ],
    ("study/parts.py", STUDY): [
        ("key=identity.encode()[:64]", 'key=b""'),
        ("if name not in found or found[name].failed:", "if name not in found:"),
        ("if other != path:", "if False:"),
        ("return content if digest(content, self.identity) == part.digest else None", "return content"),
    ],
    ("files.py", STOPS): [
        ("os.replace(temporary, path)", "shutil.copy(temporary, path)"),
    ],
    ("study/blocks.py", STUDY): [
        ("last_replicate < replicates)", "last_replicate <= replicates)"),
        ("there[at], replicates, leaders)", "0, replicates, leaders)"),
        ("blocks, self.shard, None", "blocks, 0, None"),
        ("np.quantile(rounds, QUANTILES, axis=1)", "np.quantile(rounds[:, :1], QUANTILES, axis=1)"),
    ],
    ("study/progress.py", STUDY): [
        ("if len(there) < lacking:", "if not there:"),
    ],
    ("study/play.py", STUDY): [
        ("good = frozenset(state.done) - frozenset(state.failed)", "good = frozenset(state.done)"),
    ],
    ("study/prepare.py", STUDY): [
        ("roll.places[number] = place\n    numbers: list", "pass\n    numbers: list"),
    ],
    ("study/study.py", STUDY): [
        ('"seed": self.size.seed,', ""),
        ('"rounds": self.size.rounds,', ""),
    ],
    ("study/tables.py", STUDY): [
        ('frame["n"] * (frame["mean"] - mean) ** 2', '(frame["mean"] - mean) ** 2'),
    ],
    ("analysis/sobol.py", SOBOL): [
        ("values = values[:, ~np.isnan(values).any(axis=0)]\n    means", "means"),
        ('(found["ST"] * spread - total) / known', 'found["ST"] * spread / known'),
        ("cube[:, 1:-1] - cube[:, :1]", "cube[:, 1:-1] - cube[:, -1:]"),
    ],
    ("analysis/outcomes.py", SOBOL): [
        ("yield some[:, there]", "yield some"),
    ],
    ("analysis/effects.py", EFFECTS): [
        ("top / top.sum(axis=1, keepdims=True)", "top"),
        ("values = better * np.column_stack", "values = np.column_stack"),
        ("RESAMPLES = 2000", "RESAMPLES = 20"),
    ],
    ("analysis/through.py", "analysis/test_through.py"): [
        ("state.leaders.contribution[held] = self.giving[round_ - 1, held]", "pass"),
        ("self.giving[round_ - 1, held]", "self.giving[round_ - 2, held]"),
        ("effect(~np.isin(of,", "effect(np.isin(of,"),
        ("np.argsort(-known, axis=1", "np.argsort(known, axis=1"),
        ("whole.asked >= OFTEN", "whole.asked < OFTEN"),
        ("(islands.money / islands.people)[leaders.island]", "0.0"),
    ],
    ("analysis/parting.py", "analysis/test_parting.py"): [
        ("broken[-1] + 1", "broken[0] + 1"),
        ("(sign == sign[-1]) & ", ""),
        ("firsts.min()", "firsts.max()"),
        ("go_on(changed(world)) - go_on(world)", "go_on(world) - go_on(changed(world))"),
    ],
    ("study/branch.py", "laws/test_counterfactual.py"): [
        ("deepcopy(each)", "each"),
        ("range(1, at))", "range(1, at + 1))"),
    ],
    ("analysis/best_mix.py", "pipeline/test_cost_curves.py"): [
        ("compared(some.loc[~first, :]", "compared(some"),
        ("some.loc[first, :]))", "some))"),
        (".at(sum_ / 2)) is not None and", ".at(sum_)) is not None and"),
        ("if pair.strategies in pairs}", "if False}"),
    ],
    ("validation/sensitivity.py", "validation/test_sensitivity.py"): [
        ("initial=np.inf))", "initial=0.0))"),
        ('("welfare_net", "spend")', '("welfare", "spend")'),
    ],
    ("fitting/waves.py", "fit/test_waves.py"): [
        ("log = -np.asarray(logsumexp", "log = np.asarray(logsumexp"),
        ("np.minimum(WIDER * rest, 1.0)", "np.minimum(WIDER * size[kept], 1.0)"),
        ("moved[: round(FROM_THE_PRIOR * len(normal))] = along", "moved[:0] = along"),
    ],
    ("fitting/adjust.py", "fit/test_waves.py"): [
        ("return middle + rest * np.sqrt(count / free)", "return normal"),
        ("- weights[order] / 2", ""),
    ],
    ("fitting/worth.py", "fit/test_worth.py"): [
        ("fitted.max(axis=1).mean() - fitted.mean(axis=0).max()", "gain.max(axis=1).mean()"),
        ("found > most", "found > luck"),
    ],
    ("fitting/summaries.py", "fit/test_summaries.py"): [
        ("np.where(as_seen(name, month, observed), record.seen[name][month], np.nan)", "record.seen[name][month]"),
        ("return last - first", "return first - last"),
    ],
    ("fitting/observed.py", "fit/test_log.py"): [
        ("each[who, other] = each[other, who] = max", "each[who, other] = max"),
    ],
}
"""per file and the tests that must notice: a text that is there once, and what stands in its place"""

FAULTS: Final = [Fault(file, old, new, tests) for (file, tests), changes in CHANGES.items() for old, new in changes]
