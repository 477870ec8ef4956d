#!/usr/bin/env bash
# Rebuilds the artifacts in */target from scratch: a throw-away PostgreSQL server
# and Python environment and real dbt runs; only the packed files remain. Needs
# python3, pip and the PostgreSQL server programs.
#
# DBT_ENV=DIR keeps the Python environment in DIR for the next time.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
dbt_version=1.12.6
work=$(mktemp -d)
chmod 711 "$work" # the server runs as another user when we are root
env=${DBT_ENV:-$work/env}
pgdata=$work/pgdata

as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# The newest server on the machine; Debian keeps it off the PATH.
pg_bin=$(find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1)
if [ -z "$pg_bin" ]; then
    initdb=$(command -v initdb) || { echo "rebuild.sh: there is no PostgreSQL server: initdb was not found" >&2; exit 3; }
    pg_bin=$(dirname "$initdb")
fi

cleanup() {
    if [ -e "$pgdata/postmaster.pid" ]; then
        as_postgres "$pg_bin/pg_ctl" -D "$pgdata" -m immediate stop >/dev/null || true
    fi
    rm -rf "$work"
}
trap cleanup EXIT

start_postgres() {
    local port
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    mkdir "$pgdata"
    if [ "$(id -u)" = 0 ]; then chown postgres "$pgdata"; fi
    cd "$work"
    as_postgres "$pg_bin/initdb" -D "$pgdata" -U roastery -A trust -E UTF8 --locale=C >/dev/null
    as_postgres "$pg_bin/pg_ctl" -D "$pgdata" -l "$pgdata/log" -w start >/dev/null \
        -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c timezone=UTC -c fsync=off"
    export PGHOST=127.0.0.1 PGPORT=$port PGUSER=roastery
    export ROASTERY_PGHOST=$PGHOST ROASTERY_PGPORT=$PGPORT
    psql -q -d postgres -c 'create database roastery'
}

# dbt CODE ARGS... runs dbt quietly and checks its exit code: 0, or 1 where something
# fails on purpose.
dbt() {
    local want=$1 got=0
    shift
    "$env/bin/dbt" --no-use-colors "$@" >"$work/log" 2>&1 || got=$?
    if [ "$got" != "$want" ]; then
        cat "$work/log" >&2
        echo "rebuild.sh: dbt $* exited with $got, not $want" >&2
        exit 3
    fi
}

# What the example is made to show: one test warns, one fails, all others pass.
check_roastery() {
    python3 - "$work/roastery/target" <<'PY'
import collections, json, sys
count = lambda name: dict(collections.Counter(
    r["status"] for r in json.load(open(f"{sys.argv[1]}/{name}.json"))["results"]))
build, fresh = count("run_results"), count("sources")
print("build:", build, "freshness:", fresh)
assert (build.get("warn"), build.get("fail")) == (1, 1), build
assert not {"error", "skipped"} & set(build), build
assert (fresh.get("pass"), fresh.get("warn"), fresh.get("error")) == (7, 2, 1), fresh
PY
}

bash "$here/dbt_env.sh" "$dbt_version" "$env" dbt-postgres dbt-snowflake
export DBT_SEND_ANONYMOUS_USAGE_STATS=false

# Work on copies, so that dbt writes nothing into the repository.
for project in roastery wholesale; do
    cp -R "$here/$project" "$work/$project"
    rm -rf "$work/$project/target" "$work/$project/dbt_packages" "$work/$project/logs"
done

start_postgres
cd "$work/roastery"
PGOPTIONS=--client-min-messages=warning psql -q -d roastery -f raw/load.sql
dbt 0 deps
dbt 1 build
# Later commands overwrite these two, but the states of tests come from the build.
mkdir "$work/built"
cp target/manifest.json target/run_results.json "$work/built"
dbt 1 source freshness
dbt 0 docs generate
cp "$work/built"/*.json target
check_roastery
"$here/pack.py" . "$here/roastery/target" manifest run_results sources catalog

cd "$work/wholesale"
dbt 0 parse
"$here/pack.py" . "$here/wholesale/target" manifest

ls -l "$here"/*/target/*.gz
