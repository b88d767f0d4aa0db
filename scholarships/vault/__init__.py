"""The door of the EDI vault; nothing passes yet."""
