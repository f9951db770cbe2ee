#!/bin/sh
# One web process. Any number may run behind the proxy; `manage.py migrate` comes first, once.
set -eu
cd "$(dirname "$0")/.."
exec "${PYTHON:-python}" manage.py serve --host "${HOST:-0.0.0.0}"
