"""Decision rules: when does an agenda pass? One file each.

- decision_rule: what every rule has in common
"""
