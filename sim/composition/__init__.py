"""Composition: conf files and overrides become plain values, by Hydra. What Hydra refuses is said in one sentence."""

from sim.composition.compose import Composed, compose, free_keys, parsed, quoted
from sim.composition.conf import CONFIG_NAME, VERSION_BASE, begun_with, options, own_folder, session
from sim.composition.refusal import sentence

__all__ = [
    "CONFIG_NAME", "VERSION_BASE", "Composed", "begun_with", "compose", "free_keys", "options", "own_folder", "parsed",
    "quoted", "sentence", "session",
]  # fmt: skip
