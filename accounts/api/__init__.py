"""The REST interface of accounts: signing in, one's profile, who is asking."""
