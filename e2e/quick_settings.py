"""The project's settings for servers of tests in a browser: checking a password costs nothing there."""

from server.settings import *  # noqa: F403

# A real one takes a third of a second of a core, for every account that is made and every time one signs in.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
