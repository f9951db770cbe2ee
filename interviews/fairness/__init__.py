"""Scores the same answers again in words that must not matter, and shows where they did."""
