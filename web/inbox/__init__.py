"""What candidates ask of the people behind an interview: pages."""
