#!/usr/bin/env bash
# Runs every check, also after one has failed, so that all faults show at once.
set -uo pipefail
cd "$(dirname "$0")/.."

failed=()
check() { # NAME COMMAND...
    local name=$1 start=$SECONDS
    shift
    if "$@"; then
        echo "lint: $name ok ($((SECONDS - start)) s)"
    else
        echo "lint: $name FAILED" >&2
        failed+=("$name")
    fi
}

check "ruff" ruff check --quiet
check "format" ruff format --quiet --diff
# Type checks load the settings, which would write a secret key.
export VATRA_SECRET_KEY=lint
check "types" mypy
check "imports" lint-imports --no-logo
check "front-end types" npm run --silent --prefix frontend check
if [ -n "$(find src -name '*.html' -print -quit)" ]; then
    check "templates" djlint --lint --quiet src/vatra
fi

if [ ${#failed[@]} -gt 0 ]; then
    echo "lint: failed: ${failed[*]}" >&2
    exit 1
fi
