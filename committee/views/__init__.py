"""The pages of committee."""
