#!/usr/bin/env bash
# A real PostgreSQL and a real Redis for the tests that can use them, on free ports of 127.0.0.1 with data that goes away.
#   start FOLDER   installs what is missing where it may (root on Debian), starts both, prints lines to eval
#   stop FOLDER    stops both
set -u -o pipefail
folder=${2:?folder}

free_port() { node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });'; }
# The newest PostgreSQL that is installed; Debian keeps its programs out of PATH.
postgres_programs() { { ls -d /usr/lib/postgresql/*/bin 2>/dev/null || dirname "$(command -v initdb)" 2>/dev/null; } | sort -V | tail -1; }
install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get install -y "$@" || { apt-get update && apt-get install -y "$@"; }; } >&2; }
# PostgreSQL does not run as root.
as_server() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

start_postgres() {
  [ -n "$(postgres_programs)" ] || install postgresql || return 1
  local programs port data=$folder/postgres
  programs=$(postgres_programs) && port=$(free_port) || return 1
  mkdir -p "$data" && chmod 755 "$folder" && { [ "$(id -u)" != 0 ] || chown postgres "$data"; } || return 1
  as_server "$programs/initdb" -D "$data/db" -U chorus --auth=trust --no-sync >&2 &&
    as_server "$programs/pg_ctl" -D "$data/db" -w -l "$data/log" \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off" start >&2 &&
    echo "export CHORUS_TEST_POSTGRES_URL=postgres://chorus:chorus@127.0.0.1:$port/postgres"
}

start_redis() {
  command -v redis-server >/dev/null || install redis-server || return 1
  local port
  port=$(free_port) || return 1
  redis-server --port "$port" --bind 127.0.0.1 --save '' --daemonize yes --dir "$folder" \
    --pidfile "$folder/redis.pid" --logfile "$folder/redis.log" >&2 &&
    echo "export CHORUS_TEST_REDIS_URL=redis://127.0.0.1:$port"
}

case ${1:?start or stop} in
  start)
    mkdir -p "$folder"
    start_postgres || echo 'echo "!! no real PostgreSQL here: its tests run on the embedded one only"'
    start_redis || echo 'echo "!! no real Redis here: its tests run on the stand-in only"'
    ;;
  stop)
    programs=$(postgres_programs)
    [ ! -d "$folder/postgres/db" ] || as_server "$programs/pg_ctl" -D "$folder/postgres/db" -m immediate stop >/dev/null
    [ ! -s "$folder/redis.pid" ] || kill "$(cat "$folder/redis.pid")"
    ;;
esac
