"""What was said: letters, the outbox, delivery and its tracking."""
