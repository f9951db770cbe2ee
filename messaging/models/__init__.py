"""The tables of messages; one module per word of the domain."""

from messaging.models.invitation_batch import InvitationBatch
from messaging.models.message import Message
from messaging.models.phone import PhoneConsent, SmsInterview
from messaging.models.webhook import Webhook, WebhookDelivery

__all__ = ["InvitationBatch", "Message", "PhoneConsent", "SmsInterview", "Webhook", "WebhookDelivery"]
