#!/usr/bin/env bash
# Are the tiles sound in a real browser? Renders tiles of every state, also with hostile and
# very long names, lets an HTML validator read them, and opens each in headless Chromium at
# three sizes, light and dark: axe looks for barriers, nothing may be loaded, and nothing is
# wider than the window. Needs Chromium and Node.js; the tools come from npm, pinned.
#
# CHROMIUM=FILE        the browser, instead of the first that is found
# DARKROOM_SHOTS=DIR   keep the screenshots there
set -euo pipefail
cd "$(dirname "$0")"

skip() { echo "tiles in a browser: skipped, $*"; exit 0; }

browser=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$browser" ] || browser=$(command -v "$name" || true)
done
[ -n "$browser" ] || skip "there is no Chromium"
command -v node >/dev/null && command -v npm >/dev/null || skip "there is no Node.js with npm"
node -e 'process.exit(+process.versions.node.split(".")[0] < 20 ? 1 : 0)' || skip "Node.js is older than 20"
timeout 60 "$browser" --version >/dev/null 2>&1 || skip "$browser does not start"

packages=(axe-core@4.14.1 html-validate@9.7.1 playwright-core@1.65.1)
tools=${XDG_CACHE_HOME:-$HOME/.cache}/darkroom-tiles
done_mark=$tools/.done-$(IFS=-; echo "${packages[*]}")
if ! [ -e "$done_mark" ]; then
    rm -rf "$tools" # half-made, or of other versions
    mkdir -p "$tools"
    npm install --prefix "$tools" --silent --no-audit --no-fund --ignore-scripts "${packages[@]}" || skip "npm cannot install the tools"
    touch "$done_mark"
fi

DARKROOM_TILE_TOOLS=$tools DARKROOM_CHROMIUM=$browser go test -count=1 -run '^TestInABrowser$' -v .
