"""The REST interface: one error shape, sessions by id or UUID alike, guests held to their own session."""
