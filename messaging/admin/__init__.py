"""Messages in Django's admin; one module for each group of tables."""

from messaging.admin import invitations, sms, webhooks  # noqa: F401 (they register themselves)
