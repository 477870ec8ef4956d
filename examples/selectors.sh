#!/usr/bin/env bash
# Does a selector mean here what it means in dbt? Copies of the example projects get
# functions, metrics, tests, selectors.yml and an earlier state; real dbt lists
# thousands of selectors in one process (dbtls.py); the Go test compares every list.
#
# SELECTORS="roastery=4500 wholesale=2000"   which projects, and how many selectors
# SEED=7                                     other selectors than the usual ones
set -euo pipefail

if ! command -v python3 >/dev/null; then
    echo "selectors: skipped, there is no python3"
    exit 0
fi

here=$(cd "$(dirname "$0")" && pwd)
version=1.12.6
env=${XDG_CACHE_HOME:-$HOME/.cache}/darkroom-dbt/$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DBT_SEND_ANONYMOUS_USAGE_STATS=false

if ! bash "$here/dbt_env.sh" "$version" "$env" >"$work/install" 2>&1; then
    echo "selectors: skipped, dbt $version does not install here: $(tail -n 1 "$work/install")"
    exit 0
fi

dirs=()
read -ra projects <<<"${SELECTORS:-roastery=4500 wholesale=2000}"
for project in "${projects[@]}"; do
    name=${project%%=*} dir=$work/${project%%=*}
    mkdir "$dir"
    (cd "$here/$name" && tar cf - --exclude target --exclude dbt_packages --exclude logs .) | tar xf - -C "$dir"
    if [ -e "$dir/packages.yml" ]; then
        (cd "$dir" && "$env/bin/dbt" --quiet deps --profiles-dir .)
    fi
    "$env/bin/python" "$here/dbtls.py" "$dir" "${project##*=}" "${SEED:-}"
    dirs+=("$dir")
done
cd "$here/.."
DARKROOM_DBT_LS=$(IFS=:; echo "${dirs[*]}") go test -count=1 -v -run TestSelectorsOfRealDbt ./sources/dbt/nodes | grep -v '^=== '
