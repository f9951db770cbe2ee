"""How Celery's workers are run, from the environment."""

from typing import Any

from server.environment import Environment

LONGEST_S = 1_500  # beyond the twenty minutes after which a task counts as failed by itself


def celery_settings(env: Environment, redis_url: str) -> dict[str, Any]:
    """This will give Celery's own settings. The rows are the truth, so nothing is kept at the broker."""
    return {
        "broker_url": redis_url or None,
        "broker_connection_retry_on_startup": True,
        "broker_transport_options": {
            # redis-py waits for ever or five seconds, by its version; this long a frozen one may hold us.
            "socket_timeout": 10,
            "socket_connect_timeout": 3,
            "max_retries": 1,
            "interval_start": 0,
            # Longer than any task: a message that is not acknowledged by then is delivered to another.
            "visibility_timeout": 2 * LONGEST_S,
        },
        "accept_content": ["json"],
        "task_serializer": "json",
        "result_backend": None,
        "task_ignore_result": True,
        "task_default_queue": "viva",
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "task_time_limit": LONGEST_S,
        "worker_concurrency": env.whole("WORKER_CONCURRENCY", 2, least=1, most=64),
        "worker_prefetch_multiplier": 1,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
    }
