"""The live list and the monitor of one session."""
