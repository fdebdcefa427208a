"""Puts tests/ on the path (worlds.py) for the tests in every folder below."""
