#!/usr/bin/env bash
# Installs one lock into .venv, every file checked against its hash. uv does it in seconds; where
# it cannot (say, behind a mirror that only pip is set up for), pip does the same more slowly.
set -euo pipefail
cd "$(dirname "$0")/.."
lock=$1

echo "setup: packages of $lock"
if .venv/bin/uv pip install --quiet --python .venv/bin/python --only-binary :all: \
    --require-hashes --requirement "$lock"; then
    exit 0
fi
echo "setup: uv could not; trying pip" >&2
.venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: \
    --require-hashes --requirement "$lock"
