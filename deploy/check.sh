#!/bin/sh
# Everything that can be said about the code without running its tests. Stops at the first complaint.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/${VENV:-.venv}/bin:$PATH"

step() { printf '\n== %s\n' "$1"; shift; "$@"; }

step "format" ruff format --check --quiet .
step "lint" ruff check --quiet .
step "types" mypy .
step "import contract" lint-imports --no-logo --no-cache
step "security lint" bandit -q -r -ll -c pyproject.toml .
step "migrations" env -u DATABASE_URL python manage.py makemigrations --check --dry-run
step "deployment settings" env \
    DEBUG=false LOCAL=false BEHIND_HTTPS=true TRUSTED_PROXIES=10.0.0.1 ALLOWED_HOSTS=viva.example \
    ALLOWED_ORIGINS=https://viva.example SECRET_KEY=check-only-Zk3vQ9xW7rT1yP5mL8nB2cD4fG6hJ0sAeUiOpQw \
    DATABASE_URL=postgres://viva@127.0.0.1/viva REDIS_URL=redis://127.0.0.1/0 \
    python manage.py check --deploy --fail-level WARNING
printf '\nAll checks passed.\n'
