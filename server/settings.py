"""Django settings: the environment decides, embedded defaults need no service and no key."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from server.api_tags import TAGS
from server.celery_settings import celery_settings
from server.environment import Environment
from server.logs import log_settings
from server.mail_settings import mail_settings
from server.messaging_settings import sms_settings
from server.mind_settings import mind_settings
from server.secret_key import kept_secret_key
from server.speech_settings import speech_settings
from server.storage_settings import storage_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment.load(Path(os.environ.get("ENV_FILE", BASE_DIR / ".env")))  # tests bring an empty one
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"VAR_DIR is {VAR_DIR}, which can't be made: {error.strerror}.") from None

# `make run` sets it: on one's own machine, registration and guest interviews are open by default.
LOCAL = env.flag("LOCAL", default=False)
DEBUG = env.flag("DEBUG", default=False)
PORT = env.whole("PORT", 8000, least=1, most=65535)
SECRET_KEY = env.text("SECRET_KEY") or kept_secret_key(VAR_DIR / "secret_key")
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]  # always answered: health checks come from the machine
ALLOWED_HOSTS = [*env.listing("ALLOWED_HOSTS"), *LOOPBACK_HOSTS]
ALLOWED_ORIGINS = env.origins("ALLOWED_ORIGINS")
CSRF_TRUSTED_ORIGINS = ALLOWED_ORIGINS
# Their pages may use the interface with a token; cookies stay with this site, so none are allowed across.
CORS_ALLOWED_ORIGINS = ALLOWED_ORIGINS
CORS_URLS_REGEX = r"^/api(/|$)"
CORS_ALLOW_HEADERS = (*default_headers, "x-interview-token")
CORS_EXPOSE_HEADERS = ("Content-Disposition", "Retry-After")
# Forwarding headers are believed only from these: asgi.py wraps everything in server.proxies.
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")
BEHIND_HTTPS = env.flag("BEHIND_HTTPS", default=False)

INSTALLED_APPS = [
    "daphne",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "channels",
    "corsheaders",
    "csp",
    "rest_framework",
    "rest_framework_simplejwt.token_blacklist",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "speech",
    "accounts",
    "hiring",
    "interviews",
    "messaging",
    "consumers",
    "web",
    "server",
]

MIDDLEWARE = [
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "server.headers.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "server.urls"
ASGI_APPLICATION = "asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "server" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASE_URL = env.address("DATABASE_URL", schemes=("postgres", "postgresql", "sqlite"))
REDIS_URL = env.address("REDIS_URL", schemes=("redis", "rediss"))


def _database() -> dict[str, Any]:
    url = DATABASE_URL or f"sqlite:///{VAR_DIR / 'viva.sqlite3'}"
    config: dict[str, Any] = dict(dj_database_url.parse(url))
    if config["ENGINE"].endswith("sqlite3"):
        # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at once, not too late.
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
        }
    else:
        # Under ASGI threads come and go with requests, so connections live in a pool and not in a thread.
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": 20, "timeout": 10},
        }
    return config


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if REDIS_URL:
    # redis-py 8 closes idle sockets by default, and the consumer with them: no time-out on the layer.
    CHANNEL_LAYERS: dict[str, Any] = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None}]},
        }
    }
    CACHES: dict[str, Any] = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},  # a frozen one holds nobody up
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

CELERY = celery_settings(env, REDIS_URL)

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email")},
    },
    {"NAME": "accounts.passwords.UpperCaseAndDigitValidator"},
]
AUTHENTICATION_BACKENDS = [
    "accounts.page_sign_in.AttemptLimit",  # lets nobody in; keeps out who tries too often
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60  # seconds; the e-mail says so
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/monitor/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns without; files are found in the packages themselves
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    **storage_settings(env, VAR_DIR),
}

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_SSL_REDIRECT = BEHIND_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^api/(v1/)?health"]  # a container's own health check speaks plain HTTP
SECURE_HSTS_SECONDS = env.whole("HSTS_SECONDS", 31_536_000 if BEHIND_HTTPS else 0)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "media-src": [SELF, "blob:"],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Not ours to promise: HSTS for every subdomain, and for ever by a browser's built-in list.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

LOGGING = log_settings(
    is_json=env.choice("LOG_FORMAT", "plain" if LOCAL else "json", ("json", "plain")) == "json",
    level=env.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
)

GUESTS = env.flag("GUESTS", default=DEBUG or LOCAL)
GUEST_SESSIONS_OPEN = env.whole("GUEST_SESSIONS_OPEN", 500, most=1_000_000)
GUEST_SESSIONS_PER_DAY = env.whole("GUEST_SESSIONS_PER_DAY", 200, least=1, most=1_000_000)
REGISTRATION = env.flag("REGISTRATION", default=DEBUG or LOCAL)
ACCESS_TOKEN_EXPIRE_MINUTES = env.whole("ACCESS_TOKEN_EXPIRE_MINUTES", 30, least=1, most=60 * 24)
RESUME_WINDOW = timedelta(hours=env.whole("RESUME_WINDOW", 24, least=1, most=24 * 30))
RATE_LIMITS = env.flag("RATE_LIMITS", default=True)
RETENTION_DAYS = env.whole("RETENTION_DAYS", 90, least=1, most=3650)
SPEECH = speech_settings(env, VAR_DIR)
SPEECH_ENGINE = SPEECH.engine
MIND = mind_settings(env)
INTERVIEWER = MIND.resolved
QUESTION_BANK = env.text("QUESTION_BANK")
VOICE = SPEECH.voice
SMS = sms_settings(env)
MAIL = mail_settings(env, PORT)
EMAIL_BACKEND = MAIL.backend
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.use_tls, MAIL.use_ssl
EMAIL_TIMEOUT = 10  # seconds; a server that says nothing holds nobody up
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL.sender
PUBLIC_URL = MAIL.public_url
WEBHOOKS_TO_PRIVATE = env.flag("WEBHOOKS_TO_PRIVATE", default=False)

RATES = {
    "auth": "5/min",
    "team_invitations": "60/hour",
    "guest_sessions": "60/hour",
    "guest_sessions_day": f"{GUEST_SESSIONS_PER_DAY}/day",
    "shared_reports": "30/minute",
    "recognition": "30/min",
    "evaluations": "30/hour",
    "exports": "300/hour",
    "job_exports": "30/hour",
    "plans": "60/hour",
    "webhooks": "120/hour",
    "sms_webhook": "1200/min",
    "sms_interviews": "60/hour",
    "test_email": "5/min",
    "invitations": "300/hour",
    "invitation_files": "20/hour",
    "applications": "60/hour",
}
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "rest.schema.Schema",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.BearerAuthentication",
        "interviews.api.authentication.GuestAuthentication",
        "accounts.api.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PARSER_CLASSES": ["rest.parsing.StrictJsonParser"],
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "rest_framework.renderers.BrowsableAPIRenderer",
    ],
    "DEFAULT_PAGINATION_CLASS": "rest.pagination.Pages",
    "DEFAULT_THROTTLE_RATES": {name: rate if RATE_LIMITS else None for name, rate in RATES.items()},
    "EXCEPTION_HANDLER": "rest.errors.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "NUM_PROXIES": 0,  # server.proxies has already put the client's address in place
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Viva",
    "DESCRIPTION": "Real-time voice interviews. docs/api.md walks through it.",
    "VERSION": "1",
    "TAGS": TAGS,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ReportEditionEnum": "interviews.models.ReportShare.Edition",
        "SessionStatusEnum": "interviews.models.Session.Status",
        "RequestStatusEnum": "interviews.models.Request.Status",
        "RequestKindEnum": "interviews.models.Request.Kind",
        "DifficultyEnum": "interviews.api.serializers.sessions.DIFFICULTIES",
        "QuestionTypeEnum": "interviews.api.serializers.sessions.TYPES",
        "InterviewStatusEnum": "hiring.models.Interview.Status",
        "RoundStatusEnum": "hiring.models.Round.Status",
        "RoundKindEnum": "hiring.models.Round.Kind",
        "VerdictEnum": "hiring.models.Decision.Verdict",
        "PlanModeEnum": "hiring.models.Plan.Mode",
        "MessageStatusEnum": "messaging.models.Message.Status",
        "SmsInterviewStatusEnum": "messaging.models.SmsInterview.Status",
        "SpeakerEnum": "interviews.models.Turn.Speaker",
        "QuestionKindEnum": "interviews.models.Question.Kind",
        "ChannelEnum": "interviews.models.Session.Channel",
        "SideEnum": "interviews.api.serializers.conversations.SIDES",
    },
    "PREPROCESSING_HOOKS": ["rest.schema.only_canonical"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "rest.schema.with_errors",
        "rest.schema.as_it_is",
        "rest.examples.with_examples",
    ],
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=ACCESS_TOKEN_EXPIRE_MINUTES),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    "CHECK_REVOKE_TOKEN": True,  # another password ends every token of the former
    # A token that another program signed with the same key is not ours.
    "AUDIENCE": "viva",
    "ISSUER": "viva",
}

if not DEBUG and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is '*' outside DEBUG; name the hosts of this server.")
