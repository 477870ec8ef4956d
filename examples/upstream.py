#!/usr/bin/env python3
"""upstream.py DARKROOM DIR LIST: does `dbt ls -s +exposure:NAME` list what darkroom shows?

Runs with the Python of the dbt under test, in the project DIR. LIST is the output
of `darkroom list exposures --output json`. darkroom's answer is the parents of the
exposure and all that `darkroom list models -s +NAME` lists above them. Before dbt
1.5 each question needs its own process, so only a few are asked.
"""
import contextlib
import functools
import io
import json
import os
import subprocess
import sys

FEW = 3


def ask_by_process(dbt, name):
    args = [dbt, "ls", *options(name)]
    return subprocess.run(args, check=True, capture_output=True, text=True).stdout


def options(name):
    kinds = [arg for kind in ("model", "seed", "snapshot", "source") for arg in ("--resource-type", kind)]
    return ["-s", f"+exposure:{name}", "--output", "json", "--output-keys", "unique_id", *kinds]


def asker(directory):
    """Gives a function that prints what dbt lists for an exposure, and whether it is quick."""
    try:
        from dbt.cli.main import dbtRunner
    except ImportError:
        return functools.partial(ask_by_process, os.path.join(os.path.dirname(sys.executable), "dbt")), False
    with contextlib.redirect_stdout(io.StringIO()):
        runner = dbtRunner(manifest=dbtRunner().invoke(["--quiet", "parse"]).result)

    def ask(name):
        with contextlib.redirect_stdout(io.StringIO()):
            done = runner.invoke(["--quiet", "ls", *options(name)])
        if not done.success:
            raise SystemExit(f"dbt ls -s +exposure:{name} failed: {done.exception}")
        return "\n".join(done.result)

    return ask, True


def unique_ids(output):
    found = set()
    for line in output.splitlines():
        with contextlib.suppress(ValueError, TypeError, KeyError):
            found.add(json.loads(line[line.index("{"):])["unique_id"])
    return found


def main(darkroom, directory, list_path):
    directory = os.path.abspath(directory)
    with open(list_path, encoding="utf-8") as file:
        exposures = [e for e in json.load(file) if e["mode"] == "auto"]
    os.chdir(directory)

    @functools.cache
    def listed(*select):
        args = [darkroom, "list", "models", "--output", "json", *select, directory]
        return json.loads(subprocess.run(args, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout)

    def above(node):
        kind, _, name = node.split(".", 2)
        if kind == "source":
            return {node}
        return {m["unique_id"] for m in listed("-s", "+" + name)}

    ask, quick = asker(directory)
    wrong, asked = 0, exposures if quick else exposures[:FEW]
    for e in asked:
        ours = set().union(*(above(node) for node in e["depends_on"]))
        theirs = unique_ids(ask(e["name"]))
        if ours != theirs:
            wrong += 1
            print(f"  +exposure:{e['name']}: only dbt: {sorted(theirs - ours)}, only darkroom: {sorted(ours - theirs)}")
    print(f"{len(asked)} upstreams compared, {wrong} different")
    return 1 if wrong or not asked else 0


sys.exit(main(*sys.argv[1:]))
