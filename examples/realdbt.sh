#!/usr/bin/env bash
# Does real dbt accept what darkroom exports? For the oldest dbt Core that works
# here, three in between and the newest: export every dashboard of the roastery, let
# dbt parse the result, compare the parents of each exposure and everything upstream
# of it with what darkroom says; then the same with hostile titles. A new warning
# from dbt is a failure. dbt v2 (Fusion) comes as the parser that dbt Core 1.12 hands
# projects to: a wheel with the whole program.
#
# DARKROOM=FILE      the binary to test; built from the repository by default
# DBT_VERSIONS="…"   the versions to test, instead of these
set -euo pipefail

if ! command -v python3 >/dev/null; then
    echo "real dbt: skipped, python3 is missing"
    exit 0
fi

here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/darkroom-dbt
v2=2.0.0a4
default=(1.7.20 1.9.11 1.10.23 1.12.6 "$v2")
candidates=(1.4.10 1.5.12 1.6.19 1.7.20 1.8.10 1.9.11 1.10.23 1.11.16)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DBT_SEND_ANONYMOUS_USAGE_STATS=false
export DBT_ALLOW_EXPERIMENTAL_ADAPTERS=true # v2: postgres

darkroom=${DARKROOM:-}
if [ -z "$darkroom" ]; then
    darkroom=$work/darkroom
    (cd "$here/.." && go build -o "$darkroom" .)
fi

install() { bash "$here/dbt_env.sh" "$1" "$cache/$1" && "$cache/$1/bin/dbt" --help; }

# Old versions do not work with new Pythons: take the first that installs and starts.
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
    (cd "$work/$version" && "$cache/$version/bin/dbt" --no-use-colors "$@") >"$work/$version.log" 2>&1 || {
        cat "$work/$version.log" >&2
        echo "real dbt $version: dbt $* failed" >&2
        return 1
    }
}

# Warnings in a JSON log, one by one.
warnings() {
    python3 - "$1" <<'PY'
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

# list_nodes VERSION writes a manifest; `dbt parse` does not before 1.5.
list_nodes() { dbt "$1" ls --resource-type model; }

# parse VERSION lets dbt read everything again and lists its warnings, without those
# that the project has before the export.
parse() {
    dbt "$1" --no-partial-parse --log-format json parse || return
    warnings "$work/$1.log" >"$work/$1.all" || return
    grep -vxFf "$work/$1.known" "$work/$1.all" >"$work/$1.warnings" || [ $? = 1 ] || return
    list_nodes "$1" || return
    sed 's/^/  warning: /' "$work/$1.warnings"
}

# run_darkroom VERSION OUT ARGS... runs darkroom; its output is shown when it fails.
run_darkroom() {
    local version=$1 out=$2
    shift 2
    "$darkroom" "$@" >"$out" 2>"$work/$version.err" || {
        cat "$out" "$work/$version.err"
        echo "real dbt $version: darkroom $1 failed"
        return 1
    }
}

# compare VERSION COMMAND... runs a comparison, shows its output and adds the last
# line to the summary.
compare() {
    local version=$1 result=0
    shift
    "$@" >"$work/$version.compared" || result=1
    sed -e '$d' -e 's/^/  /' "$work/$version.compared"
    summary+="$(tail -n 1 "$work/$version.compared"), "
    return "$result"
}

check() {
    local version=$1 edition=$work/$1 result=0 summary=""
    python3 "$here/edition.py" "$version" "$here/roastery" "$edition"
    local manifest=$edition/target/manifest.json
    : >"$work/$version.known"
    dbt "$version" deps || return
    list_nodes "$version" || return
    if [ "$version" = "$v2" ]; then # it has a word on the project itself
        parse "$version" >"$work/$version.quiet" || return
        cp "$work/$version.warnings" "$work/$version.known"
    fi

    run_darkroom "$version" "$work/$version.export" export --all "$edition" --manifest "$manifest" || return
    parse "$version" || return
    run_darkroom "$version" "$work/$version.check" export --check "$edition" --manifest "$manifest" || result=1
    run_darkroom "$version" "$work/$version.json" list exposures --output json "$edition" --manifest "$manifest" || return
    compare "$version" python3 "$here/compare.py" "$manifest" "$work/$version.json" || result=1
    compare "$version" "$cache/$version/bin/python" "$here/upstream.py" "$darkroom" "$edition" "$work/$version.json" || result=1
    local warned
    warned=$(wc -l <"$work/$version.warnings" | tr -d ' ')

    rm -rf "$edition/models/exposures" "$edition/.darkroom"
    run_darkroom "$version" "$work/$version.export" export --all "$edition" --manifest "$manifest" --tableau "$work/hostile.json" || return
    parse "$version" || return
    compare "$version" python3 "$here/hostile.py" check "$work/hostile.json" "$manifest" || result=1
    warned=$((warned + $(wc -l <"$work/$version.warnings")))

    echo "real dbt $version: $summary$warned warnings"
    [ "$result" = 0 ] && [ "$warned" = 0 ]
}

# check_version VERSION installs dbt and checks; the caller collects the output.
check_version() {
    local version=$1
    if ! install "$version" >"$work/$version.install" 2>&1; then
        cat "$work/$version.install"
        return 1
    fi
    check "$version"
}

python3 "$here/hostile.py" make "$work/hostile.json"
if [ -n "${DBT_VERSIONS:-}" ]; then
    read -ra versions <<<"$DBT_VERSIONS"
else
    versions=("$(oldest)" "${default[@]}")
fi

# Two at a time: installing needs the network, parsing the processor.
failed=0 running=()
finish() {
    local version=${running[0]%%:*} pid=${running[0]##*:}
    running=("${running[@]:1}")
    wait "$pid" || failed=1
    cat "$work/$version.out"
}
for version in "${versions[@]}"; do
    [ "${#running[@]}" -lt 2 ] || finish
    check_version "$version" >"$work/$version.out" 2>&1 &
    running+=("$version:$!")
done
while [ "${#running[@]}" -gt 0 ]; do finish; done
exit "$failed"
