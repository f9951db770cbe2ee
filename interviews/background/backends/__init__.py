"""Who else may do background work."""
