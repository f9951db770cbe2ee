"""Candidates and their résumés: pages."""
