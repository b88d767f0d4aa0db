"""The nouns of dossiers, one a file."""

from dossiers.models.redaction import Redaction
from dossiers.models.scan import Scan

__all__ = ["Redaction", "Scan"]
