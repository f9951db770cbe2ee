"""Inviting candidates, reminding them, and inviting many at once."""
