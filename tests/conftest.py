"""Puts tests/ on the path (worlds.py) for those in every folder below. Slow examples are a busy machine's fault."""

from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")
