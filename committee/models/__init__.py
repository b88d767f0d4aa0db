"""The nouns of the committee's work, one a file."""

from committee.models.plan import Plan
from committee.models.readership import Readership
from committee.models.remark import Remark

__all__ = ["Plan", "Readership", "Remark"]
