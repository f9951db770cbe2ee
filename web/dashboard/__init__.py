"""Figures over many interviews: pages."""
