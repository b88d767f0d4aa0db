"""The nouns of dossiers, one a file."""

from dossiers.models.edition import Edition
from dossiers.models.redaction import Redaction
from dossiers.models.scan import Scan

__all__ = ["Edition", "Redaction", "Scan"]
