"""The letters of judging."""

from notifications.letters import Letter

READING_DIGEST = Letter("reading_digest", priority=7)
READING_DUE = Letter("reading_due", priority=6)
