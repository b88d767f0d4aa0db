"""Views that are kept, and lists that are taken away."""

from finding.models.export import Export
from finding.models.view import SavedView

__all__ = ["Export", "SavedView"]
