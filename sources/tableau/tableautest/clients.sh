#!/usr/bin/env bash
# Do the clients that others use understand the fake Tableau server? Makes (or
# reuses) a Python environment with pinned versions of Tableau's own client and of
# tableau-api-lib, and runs the test that lets them ask.
set -euo pipefail
cd "$(dirname "$0")"

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
    echo "real Tableau clients: skipped, there is no python3 of 3.10 or later"
    exit 0
fi

packages=(tableauserverclient==0.42 tableau-api-lib==0.1.50)
env=${XDG_CACHE_HOME:-$HOME/.cache}/darkroom-tableau-clients
done_mark=$env/.done-$(IFS=-; echo "${packages[*]}")
if ! [ -e "$done_mark" ]; then
    rm -rf "$env" # half-made, or of other versions
    python3 -m venv "$env"
    "$env/bin/python" -m pip install --quiet --disable-pip-version-check "${packages[@]}"
    touch "$done_mark"
fi

DARKROOM_CLIENTS_PYTHON=$env/bin/python go test -count=1 -run '^TestRealClients$' -v .
