"""The models of dossiers."""

from dossiers.models.edition import Edition

__all__ = ["Edition"]
