#!/usr/bin/env bash
# Makes .venv with the first Python that is new enough and can make one, and puts the locked
# installer into it. An environment that is already there is kept.
set -euo pipefail
cd "$(dirname "$0")/.."

able='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    found=
    # The environment's own folder leads the PATH of make; a half-made one must not be chosen.
    PATH=${PATH#"$PWD/.venv/bin:"}
    for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && "$name" -c "$able" 2>/dev/null; then
            found=$name
            break
        fi
    done
    if [ -z "$found" ]; then
        echo "Vatra needs Python 3.11 or newer with venv, and found none on the PATH." >&2
        echo "On Debian or Ubuntu: apt install python3 python3-venv. Elsewhere: install Python," >&2
        echo "or name one: make setup PYTHON=/path/to/python3.12" >&2
        exit 1
    fi
    echo "setup: .venv with $("$found" --version)"
    "$found" -m venv --clear .venv
fi

.venv/bin/python -m pip install --quiet --disable-pip-version-check --only-binary :all: \
    --require-hashes --requirement requirements/installer.txt
