"""The nouns of committee, one a file."""

from committee.models.remark import Remark

__all__ = ["Remark"]
