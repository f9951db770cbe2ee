"""Work that nobody waits for, in rows that survive every crash. See docs/decisions/background-work.md."""
