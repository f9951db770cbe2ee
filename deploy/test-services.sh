#!/bin/sh
# Runs the given pytest command on Postgres and Redis, when both answer; says so when they don't.
set -eu
: "${TEST_DATABASE_URL:=postgres://postgres@127.0.0.1:5432/postgres}"
: "${TEST_REDIS_URL:=redis://127.0.0.1:6379/11}"
export TEST_DATABASE_URL TEST_REDIS_URL

answers() {
    "$1" - <<'PROBE' 2>/dev/null
import os, psycopg, redis
psycopg.connect(os.environ["TEST_DATABASE_URL"], connect_timeout=2).close()
redis.Redis.from_url(os.environ["TEST_REDIS_URL"], socket_connect_timeout=2).ping()
PROBE
}

if answers "$1"; then
    printf '\n== again on Postgres and Redis\n'
    # Databases of its own: `make -j2 test` runs the embedded part meanwhile, which empties the given one.
    ENV_FILE=/dev/null DATABASE_URL=$TEST_DATABASE_URL REDIS_URL=${TEST_REDIS_URL%/*}/12 \
        TEST_REDIS_URL=${TEST_REDIS_URL%/*}/13 exec "$@"
elif [ "${VIVA_CI:-}" = 1 ]; then
    echo "Postgres and Redis must answer here: $TEST_DATABASE_URL, $TEST_REDIS_URL" >&2
    exit 1
else
    printf '\nPostgres and Redis do not both answer, so the suite ran on the embedded defaults only.\n'
fi
