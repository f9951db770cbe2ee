"""Accounts, the team and its invitations: pages."""
