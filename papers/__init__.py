"""The bytes of files: taken in piece by piece, checked apart, cleaned, kept whole. It knows nothing of applications."""
