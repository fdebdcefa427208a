"""Configuration: from what is asked for on the command line to a study."""

from sim.configuration.asked import KNOWN, Asked, read
from sim.configuration.options import OPTIONS, Options, options_of

__all__ = ["KNOWN", "OPTIONS", "Asked", "Options", "options_of", "read"]
