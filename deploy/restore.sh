#!/usr/bin/env bash
# restore.sh FOLDER/<time> [--yes]: puts a backup back into DATABASE_URL and VAR_DIR. Stop web, worker and beat first.
set -euo pipefail
source=${1:?usage: restore.sh FOLDER/TIME [--yes]}
files=${VAR_DIR:-/var/lib/good-partner}
(cd "$source" && sha256sum --check --quiet SHA256SUMS)
if [ "${2:-}" != --yes ]; then
  read -r -p "This replaces what is in the database and in $files. Type yes: " answer
  [ "$answer" = yes ] || exit 1
fi
pg_restore --clean --if-exists --no-owner --exit-on-error --single-transaction --dbname="${DATABASE_URL:?}" \
  "$source/database.dump"
mkdir -p "$files"
tar --extract --gzip --file="$source/files.tar.gz" --directory="$files"
echo "Restored. Next: python manage.py migrate, then python manage.py prove_balances."
