#!/usr/bin/env bash
# backup.sh FOLDER: the database and the files, together, in FOLDER/<time>/. Needs DATABASE_URL; VAR_DIR for files
# on the disk (a bucket has its own versioning). Run it from cron; keep copies on another machine.
set -euo pipefail
umask 077
target=${1:?usage: backup.sh FOLDER}/$(date +%Y%m%d-%H%M%S-%N)
files=${VAR_DIR:-/var/lib/good-partner}
mkdir -p "$target.part"
pg_dump --format=custom --no-owner --dbname="${DATABASE_URL:?}" --file="$target.part/database.dump"
kept=()
for folder in media private; do
  if [ -d "$files/$folder" ]; then kept+=("$folder"); fi
done
tar --create --gzip --file="$target.part/files.tar.gz" --directory="$files" --files-from=<(printf '%s\n' "${kept[@]}")
(cd "$target.part" && sha256sum database.dump files.tar.gz >SHA256SUMS)
mv "$target.part" "$target"
echo "$target"
