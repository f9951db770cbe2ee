"""Plans made from a role, a job description, a résumé or the bank."""
