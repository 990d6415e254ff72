#!/usr/bin/env bash
# start.sh web|worker|beat runs that line of the Procfile; anything else is run as a command.
set -euo pipefail
cd "$(dirname "$0")/.."
command=$(sed -n "s/^${1:?which process?}: //p" Procfile)
if [ -n "$command" ]; then
  eval "exec $command"
fi
exec "$@"
