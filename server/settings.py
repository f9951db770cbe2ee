"""Django settings: the environment decides, embedded defaults need no service and no key."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from server.environment import Environment
from server.logs import log_settings
from server.mind_settings import mind_settings
from server.secret_key import kept_secret_key
from server.speech_settings import speech_settings

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
    "consumers",
    "web",
    "server",
]

MIDDLEWARE = [
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

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
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
    "recordings": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "recordings")},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
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
REGISTRATION = env.flag("REGISTRATION", default=DEBUG or LOCAL)
ACCESS_TOKEN_EXPIRE_MINUTES = env.whole("ACCESS_TOKEN_EXPIRE_MINUTES", 30, least=1, most=60 * 24)
RESUME_WINDOW = timedelta(hours=env.whole("RESUME_WINDOW", 24, least=1, most=24 * 30))
RETENTION_DAYS = env.whole("RETENTION_DAYS", 90, least=1, most=3650)
SPEECH = speech_settings(env, VAR_DIR)
SPEECH_ENGINE = SPEECH.engine
MIND = mind_settings(env)
INTERVIEWER = MIND.resolved
QUESTION_BANK = env.text("QUESTION_BANK")
VOICE = SPEECH.voice

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "interviews.api.authentication.BearerAuthentication",
        "interviews.api.authentication.GuestAuthentication",
        "interviews.api.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PARSER_CLASSES": ["interviews.api.parsing.StrictJsonParser"],
    "DEFAULT_RENDERER_CLASSES": [
        "rest_framework.renderers.JSONRenderer",
        "rest_framework.renderers.BrowsableAPIRenderer",
    ],
    "DEFAULT_PAGINATION_CLASS": "interviews.api.pagination.Pages",
    "DEFAULT_THROTTLE_RATES": {
        "auth": "5/min",
        "guest_sessions": "60/hour",
        "recognition": "30/min",
        "evaluations": "30/hour",
        "plans": "60/hour",
    },
    "EXCEPTION_HANDLER": "interviews.api.errors.handle",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "NUM_PROXIES": 0,  # server.proxies has already put the client's address in place
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Viva",
    "DESCRIPTION": "Real-time voice interviews. docs/api.md walks through it.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "SessionStatusEnum": "interviews.models.Session.Status",
        "RequestStatusEnum": "interviews.models.Request.Status",
        "DifficultyEnum": "interviews.api.serializers.sessions.DIFFICULTIES",
        "QuestionTypeEnum": "interviews.api.serializers.sessions.TYPES",
        "PlanModeEnum": "hiring.models.Plan.Mode",
    },
    "PREPROCESSING_HOOKS": ["interviews.api.schema.only_canonical"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "interviews.api.schema.with_errors",
    ],
}
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=ACCESS_TOKEN_EXPIRE_MINUTES),
    "ROTATE_REFRESH_TOKENS": True,
    "BLACKLIST_AFTER_ROTATION": True,
    # A token that another program signed with the same key is not ours.
    "AUDIENCE": "viva",
    "ISSUER": "viva",
}

if not DEBUG and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is '*' outside DEBUG; name the hosts of this server.")
