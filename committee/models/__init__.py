"""The nouns of the committee's organisation."""

from committee.models.anchor import Anchor, AnchorReading

__all__ = ["Anchor", "AnchorReading"]
