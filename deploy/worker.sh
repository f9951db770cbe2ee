#!/bin/sh
# One Celery worker for background work; any number may run, or none: then the web processes do it themselves.
set -eu
cd "$(dirname "$0")/.."
exec "${PYTHON:-python}" -m celery -A server worker --without-gossip --without-mingle --loglevel "${LOG_LEVEL:-INFO}"
