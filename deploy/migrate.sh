#!/bin/sh
# Brings the database up to date; before the web processes start, and only once.
set -eu
cd "$(dirname "$0")/.."
exec "${PYTHON:-python}" manage.py migrate --no-input
