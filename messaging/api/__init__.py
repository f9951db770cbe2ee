"""The REST interface of messages: Twilio's webhook, invitations, webhooks of one's own."""
