#!/usr/bin/env bash
# Does real dbt take what darkroom exports? For the oldest dbt Core that works
# here, three between and the newest: export every dashboard of the roastery, let
# dbt parse the result, compare the parents of each exposure and all that is
# upstream of it with what darkroom says; then the same with hostile titles. A
# warning of dbt is a failure. dbt v2 (Fusion) is tried where it installs, and
# reported without being a gate: it is a release candidate.
#
# DARKROOM=FILE      the binary to test; built from the repository by default
# DBT_VERSIONS="…"   the versions to test, instead of these
set -euo pipefail

if ! command -v python3 >/dev/null; then
    echo "real dbt: skipped, there is no python3"
    exit 0
fi

here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/darkroom-dbt
default=(1.7.20 1.9.11 1.10.23 1.12.6)
v2=2.0.0rc9
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

# parse VERSION lets dbt read everything anew and lists its warnings.
parse() {
    dbt "$1" --no-partial-parse --log-format json parse || return
    warnings "$work/$1.log" >"$work/$1.warnings"
    # `dbt ls`, as `dbt parse` writes no manifest before 1.5.
    dbt "$1" ls --resource-type exposure || return
    sed 's/^/  warning: /' "$work/$1.warnings"
}

# room VERSION OUT ARGS... runs darkroom; what it says is shown when it fails.
room() {
    local version=$1 out=$2
    shift 2
    "$darkroom" "$@" >"$out" 2>"$work/$version.err" || {
        cat "$out" "$work/$version.err"
        echo "real dbt $version: darkroom $1 failed"
        return 1
    }
}

# told VERSION COMMAND... runs a comparison, shows what it says and keeps its
# last line, the summary.
told() {
    local version=$1 result=0
    shift
    "$@" >"$work/$version.told" || result=1
    sed -e '$d' -e 's/^/  /' "$work/$version.told"
    summary+="$(tail -n 1 "$work/$version.told"), "
    return "$result"
}

check() {
    local version=$1 edition=$work/$1 result=0 summary=""
    python3 "$here/edition.py" "$version" "$here/roastery" "$edition"
    local manifest=$edition/target/manifest.json
    dbt "$version" deps || return
    dbt "$version" ls --resource-type exposure || return

    room "$version" "$work/$version.export" export --all "$edition" --manifest "$manifest" || return
    parse "$version" || return
    room "$version" "$work/$version.check" export --check "$edition" --manifest "$manifest" || result=1
    room "$version" "$work/$version.json" list exposures --output json "$edition" --manifest "$manifest" || return
    told "$version" python3 "$here/compare.py" "$manifest" "$work/$version.json" || result=1
    told "$version" "$cache/$version/bin/python" "$here/upstream.py" "$darkroom" "$edition" "$work/$version.json" || result=1
    local warned
    warned=$(wc -l <"$work/$version.warnings" | tr -d ' ')

    rm -rf "$edition/models/exposures" "$edition/.darkroom"
    room "$version" "$work/$version.export" export --all "$edition" --manifest "$manifest" --tableau "$work/hostile.json" || return
    parse "$version" || return
    told "$version" python3 "$here/hostile.py" check "$work/hostile.json" "$manifest" || result=1
    warned=$((warned + $(wc -l <"$work/$version.warnings")))

    echo "real dbt $version: $summary$warned warnings"
    [ "$result" = 0 ] && [ "$warned" = 0 ]
}

# one VERSION installs and checks; its words are printed in one piece.
one() {
    local version=$1
    if ! install "$version" >"$work/$version.install" 2>&1; then
        cat "$work/$version.install"
        return 1
    fi
    check "$version"
}

# tryv2 says in one line what becomes of dbt v2.
tryv2() {
    local dir=$cache/$v2
    if ! [ -x "$dir/bin/dbt" ]; then
        rm -rf "$dir"
        python3 -m venv "$dir"
        if ! "$dir/bin/python" -m pip install --quiet --disable-pip-version-check "dbt-core==$v2" >"$work/$v2.install" 2>&1; then
            rm -rf "$dir"
            echo "real dbt $v2: not tested, it does not install here: $(grep -m 1 -oE 'failed to download [^:]+|ERROR.*' "$work/$v2.install" | sed 's|failed to download .*|its package is a pointer to a download|')"
            return
        fi
    fi
    check "$v2" >"$work/$v2.out" 2>&1 && tail -n 1 "$work/$v2.out" || echo "real dbt $v2: not clean: $(tail -n 1 "$work/$v2.out")"
}

python3 "$here/hostile.py" make "$work/hostile.json"
if [ -n "${DBT_VERSIONS:-}" ]; then
    read -ra versions <<<"$DBT_VERSIONS"
else
    versions=("$(oldest)" "${default[@]}")
fi

# Two at a time: installing waits for the network, parsing for the processor.
failed=0 running=()
finish() {
    local version=${running[0]%%:*} pid=${running[0]##*:}
    running=("${running[@]:1}")
    wait "$pid" || failed=1
    cat "$work/$version.out"
}
for version in "${versions[@]}"; do
    [ "${#running[@]}" -lt 2 ] || finish
    one "$version" >"$work/$version.out" 2>&1 &
    running+=("$version:$!")
done
while [ "${#running[@]}" -gt 0 ]; do finish; done
[ -n "${DBT_VERSIONS:-}" ] || tryv2
exit "$failed"
