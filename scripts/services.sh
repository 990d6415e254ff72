#!/usr/bin/env bash
# PostgreSQL and Redis of our own, on free ports, with their data under var/services.
#   services.sh start|stop|status     what they are reached by stands in var/services/env
#   services.sh with COMMAND…         runs COMMAND with DATABASE_URL and REDIS_URL: those of the environment if
#                                     both are set, else those of our servers, started and stopped if need be
set -euo pipefail
cd "$(dirname "$0")/.."
home=${SERVICES_DIR:-$PWD/var/services}
user=$(id -un)

free_port() {
  "${PYTHON:-python3}" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

postgres_bin() {
  local found
  found=$(find /usr/lib/postgresql /usr/pgsql-* /opt/homebrew/opt/postgresql* -name initdb -path '*/bin/*' 2>/dev/null |
    sort -V | tail -n 1)
  if [ -n "$found" ]; then dirname "$found"; else dirname "$(command -v initdb 2>/dev/null)" 2>/dev/null; fi
}

install_missing() {
  local missing=()
  [ -x "$(postgres_bin)/initdb" ] || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing: ${missing[*]}. Install them, or give DATABASE_URL and REDIS_URL." >&2
    exit 1
  fi
  echo "Installing ${missing[*]} …"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# PostgreSQL refuses to run as root: there it runs as its own user, from a folder which that user can reach.
as_server() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups --inh-caps=-all env -C / HOME=/tmp "$@"
  else
    "$@"
  fi
}

running() {
  [ -f "$home/env" ] && [ -f "$home/redis.pid" ] && kill -0 "$(cat "$home/redis.pid")" 2>/dev/null
}

start() {
  if running; then return; fi
  install_missing
  stop
  mkdir -p "$home"
  local bin data postgres_port redis_port
  bin=$(postgres_bin)
  data=$(mktemp -d "${TMPDIR:-/tmp}/good-partner-postgres.XXXXXX")
  echo "$data" >"$home/postgres.data"
  if [ "$(id -u)" -eq 0 ]; then chown postgres: "$data"; fi
  postgres_port=$(free_port)
  redis_port=$(free_port)
  as_server "$bin/initdb" -D "$data/db" -U good_partner --auth=trust --encoding=UTF8 --locale=C.UTF-8 >"$home/initdb.log"
  # Nothing here has to survive a crash, so nothing waits for the disk.
  as_server "$bin/pg_ctl" -D "$data/db" -l "$data/log" -w -t 60 start \
    -o "-p $postgres_port -k $data -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" \
    >"$home/pg_ctl.log" || { cat "$data/log" >&2; exit 1; }
  as_server "$bin/createdb" -h "$data" -p "$postgres_port" -U good_partner good_partner
  redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no --daemonize yes \
    --databases 64 --dir "$home" --pidfile "$home/redis.pid" --logfile "$home/redis.log" >/dev/null
  for _ in $(seq 50); do
    if redis-cli -p "$redis_port" ping 2>/dev/null | grep -q PONG; then break; fi
    sleep 0.1
  done
  {
    echo "DATABASE_URL=postgres://good_partner@127.0.0.1:$postgres_port/good_partner"
    echo "REDIS_URL=redis://127.0.0.1:$redis_port/0"
  } >"$home/env"
  cat "$home/env"
}

stop() {
  if [ -f "$home/postgres.data" ]; then
    local data
    data=$(cat "$home/postgres.data")
    if [ -f "$data/db/postmaster.pid" ]; then
      as_server "$(postgres_bin)/pg_ctl" -D "$data/db" -m immediate -w stop >/dev/null 2>&1 || true
    fi
    rm -rf "$data"
  fi
  if [ -f "$home/redis.pid" ]; then
    kill "$(cat "$home/redis.pid")" 2>/dev/null || true
  fi
  rm -rf "$home"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  status) if running; then cat "$home/env"; else echo "not running ($user)"; exit 1; fi ;;
  with)
    shift
    if [ -z "${DATABASE_URL:-}" ] || [ -z "${REDIS_URL:-}" ]; then
      if ! running; then
        start
        trap stop EXIT
      fi
      set -a
      # shellcheck disable=SC1091
      . "$home/env"
      set +a
    fi
    "$@"
    ;;
  *)
    echo "usage: $0 start|stop|status|with COMMAND…" >&2
    exit 2
    ;;
esac
