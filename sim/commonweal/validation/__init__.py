"""Validation: what the model must reproduce, measured once for the command, the calibration and the tests.

- reference: the published tables
- fits: what experiments found, and the same of the model
- laboratory: experiments of conf/experiment, played
- online: online games, played game by game
- estuaries: who works with whom, and how trust moves, two years on
- second_wave: each estuary forecast by a fit to the others
- calibration: parameters chosen to reproduce experiments
- identification: how well the data fix them
- experiments: published experiments beside the model
- communities: cooperation that lives or dies, and trust that follows deeds
- signs: directions on which experiments agree
- patterns: what emerges in five years without a convener
- planner: what the best agenda would be worth, if one planner chose it
- theory: exact results that each mechanism must reproduce
- theory_games: of games
- theory_talk: of talk
- theory_choice: of choice and beliefs together
- theory_trust: of trust
- gathering: leaders put together by hand, for theory
- sensitivity: how much the answer depends on what no evidence supports
- rows: a line of the table of results
- figures: published points over what the model does
- field_figures: online games, and twenty years of communities
- report: every row, as table and page
- forecast_task: experiments to be forecast, as they are read
- forecast: forecasts of them, and simple ones beside
- learners: least squares and boosting, fitted to the games
"""
