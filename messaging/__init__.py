"""What leaves and arrives as messages: SMS interviews, invitations, e-mail, webhooks."""
