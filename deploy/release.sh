#!/usr/bin/env bash
# What every new version needs before it starts: the migrations, and the search index of pages that they made.
# Running it twice changes nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
python manage.py migrate --noinput
python manage.py update_index --verbosity 0
