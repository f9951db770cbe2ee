"""How often messages may be sent and taken."""

from rest.throttling import AccountThrottle, AddressThrottle, WritingThrottle


class SmsWebhookThrottle(AddressThrottle):
    """Twilio speaks for everybody from a few addresses: this is only against floods."""

    scope = "sms_webhook"


class SmsInterviewThrottle(WritingThrottle):
    """Each beginning costs money and reaches a person."""

    scope = "sms_interviews"


class MailTrialThrottle(AccountThrottle):
    """Each leaves the house."""

    scope = "test_email"


class InvitationThrottle(WritingThrottle):
    """Each reaches people who did not ask."""

    scope = "invitations"


class FileThrottle(WritingThrottle):
    """Each file may reach a thousand people; trials count too."""

    scope = "invitation_files"


class WebhookThrottle(WritingThrottle):
    """Only for what looks up names or sends something."""

    scope = "webhooks"
