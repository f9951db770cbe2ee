#!/usr/bin/env bash
# Starts what docker-compose.yml starts, without containers: migrations, two web processes on Postgres and Redis, a
# Celery worker, the proxy; then asks through the proxy for health, a page and a socket, and stops everything gently.
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/${VENV:-.venv}/bin:$PATH" PYTHON=python
: "${TEST_DATABASE_URL:=postgres://postgres@127.0.0.1:5432/postgres}" "${TEST_REDIS_URL:=redis://127.0.0.1:6379/11}"
folder=$(mktemp -d)
chmod 755 "$folder"
database=viva_smoke_$$
pids=()

sql() { python -c 'import psycopg, sys; psycopg.connect(sys.argv[1], autocommit=True).execute(sys.argv[2])' "$TEST_DATABASE_URL" "$1"; }
tidy() {
    for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    sql "DROP DATABASE IF EXISTS $database WITH (FORCE)" || true
    rm -rf "$folder"
}
trap tidy EXIT

sql "CREATE DATABASE $database"
export DATABASE_URL="${TEST_DATABASE_URL%/*}/$database" REDIS_URL="${TEST_REDIS_URL%/*}/13"
export VAR_DIR="$folder/var" TRUSTED_PROXIES=127.0.0.1 HOST=127.0.0.1 SPEECH_ENGINE=pocketsphinx
export DEBUG=false LOCAL=false

read -r one two front < <(python - <<'PORTS'
import socket
probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
print(*(probe.getsockname()[1] for probe in probes))
PORTS
)

deploy/migrate.sh
PORT=$one deploy/web.sh >"$folder/one.log" 2>&1 & pids+=($!)
PORT=$two deploy/web.sh >"$folder/two.log" 2>&1 & pids+=($!)
deploy/worker.sh >"$folder/worker.log" 2>&1 & pids+=($!)
WEB="127.0.0.1:$one 127.0.0.1:$two" LISTEN="127.0.0.1:$front" PROXY_DIR="$folder/proxy" PROXY_LOG="$folder/access.log" \
    deploy/proxy.sh >"$folder/proxy.log" 2>&1 & pids+=($!)

python manage.py demo --at "http://localhost:$front" >"$folder/demo.txt"
room=$(grep -o "http://localhost:$front/i/[^ ]*" "$folder/demo.txt")

if ! python deploy/smoke.py "$room" "http://127.0.0.1:$one" "http://127.0.0.1:$two"; then
    tail -n 40 "$folder"/*.log
    exit 1
fi

token=${room#*/i/} token=${token%/}
if grep -rqF "$token" "$folder"/*.log; then
    echo "A log holds the interview's token." >&2
    exit 1
fi
kill -TERM "${pids[0]}" && wait "${pids[0]}" || { code=$?; [ "$code" = 143 ] || { echo "web ended with $code" >&2; exit 1; }; }
echo "The commands of docker-compose.yml work."
