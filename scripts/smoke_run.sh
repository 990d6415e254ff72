#!/usr/bin/env bash
# `make run` as a newcomer does it: clones into FOLDER, starts, visits as the public and as every role, presses
# Ctrl-C, and looks for what was left running.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=${1:?usage: smoke_run.sh FOLDER}/clone
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
pid=

cleanup() {
  if [ -n "$pid" ]; then
    kill -INT -- "-$pid" 2>/dev/null || true
    sleep 8
    left | while read -r one _; do kill -KILL "$one" 2>/dev/null || true; done
  fi
}
trap cleanup EXIT

git clone --quiet --no-hardlinks . "$folder"

start() {
  local begun=$SECONDS log=$folder.log
  # a process group of its own, as a terminal gives it: Ctrl-C goes to the whole group
  setsid env -u DEMO -u VAR_DIR bash -c "trap - INT; cd '$folder' && exec make run PORT=$port" >"$log" 2>&1 &
  pid=$!
  for _ in $(seq 600); do
    if grep -q "Ctrl-C stops everything" "$log"; then
      echo "$1: ready after $((SECONDS - begun)) s"
      return
    fi
    if ! kill -0 "$pid" 2>/dev/null; then break; fi
    sleep 1
  done
  echo "make run did not start" >&2
  cat "$log" >&2
  exit 1
}

stop() {
  kill -INT -- "-$pid"
  for _ in $(seq 40); do
    if ! kill -0 "$pid" 2>/dev/null && [ -z "$(left)" ]; then
      wait "$pid" 2>/dev/null || true
      pid=
      echo "stopped"
      return
    fi
    sleep 0.5
  done
  echo "still running:" >&2
  left >&2
  tail -n 30 "$folder.log" >&2
  exit 1
}

# The processes whose program or folder is in the clone.
left() {
  local process
  for process in /proc/[0-9]*; do
    if [[ "$(readlink "$process/cwd" 2>/dev/null)" == "$folder"* ]] && [ "${process#/proc/}" != $$ ]; then
      printf '%s %s\n' "${process#/proc/}" "$(tr '\0' ' ' <"$process/cmdline" 2>/dev/null)"
    fi
  done
}

start "first start"
.venv/bin/python -m scripts.visit "http://localhost:$port"
grep -q "in use" <(cd "$folder" && make run PORT="$port" 2>&1 || true) || { echo "a busy port is not told" >&2; exit 1; }
stop
start "second start"
stop
