"""What the office finds and takes away: one search, saved views, exports, statistics."""
