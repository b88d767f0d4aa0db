"""What writes workbooks. It runs in a process of its own, and is imported by nothing."""
