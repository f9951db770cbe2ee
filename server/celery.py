"""`celery -A server worker`: the same work as in the web processes, in processes of its own."""

import os

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "server.settings")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # see manage.py
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")  # migrate and serve check; here it would load every page
if not settings.REDIS_URL:
    raise ImproperlyConfigured(
        "REDIS_URL is empty: Celery needs it. Without it the web processes do the work."
    )
django.setup()

from interviews.background.backends.celery import app  # noqa: E402 (imports models)

__all__ = ["app"]
