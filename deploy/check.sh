#!/bin/sh
# Everything that can be said about the code without running its tests.
set -u
cd "$(dirname "$0")/.."
PATH="$PWD/${VENV:-.venv}/bin:$PATH"

failed=""
step() {
    name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed="$failed, $name"
}

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
if [ -n "$failed" ]; then
    printf '\nFailed: %s\n' "${failed#, }"
    exit 1
fi
printf '\nAll checks passed.\n'
