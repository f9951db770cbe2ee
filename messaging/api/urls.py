"""The addresses of messages; server/api_urls.py joins all packages' maps."""

from messaging.api.views.bulk import Batches, InviteMany
from messaging.api.views.invitations import Invitations, Invite, Messages, SessionCalendar
from messaging.api.views.mail_trial import MailTrial
from messaging.api.views.sms import SmsWebhook, TextedInterview
from messaging.api.views.webhooks import (
    Deliveries,
    OneWebhook,
    ReplayDelivery,
    RotateSecret,
    TestWebhook,
    Webhooks,
)
from rest.addresses import Routes

WEBHOOK = "webhooks/<int:webhook_id>/"

ROUTES: Routes = {
    "sms/webhook/": (SmsWebhook.as_view(), "api-sms-webhook"),
    "sessions/<str:reference>/sms/": (TextedInterview.as_view(), "api-session-sms"),
    "sessions/<str:reference>/invite/": (Invite.as_view(), "api-session-invite"),
    "sessions/<str:reference>/calendar/": (SessionCalendar.as_view(), "api-session-calendar"),
    "invitations/": (Invitations.as_view(), "api-invitations"),
    "invitations/bulk/": (InviteMany.as_view(), "api-invitations-bulk"),
    "invitations/bulk/<int:batch_id>/": (Batches.as_view(), "api-invitations-batch"),
    "messages/": (Messages.as_view(), "api-messages"),
    "profile/test-email/": (MailTrial.as_view(), "api-test-email"),
    "webhooks/": (Webhooks.as_view(), "api-webhooks"),
    WEBHOOK: (OneWebhook.as_view(), "api-webhook"),
    f"{WEBHOOK}secret/": (RotateSecret.as_view(), "api-webhook-secret"),
    f"{WEBHOOK}test/": (TestWebhook.as_view(), "api-webhook-test"),
    f"{WEBHOOK}deliveries/": (Deliveries.as_view(), "api-webhook-deliveries"),
    f"{WEBHOOK}deliveries/<str:delivery>/replay/": (ReplayDelivery.as_view(), "api-webhook-replay"),
}
