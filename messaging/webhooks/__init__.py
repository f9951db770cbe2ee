"""Tells other systems what happened in interviews, signed and tried again. See docs/decisions/webhooks.md."""
