"""Interviews: rounds, invitations, decisions: pages."""
