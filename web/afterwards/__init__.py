"""The candidate's own page after the interview: pages."""
