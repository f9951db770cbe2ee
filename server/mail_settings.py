"""How e-mail leaves, from the environment: over SMTP where a server is named, else to the terminal."""

from email.utils import parseaddr

from django.core.exceptions import ImproperlyConfigured
from msgspec import Struct

from server.environment import Environment

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"


class MailSettings(Struct, frozen=True, kw_only=True):
    backend: str
    host: str
    port: int
    user: str
    password: str
    use_tls: bool
    use_ssl: bool
    sender: str
    public_url: str  # without a slash at its end


def mail_settings(env: Environment, port: int) -> MailSettings:
    """`port` is the web server's. Raises ImproperlyConfigured with a sentence for what is wrong."""
    host = env.text("EMAIL_HOST")
    use_ssl = env.flag("EMAIL_USE_SSL", default=False)
    settings = MailSettings(
        backend=SMTP if host else CONSOLE,
        host=host,
        port=env.whole("EMAIL_PORT", 587, least=1, most=65_535),
        user=env.text("EMAIL_HOST_USER"),
        password=env.text("EMAIL_HOST_PASSWORD"),
        use_tls=env.flag("EMAIL_USE_TLS", default=not use_ssl),
        use_ssl=use_ssl,
        sender=env.text("DEFAULT_FROM_EMAIL", "Viva <viva@localhost>"),
        public_url=env.address("PUBLIC_URL", f"http://localhost:{port}", schemes=("http", "https")).rstrip(
            "/"
        ),
    )
    if settings.use_tls and settings.use_ssl:
        raise ImproperlyConfigured("EMAIL_USE_TLS and EMAIL_USE_SSL exclude each other: set one of them.")
    if bool(settings.user) != bool(settings.password):
        raise ImproperlyConfigured("EMAIL_HOST_USER and EMAIL_HOST_PASSWORD belong together.")
    if "@" not in parseaddr(settings.sender)[1] or "\n" in settings.sender:
        raise ImproperlyConfigured("DEFAULT_FROM_EMAIL is no address such as Viva <interviews@example.com>.")
    return settings
