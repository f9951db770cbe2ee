"""What this is, how it is doing, and what it can do."""

import logging
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from interviews.background.rows import figures
from interviews.bank import find_questions, load_bank
from interviews.live.process import get_process
from interviews.mind.facts import facts_of
from rest.errors import NotFoundError

logger = logging.getLogger(__name__)
NAME = "Viva"
VERSION = "0.1.0"
REDIS_TIMEOUT_S = 1.0
# What an engine says about itself that an operator may read; anything else it may say stays inside.
SPEECH_FACTS = (
    "label",
    "engine",
    "state",
    "window",
    "window_check",
    "capacity",
    "lanes",
    "restarts",
    "waiting",
    "done",
    "banner",
    "turn_model",
)


class RootSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    version = serializers.CharField()
    status = serializers.CharField()
    links = serializers.DictField(child=serializers.URLField())


class BackgroundWorkSerializer(serializers.Serializer[Any]):
    by = serializers.ChoiceField(
        ("celery", "rows"),
        required=False,
        help_text="Celery's workers; or, from its rows, the processes that serve.",
    )
    open = serializers.IntegerField(required=False, help_text="Tasks that wait.")
    failed = serializers.IntegerField(required=False, help_text="Tasks that were given up.")


class HealthSerializer(serializers.Serializer[Any]):
    """`status`: ok, degraded (it goes on without something), or unavailable."""

    status = serializers.ChoiceField(("ok", "degraded", "unavailable"))
    ready = serializers.BooleanField(help_text="Whether interviews can be heard here now.")
    version = serializers.CharField()
    database = serializers.CharField()
    redis = serializers.CharField(help_text="ok, unavailable, or not_used.")
    speech = serializers.DictField(
        help_text="Engine, its state, its window and how that was found, capacity."
    )
    interviewer = serializers.CharField()
    language_model = serializers.CharField(allow_blank=True, help_text="Its name, where one takes part.")
    voice = serializers.CharField()
    background_work = BackgroundWorkSerializer(help_text="Empty while the database is away.")


class InfoSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    version = serializers.CharField()
    api_versions = serializers.ListField(child=serializers.CharField())
    protocol = serializers.CharField()
    guests = serializers.BooleanField()
    registration = serializers.BooleanField()
    languages = serializers.ListField(child=serializers.CharField())
    roles = serializers.ListField(child=serializers.CharField())
    bank_questions = serializers.IntegerField()
    resume_window_hours = serializers.IntegerField()
    retention_days = serializers.IntegerField()
    interviewer = serializers.CharField()
    language_model = serializers.CharField(allow_blank=True, help_text="Its name, where one takes part.")


class Root(APIView):
    """Where to begin."""

    authentication_classes = ()

    @extend_schema(tags=["info"], responses=RootSerializer, auth=[])
    def get(self, request: Request) -> Response:
        names = ("health", "info", "sessions", "reports", "schema", "docs", "redoc")
        links = {name: request.build_absolute_uri(f"/api/{name}/") for name in names}
        return Response({"name": NAME, "version": VERSION, "status": "running", "links": links})


class Health(APIView):
    """How the parts are doing; 503 only without the database. Never a secret, address or name."""

    authentication_classes = ()

    @extend_schema(responses={200: HealthSerializer, 503: HealthSerializer}, auth=[])
    def get(self, request: Request) -> Response:
        health = read_health()
        return Response(health, status=503 if health["status"] == "unavailable" else 200)


class Ready(APIView):
    """For a balancer: 503 until this process can hear, and while its database is away."""

    authentication_classes = ()

    @extend_schema(responses={200: HealthSerializer, 503: HealthSerializer}, auth=[])
    def get(self, request: Request) -> Response:
        health = read_health()
        return Response(health, status=200 if health["ready"] else 503)


class Info(APIView):
    """What this installation offers."""

    authentication_classes = ()

    @extend_schema(responses=InfoSerializer, auth=[])
    def get(self, request: Request) -> Response:
        mind = facts_of(settings.MIND)
        return Response(
            {
                "name": NAME,
                "version": VERSION,
                "api_versions": ["v1"],
                "protocol": "viva.v1",
                "guests": settings.GUESTS,
                "registration": settings.REGISTRATION,
                "languages": ["en"],
                "roles": [file.role for file in load_bank()],
                "bank_questions": len(find_questions()),
                "resume_window_hours": int(settings.RESUME_WINDOW.total_seconds() // 3600),
                "retention_days": settings.RETENTION_DAYS,
                "interviewer": mind.name,
                "language_model": mind.model,
            }
        )


class Nothing(APIView):
    """Every address below /api/ that is none, in the one error shape."""

    authentication_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFoundError("address")


def read_health() -> dict[str, Any]:
    database, cache = _database(), _redis()
    heard, mind = get_process().health(), facts_of(settings.MIND)
    speech = {name: heard[name] for name in SPEECH_FACTS if name in heard}
    is_up, hears = database == "ok", speech.get("state") == "ready"
    status = "unavailable" if not is_up else "ok" if hears and cache != "unavailable" else "degraded"
    return {
        "status": status,
        "ready": is_up and hears,
        "version": VERSION,
        "database": database,
        "redis": cache,
        "speech": speech,
        "interviewer": mind.name,
        "language_model": mind.model,
        "voice": settings.VOICE,
        "background_work": _background_work(may_ask_redis=cache != "unavailable") if is_up else {},
    }


def _background_work(*, may_ask_redis: bool) -> dict[str, Any]:
    waiting, crew = figures(), get_process().crew
    is_celery = may_ask_redis and crew is not None and crew.is_there()
    return {"by": "celery" if is_celery else "rows", "open": waiting.open, "failed": waiting.failed}


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        logger.warning("the database does not answer")
        return "unavailable"
    return "ok"


def _redis() -> str:
    if not settings.REDIS_URL:
        return "not_used"
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=REDIS_TIMEOUT_S, socket_connect_timeout=REDIS_TIMEOUT_S
    )
    try:
        client.ping()
    except redis.RedisError:
        return "unavailable"
    finally:
        client.close()
    return "ok"
