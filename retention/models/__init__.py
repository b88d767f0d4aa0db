"""The nouns of retention."""

from retention.models.disposal import Disposal, Item
from retention.models.hold import Hold
from retention.models.incident import Incident
from retention.models.rule import Kind, Rule

__all__ = ["Disposal", "Hold", "Incident", "Item", "Kind", "Rule"]
