"""The only code that opens spreadsheets of others. It runs in a process of its own, with limits, and is imported by nothing."""
