"""What is known of files."""

from papers.models.checked_file import CheckedFile
from papers.models.upload import Upload, UploadPart

__all__ = ["CheckedFile", "Upload", "UploadPart"]
