"""Configuration: from what is asked for on the command line to a study."""

from sim.configuration.asked import KNOWN, Asked, read
from sim.configuration.options import OPTIONS, Options, options_of
from sim.configuration.overrides import free_keys

__all__ = ["KNOWN", "OPTIONS", "Asked", "Options", "free_keys", "options_of", "read"]
