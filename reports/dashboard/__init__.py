"""The dashboard of a cycle: its dates, what needs its reader, and its figures. It derives everything and writes nothing."""
