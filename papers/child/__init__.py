"""The only code that parses files of others. It runs in processes of its own, with limits, and is imported by nothing."""
