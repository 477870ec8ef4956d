#!/usr/bin/env python3
"""compare.py MANIFEST LIST: do dbt and darkroom agree on every exposure's parents?

MANIFEST is dbt's manifest.json, LIST the output of `darkroom list exposures
--output json`: objects with `name`, `mode` (auto or manual) and `depends_on`
(unique ids). Prints one line for each difference, then one with the count. Exits
with 1 if they differ, or if darkroom wrote none of the exposures.
"""
import json
import sys


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main(manifest_path, list_path):
    exposures = read(manifest_path)["exposures"].values()
    dbt = {e["name"]: set(e["depends_on"]["nodes"]) for e in exposures}
    listed = read(list_path)
    darkroom = {e["name"]: set(e["depends_on"]) for e in listed}

    wrong = 0
    for name in sorted(dbt.keys() | darkroom.keys()):
        theirs, ours = dbt.get(name), darkroom.get(name)
        if theirs == ours:
            continue
        wrong += 1
        if theirs is None or ours is None:
            print(f"{name}: only {'dbt' if ours is None else 'darkroom'} has it")
        else:
            print(f"{name}: only dbt: {sorted(theirs - ours)}, only darkroom: {sorted(ours - theirs)}")

    auto = sum(e["name"] in dbt and e["mode"] == "auto" for e in listed)
    if not auto:
        print("nothing written by darkroom reached dbt")
    print(f"{len(dbt)} exposures compared, {auto} of them written by darkroom, {wrong} different")
    return 1 if wrong or not auto else 0


sys.exit(main(*sys.argv[1:]))
