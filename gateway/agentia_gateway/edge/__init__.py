"""The edge: who calls, and how much is read."""
