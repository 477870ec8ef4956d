#!/usr/bin/env bash
# Does darkroom impact --state find what dbt's state comparison finds? Real dbt parses a
# small project before and after each of some sixty changes and lists what is modified and
# below it; the Go test compares that with darkroom's answer to each.
#
# RECORD=1   keeps what dbt said in ui/cli/testdata/impact, for the tests without dbt
set -euo pipefail

if ! command -v python3 >/dev/null; then
    echo "impact: skipped, there is no python3"
    exit 0
fi

here=$(cd "$(dirname "$0")" && pwd)
data=$here/../ui/cli/testdata/impact
version=1.12.6
env=${XDG_CACHE_HOME:-$HOME/.cache}/darkroom-dbt/$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DBT_SEND_ANONYMOUS_USAGE_STATS=false

if ! bash "$here/dbt_env.sh" "$version" "$env" >"$work/install" 2>&1; then
    echo "impact: skipped, dbt $version does not install here: $(tail -n 1 "$work/install")"
    exit 0
fi

"$env/bin/python" "$here/impact_cases.py" "$data/cases.json" "$data/project" "$work/out" "$work/recorded.json"
gzip -9 -n "$work/recorded.json"
if [ -n "${RECORD:-}" ]; then
    cp "$work/recorded.json.gz" "$data/recorded.json.gz"
fi
cd "$here/.."
DARKROOM_DBT_IMPACT=$work/recorded.json.gz go test -count=1 -v -run TestImpactOfChanges ./ui/cli | grep -v '^=== '
