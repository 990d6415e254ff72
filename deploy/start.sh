#!/usr/bin/env bash
# start.sh web|worker|beat runs that line of the Procfile; anything else is run as a command.
set -euo pipefail
cd "$(dirname "$0")/.."
line=$(grep "^${1:?which process?}: " Procfile || true)
if [ -n "$line" ]; then
  eval "exec ${line#*: }"
fi
exec "$@"
