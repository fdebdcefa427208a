"""Validation: what the model must reproduce, measured once for the command, the calibration and the tests.

- reference: the published tables
- fits: what experiments found, and the same of the model
- laboratory: experiments of conf/experiment, played
- calibration: parameters chosen to reproduce experiments
- identification: how well the data fix them
- experiments: published experiments beside the model
- signs: directions on which experiments agree
- patterns: what emerges in five years without a convener
- theory: exact results that each mechanism must reproduce
- theory_games: of games
- theory_talk: of talk
- theory_choice: of choice and beliefs together
- theory_trust: of trust
- gathering: leaders put together by hand, for theory
- sensitivity: how much the answer depends on what no evidence supports
- rows: a line of the table of results
- figures: published points over what the model does
- report: every row, as table and page
"""
