"""Commonweal: a laboratory for helping community leaders cooperate."""
