"""Interviews by text message: the same machine that voices drive, reached through a phone number."""
