"""What candidates may do once it is over: correct what was misheard, answer once more, take a copy."""
