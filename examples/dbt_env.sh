#!/usr/bin/env bash
# dbt_env.sh VERSION DIR [ADAPTER...] makes (or reuses) a Python environment with
# that version of dbt Core and its adapters, by default dbt-postgres.
# Shared by rebuild.sh and realdbt.sh.
set -euo pipefail

version=$1 dir=$2
shift 2
[ $# -gt 0 ] || set -- dbt-postgres
done_mark=$dir/.done-$version-$(IFS=-; echo "$*")
if [ -e "$done_mark" ]; then exit 0; fi

# An incomplete environment of an earlier, broken run cannot be used.
rm -rf "$dir"
mkdir -p "$(dirname "$dir")"
python3 -m venv "$dir"
pip=("$dir/bin/python" -m pip install --quiet --disable-pip-version-check)

if [ "$version" = 2.0.0a4 ]; then
    # dbt v2 itself is a package that fetches its program from elsewhere; this wheel has it.
    "${pip[@]}" "dbt-core-experimental-parser==$version"
    ln -s dbt-core-experimental-parser "$dir/bin/dbt"
    touch "$done_mark"
    exit 0
fi

minor=${version%.*}
pins=()
for adapter in "$@"; do
    case $minor-$adapter in
    1.12-dbt-postgres) pins+=("dbt-postgres==1.11.0") ;;
    1.12-dbt-snowflake) pins+=("dbt-snowflake==1.12.3") ;;
    *) pins+=("$adapter~=$minor.0") ;;
    esac
done

if [ "$minor" = 1.12 ]; then
    # Since 1.12.1 dbt Core depends on a second, optional parser. Its package
    # fetches 50 MB from outside the package index. 1.12.0 accepts the last version
    # that is a wheel, so it is installed first.
    "${pip[@]}" dbt-core==1.12.0 dbt-core-experimental-parser==2.0.0a4 "${pins[@]}"
    "${pip[@]}" --no-deps "dbt-core==$version"
else
    "${pip[@]}" "dbt-core==$version" "${pins[@]}"
fi
touch "$done_mark"
