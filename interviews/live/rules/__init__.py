"""What the session machine does on each input, grouped by whom it concerns."""
