"""Interviews with made-up candidates, held by the real live session, so that there are reports to read."""
