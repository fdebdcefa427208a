"""Replication: when a design has been played often enough, a file per rule. conf/replication chooses one.

- rule: what every rule has in common
"""
