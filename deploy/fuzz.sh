#!/usr/bin/env bash
# Starts a server with an account and some of its things, and has Schemathesis try every operation of the schema
# with all its checks. FUZZ_EXAMPLES says how many cases an operation gets; further arguments go to Schemathesis.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/${VENV:-.venv}/bin:$PATH"
folder=$(mktemp -d)
database=viva_fuzz_$$
server=""

sql() { python -c 'import psycopg, sys; psycopg.connect(sys.argv[1], autocommit=True).execute(sys.argv[2])' "$TEST_DATABASE_URL" "$1"; }
tidy() {
    [ -z "$server" ] || { kill -TERM "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; }
    [ -z "${TEST_DATABASE_URL:-}" ] || sql "DROP DATABASE IF EXISTS $database WITH (FORCE)" || true
    rm -rf "$folder"
}
trap tidy EXIT

unset DATABASE_URL REDIS_URL
if [ -n "${TEST_DATABASE_URL:-}" ]; then # a number or a character that SQLite takes may be too much for Postgres
    sql "CREATE DATABASE $database"
    export DATABASE_URL="${TEST_DATABASE_URL%/*}/$database"
fi
export ENV_FILE=/dev/null VAR_DIR="$folder/var" LOCAL=true RATE_LIMITS=false SPEECH_ENGINE=scripted INTERVIEWER=scripted
PORT=$(python -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
export PORT
site="http://127.0.0.1:$PORT"

python manage.py migrate --no-input --verbosity 0
python manage.py serve --host 127.0.0.1 >"$folder/server.log" 2>&1 &
server=$!
token=$(python deploy/fuzz_things.py "$site")
if ! schemathesis --config-file deploy/schemathesis.toml run "$site/api/schema/?format=json" --url "$site" \
    --header "Authorization: Bearer $token" --max-examples "${FUZZ_EXAMPLES:-20}" --seed 1 --continue-on-failure "$@"; then
    grep -n -A 30 "a request failed\|Traceback" "$folder/server.log" | head -n 120 >&2 || true
    exit 1
fi
if grep -q "Traceback" "$folder/server.log"; then
    grep -n -A 30 "Traceback" "$folder/server.log" | head -n 80 >&2
    exit 1
fi
echo "Schemathesis found nothing."
