"""What is known of files."""

from papers.models.checked_file import CheckedFile

__all__ = ["CheckedFile"]
