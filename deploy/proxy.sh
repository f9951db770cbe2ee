#!/bin/sh
# nginx in front of the web processes: WEB="host:port host:port", LISTEN=port or address:port.
set -eu
: "${WEB:=web:8000}" "${LISTEN:=8080}" "${PROXY_DIR:=/tmp/viva-proxy}" "${PROXY_LOG:=/dev/stdout}"
mkdir -p "$PROXY_DIR"
servers=$(for web in $WEB; do printf 'server %s max_fails=1 fail_timeout=2s; ' "$web"; done)
sed -e "s|@SERVERS@|$servers|" -e "s|@LISTEN@|$LISTEN|" -e "s|@FOLDER@|$PROXY_DIR|g" -e "s|@LOG@|$PROXY_LOG|" \
    "$(dirname "$0")/nginx.conf" > "$PROXY_DIR/nginx.conf"
exec nginx -p "$PROXY_DIR" -c "$PROXY_DIR/nginx.conf" -e stderr -g 'daemon off;'
