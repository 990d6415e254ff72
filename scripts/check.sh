#!/usr/bin/env bash
# Every check that needs no running platform. All of them run; the failed ones are named at the end.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=()

step() {
  local name=$1 started=$SECONDS
  shift
  if "$@" >"$log" 2>&1; then
    printf '  ok    %-22s %3ds\n' "$name" $((SECONDS - started))
  else
    printf '  FAIL  %-22s %3ds\n' "$name" $((SECONDS - started))
    cat "$log"
    failed+=("$name")
  fi
}

locked() {
  local uv=uv
  "$uv" --version >/dev/null 2>&1 || uv=var/tools/bin/uv
  "$uv" lock --check --quiet
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
step "ruff" $bin/ruff check .
step "format" $bin/ruff format --check .
step "layers" $bin/lint-imports
step "types" $bin/mypy config core incubator loans impact cms demo scripts manage.py
step "templates" $bin/djlint templates --lint --quiet
step "migrations" $bin/python manage.py makemigrations --check --dry-run
step "django" $bin/python manage.py check
step "messages" $bin/python -m config.messages check
step "state diagrams" $bin/python manage.py state_diagrams --check
step "dependencies" $bin/deptry .
step "lock" locked

if [ ${#failed[@]} -gt 0 ]; then
  echo "failed: ${failed[*]}"
  exit 1
fi
