#!/usr/bin/env bash
# Resolves pyproject.toml once, for every platform, and writes the host-free hashed locks:
#   requirements/science.txt    the library and the command line
#   requirements/server.txt     what an installation of the pages needs
#   requirements/dev.txt        everything: web, docs, tests
#   requirements/installer.txt  the tool that installs the others
#   frontend/package-lock.json  the front end
# Versions that still fit are kept; "scripts/lock.sh --upgrade" takes the newest ones.
set -euo pipefail
cd "$(dirname "$0")/.."

upgrade=("$@")
uv=.venv/bin/uv
[ -x "$uv" ] || { echo "no $uv: run 'make setup' first" >&2; exit 1; }

# Indexes and links that one machine adds must not decide what everybody gets.
unset UV_INDEX UV_EXTRA_INDEX_URL UV_FIND_LINKS UV_CONFIG_FILE UV_CONSTRAINT UV_OVERRIDE
export UV_NO_PROGRESS=1

"$uv" lock --quiet ${upgrade[@]+"${upgrade[@]}"}

write_lock() { # FILE TITLE EXPORT-OPTIONS...
    local file=$1 title=$2
    shift 2
    {
        echo "# $title Written by scripts/lock.sh from pyproject.toml; do not edit."
        "$uv" export --quiet --frozen --no-emit-project --no-header \
            --format requirements.txt "$@"
    } >"$file.new"
    mv "$file.new" "$file"
}

write_lock requirements/science.txt "The science wing." --no-dev
write_lock requirements/server.txt "An installation of the pages." \
    --no-dev --extra web --extra buildings --extra postgres
write_lock requirements/dev.txt "Everything: science, web, docs, tests." --all-extras
write_lock requirements/installer.txt "What installs the other locks." --only-group installer --no-annotate

(cd frontend && PATH="../.venv/bin:$PATH" npm install --package-lock-only --no-audit --no-fund >/dev/null)

.venv/bin/python scripts/npm_lock.py frontend/package-lock.json

if grep -nE '://|file:|^-|(^|[ "])/' requirements/*.txt || grep -nE '://|file:' frontend/package-lock.json; then
    echo "the lines above name a host or a path of this machine: locks must not" >&2
    exit 1
fi
wc -l requirements/*.txt
