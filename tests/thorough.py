"""Whether tests take all that is drawn by lot, and give commands in all ways, or a few: for before a release."""

import os
from typing import Final

THOROUGH: Final = bool(os.environ.get("COMMONWEAL_THOROUGH"))
