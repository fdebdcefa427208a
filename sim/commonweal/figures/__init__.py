"""Figures: each a function from tables to a matplotlib Figure. They read and write no files;
commonweal.figures.save does.

- style: fonts, lines, and a colour for each strategy
- fonts: names in any script, drawn with the fonts installed here
- labels: names, measures and units in words
- panels: the page of a figure: panels, title, note
- label_places: labels that do not lie on each other
- compressed_axis: axes on which small and large effects can be told apart
- marks: effects as points with their intervals
- strategy_effects: what each strategy changes of one measure
- over_scenarios: the same in one panel, a dot per scenario
- equity: the average against the worst-off
- cost_benefit: what a strategy brings against the money it takes
- worlds: how often each strategy is best in the worlds of an ensemble
- cost_curves: what more money brings, strategy by strategy
- forest: any contrasts, a row each
- mechanisms: which mechanisms carry each strategy's effect
- budgets: what more money buys
- front: mixes that no other beats on both average and worst-off
- paths: measures round by round, as lines and bands
- trajectories: several measures under every strategy
- bands: one measure with its spread over communities
- layout: where leaders stand in a drawing
- community: leaders and their ties, before and after
- save: a figure as PNG and SVG
- gallery: every figure of a study, in its folder
"""
