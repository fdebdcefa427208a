"""Configuration: conf files and overrides become plain values, by Hydra, and these what is asked for.

- conf: where the files are, and what there is to choose from
- own_units: what an MU and an hour are worth in the user's money
- own_money: options in MU that were typed as amounts in it
- compose: from overrides to plain values, by Hydra
- refusal: what Hydra refuses, in one sentence with a remedy
- places: folders and files that stand where conf has a name
- overrides: what was typed, and which part it is for
- sections: parts of a configuration, as values or as objects
- money_told: what the amounts asked for come to, in MU and in the user's own money
- options: how a run is carried out
- experiment: which strategies and scenarios an experiment compares
- plan: the conditions that a configuration comes to
- comparison: strategies in scenarios, each beside doing nothing
- design: the conditions that a design makes
- beside: other worlds and other doses in which a comparison is played besides
- why: the study that says which mechanisms carry what was found
- request: what is asked for, as a whole
- every_strategy: conf that names every strategy, made from the one list
- assumptions: the numbers that no evidence gives, with the range of each
- parameters: every parameter in conf/ as a table, with what it rests on
"""
