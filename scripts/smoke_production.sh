#!/usr/bin/env bash
# Runs what deploy/compose.yaml runs, in its order and with a production environment, but without Docker. Takes
# PostgreSQL and Redis from DATABASE_URL and REDIS_URL; works in a database of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
scratch=$(mktemp -d "${TMPDIR:-/tmp}/good-partner-production.XXXXXX")
pids=()

cleanup() {
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$scratch"
}
trap cleanup EXIT

free_port() {
  .venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Waits until COMMAND… succeeds; shows LOG when it never does.
until_ok() {
  local log=$1
  shift
  for _ in $(seq 120); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.5
  done
  echo "never came true: $*" >&2
  cat "$log" >&2
  return 1
}

server=${DATABASE_URL%/*}
psql -q "$server/postgres" -c 'DROP DATABASE IF EXISTS smoke' -c 'CREATE DATABASE smoke'
PORT=$(free_port) MAIL_PORT=$(free_port)
# the same as deploy/example.env, with this machine's addresses
env=(
  PATH="$root/.venv/bin:$PATH" HOME="$scratch" LANG=C.UTF-8 PYTHONUNBUFFERED=1
  DEMO=false DEBUG=false OFFICIAL_SITE=false # whatever a .env beside the code says
  SECRET_KEY="$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')"
  DATABASE_URL="$server/smoke" REDIS_URL="${REDIS_URL%/*}/7"
  ALLOWED_HOSTS=startup.example.kr,localhost SITE_URL=https://startup.example.kr
  EMAIL_URL="smtp://127.0.0.1:$MAIL_PORT" DEFAULT_FROM_EMAIL=noreply@example.kr
  VAR_DIR="$scratch/var" PORT="$PORT" WEB_WORKERS=2
)
production() { env -i "${env[@]}" "$@"; }

echo "check --deploy"
production python manage.py check --deploy --fail-level WARNING
echo "refusals"
if env -i "${env[@]}" SECRET_KEY= python manage.py check >/dev/null 2>&1; then echo "started without a secret" >&2; exit 1; fi
if env -i "${env[@]}" DEMO=true python manage.py check >/dev/null 2>&1; then echo "started as a demo" >&2; exit 1; fi
echo "collectstatic"
production python manage.py collectstatic --noinput --verbosity 0
echo "migrate"
production bash deploy/release.sh >/dev/null
production python manage.py migrate --check

# As the containers do: every command goes through the image's entrypoint.
for name in web worker beat; do
  env -i "${env[@]}" HOST=127.0.0.1 deploy/start.sh "$name" >"$scratch/$name.log" 2>&1 &
  pids+=($!)
done

echo "web"
until_ok "$scratch/web.log" curl -fsS "http://127.0.0.1:$PORT/health/ready" -H 'Host: localhost'
status() { curl -sS -o "$scratch/page" -w '%{http_code}' -H 'Host: startup.example.kr' "$@"; }
expect() {
  local want=$1 got
  shift
  got=$(status "$@")
  if [ "$got" != "$want" ]; then echo "expected $want, got $got: $*" >&2; cat "$scratch/web.log" >&2; exit 1; fi
}
tls=(-H 'X-Forwarded-Proto: https')
expect 301 "http://127.0.0.1:$PORT/accounts/login/"
expect 200 "http://127.0.0.1:$PORT/accounts/login/" "${tls[@]}"
expect 302 "http://127.0.0.1:$PORT/office/" "${tls[@]}"
expect 404 "http://127.0.0.1:$PORT/demo/mails/" "${tls[@]}"
expect 404 "http://127.0.0.1:$PORT/no-such-page/" "${tls[@]}"
expect 200 "http://127.0.0.1:$PORT/search/?q=%EC%9C%B5%EC%9E%90%EC%A7%80%EC%9B%90" "${tls[@]}"
grep -q 'href="/loans-guide/"' <(sed -n '/<main/,$p' "$scratch/page") || { echo "the search finds nothing" >&2; exit 1; }
asset=$(.venv/bin/python -c '
import json
print(next(path for name, path in json.load(open("staticfiles/staticfiles.json"))["paths"].items() if name.endswith("site.css")))')
expect 200 "http://127.0.0.1:$PORT/static/$asset" "${tls[@]}"

echo "worker"
until_ok "$scratch/worker.log" env -i "${env[@]}" celery -A config inspect ping --timeout 5
echo "mail"
.venv/bin/python -m aiosmtpd -n -l "127.0.0.1:$MAIL_PORT" -c aiosmtpd.handlers.Mailbox "$scratch/mails" &
pids+=($!)
production DJANGO_SUPERUSER_PASSWORD=used-for-this-run-only python manage.py createsuperuser --noinput \
  --email root@example.kr --name root >/dev/null
production python manage.py shell -c '
from core.accounts.models import User
from core.accounts.notices import tell_at_entrance
tell_at_entrance(mail="account/email/password_reset_key", email="root@example.kr", user=User.objects.get())' >/dev/null
until_ok "$scratch/worker.log" grep -rq "https://startup.example.kr/accounts/password/reset/key/" "$scratch/mails/new"

echo "beat"
until_ok "$scratch/beat.log" grep -q "beat: Starting" "$scratch/beat.log"

echo "backup and restore"
production deploy/start.sh deploy/backup.sh "$scratch/backup" >/dev/null
psql -q "$server/postgres" -c 'DROP DATABASE IF EXISTS smoke_restored' -c 'CREATE DATABASE smoke_restored'
env -i "${env[@]}" DATABASE_URL="$server/smoke_restored" VAR_DIR="$scratch/restored" \
  deploy/start.sh deploy/restore.sh "$scratch"/backup/*/ --yes >/dev/null
env -i "${env[@]}" DATABASE_URL="$server/smoke_restored" python manage.py migrate --check

for pid in "${pids[@]}"; do kill -0 "$pid" || { echo "a process ended early" >&2; tail -n 20 "$scratch"/*.log >&2; exit 1; }; done
cleanup
pids=()
psql -q "$server/postgres" -c 'DROP DATABASE IF EXISTS smoke' -c 'DROP DATABASE IF EXISTS smoke_restored'
echo "The production size works."
