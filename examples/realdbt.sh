#!/usr/bin/env bash
# Does real dbt take what darkroom exports? For the oldest dbt Core that works
# here and the newest: export every dashboard of the roastery, let dbt parse the
# result, and compare the parents of each exposure with what darkroom says.
#
# DARKROOM=FILE      the binary to test; built from the repository by default
# DBT_VERSIONS="…"   the versions to test, instead of oldest and newest
set -euo pipefail

if ! command -v python3 >/dev/null; then
    echo "real dbt: skipped, there is no python3"
    exit 0
fi

here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/darkroom-dbt
newest=1.12.6
candidates=(1.4.10 1.5.12 1.6.19 1.7.20 1.8.10 1.9.11 1.10.23 1.11.16)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DBT_SEND_ANONYMOUS_USAGE_STATS=false

darkroom=${DARKROOM:-}
if [ -z "$darkroom" ]; then
    darkroom=$work/darkroom
    (cd "$here/.." && go build -o "$darkroom" .)
fi

install() { bash "$here/dbt_env.sh" "$1" "$cache/$1" && "$cache/$1/bin/dbt" --help; }

# Old versions stop at some Python: take the first that installs and starts.
oldest() {
    local version
    for version in "${candidates[@]}"; do
        if install "$version" >"$work/install" 2>&1; then
            echo "$version"
            return
        fi
    done
    cat "$work/install" >&2
    return 1
}

# dbt VERSION ARGS... runs in the edition; its log is shown when it fails.
dbt() {
    local version=$1
    shift
    (cd "$work/$version" && "$cache/$version/bin/dbt" --no-use-colors "$@") >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        echo "real dbt $version: dbt $* failed" >&2
        return 1
    }
}

# Warnings in the JSON log of the last command, one by one.
warnings() {
    python3 - "$work/log" <<'PY'
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    try:
        info = json.loads(line)["info"]
    except (ValueError, KeyError, TypeError):
        continue
    if info["level"] == "warn":
        print(" ".join(info["msg"].split()))
PY
}

check() {
    local version=$1 edition=$work/$1
    python3 "$here/edition.py" "$version" "$here/roastery" "$edition"
    dbt "$version" deps
    # `dbt ls`, as `dbt parse` writes no manifest before 1.5.
    dbt "$version" ls --resource-type exposure

    "$darkroom" export --all "$edition" --manifest "$edition/target/manifest.json"

    dbt "$version" --no-partial-parse --log-format json parse
    warnings >"$work/warnings"
    dbt "$version" ls --resource-type exposure
    "$darkroom" list exposures --output json "$edition" >"$work/list.json"

    sed 's/^/  warning: /' "$work/warnings"
    local result=0
    python3 "$here/compare.py" "$edition/target/manifest.json" "$work/list.json" >"$work/compare" || result=1
    sed -e '$d' -e 's/^/  /' "$work/compare"
    echo "real dbt $version: $(tail -n 1 "$work/compare"), $(wc -l <"$work/warnings" | tr -d ' ') warnings"
    return "$result"
}

if [ -n "${DBT_VERSIONS:-}" ]; then
    read -ra versions <<<"$DBT_VERSIONS"
else
    versions=("$(oldest)" "$newest")
fi

for version in "${versions[@]}"; do
    install "$version" >"$work/install" 2>&1 || { cat "$work/install" >&2; exit 1; }
    check "$version"
done
