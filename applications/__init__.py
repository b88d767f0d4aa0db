"""The intake: programs, cycles and their calendar, drafts, documents, submissions."""
