"""The nouns of the committee's work, one a file."""

from committee.models.anchor import Anchor, AnchorReading
from committee.models.plan import Plan
from committee.models.readership import Readership
from committee.models.remark import Remark

__all__ = ["Anchor", "AnchorReading", "Plan", "Readership", "Remark"]
