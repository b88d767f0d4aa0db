"""The nouns of a cycle's configuration, one a file."""

from cycles.models.cycle import Cycle, Intake, Phase
from cycles.models.program import Program

__all__ = ["Cycle", "Intake", "Phase", "Program"]
