"""Analysis: from the rows of runs to effects with intervals.

- results: what came of a study, read from its folder
- in_units: the same in the money of those who read
- columns: every column of every table of results, described
- effects: what a strategy changes, paired under the same luck
- had: what cannot be had for the sum at which strategies are compared
- ranks: how likely each strategy is to come first, second and so on
- smallest_effect: which effects are large enough to matter
- worlds: what strategies change in other worlds, and in how many each is best
- cost_curve: what each strategy brings for a sum of money
- best_mix: which strategy, or two, bring most for it
- between_scenarios: what it does in one scenario less than in another
- budget: the best choice that a community can afford
- singles: what single communities go through, month by month
- about_leaders: who of a roster gives and gains how much, and who matters most
- outcomes: runs by condition and replicate, for any design
- against: what each condition does beside one of them
- versus: two results side by side
- factorial: what each factor does, and each pair beyond that
- precedence: which of two strategies had better be begun first
- shapley: which mechanisms carry a strategy's effect
- parting: when two paths of a run part, and through which mechanisms
- through: by whose giving it comes, and who gains
- regret: how much a choice loses against the best of each scenario
- sobol: which parameters an outcome's variance comes from
"""
