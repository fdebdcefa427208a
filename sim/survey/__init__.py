"""Survey: the conditions of a design, each played a number of times, kept, resumed and extended."""

from sim.survey.play import Surveyed, run_survey
from sim.survey.prepare import look
from sim.survey.progress import State, blocks_of, examine, extend, open_whole
from sim.survey.survey import Survey

__all__ = ["State", "Survey", "Surveyed", "blocks_of", "examine", "extend", "look", "open_whole", "run_survey"]
