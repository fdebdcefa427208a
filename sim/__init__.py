"""Commonweal: a laboratory for helping community leaders cooperate."""

NUMBERS = "2"
"""raised whenever the same configuration and seed give other numbers (CHANGELOG.md says why)"""
