#!/usr/bin/env python3
"""impact_cases.py CASES PROJECT OUT [RECORD]: what does `dbt ls -s state:modified+` say?

PROJECT is parsed as production's, and then once for each change of CASES as a pull
request's, with another schema. OUT gets production/manifest.json and for each case NUMBER
its files, NUMBER/target/manifest.json and NUMBER/ls.json: the unique_ids that dbt lists,. With RECORD, a file, what the manifests say is kept as
differences from production's.
"""
import concurrent.futures
import contextlib
import io
import json
import multiprocessing
import os
import shutil
import sys

from dbt.cli.main import dbtRunner

os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"


def edit(folder, change):
    path = os.path.join(folder, change["file"])
    if change.get("gone"):
        os.remove(path)
    elif "to" in change:
        to = os.path.join(folder, change["to"])
        os.makedirs(os.path.dirname(to), exist_ok=True)
        os.rename(path, to)
    elif "text" in change:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write(path, change["text"])
    else:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
        if change["old"] not in text:
            raise SystemExit(f"{change['file']} has no {change['old']!r}")
        write(path, text.replace(change["old"], change["new"], -1 if change["old"] == "\n" else 1))


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def dbt(*args, manifest=None):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return dbtRunner(manifest=manifest).invoke(["--quiet", "--no-partial-parse", *args])


def parse(target):
    done = dbt("parse", "--target", target)
    if not done.success:
        raise SystemExit(f"dbt parse failed: {done.exception}")
    return done.result


def install(change):
    """The local packages, as `dbt deps` links them."""
    if any(e["file"] == "packages.yml" for e in change["edits"]):
        dbt("deps")
        return
    os.makedirs("dbt_packages")
    os.symlink(os.path.abspath("packages/lib"), "dbt_packages/lib")


def kept(manifest_file):
    """What darkroom reads of a manifest, without what differs at each run."""
    with open(manifest_file, encoding="utf-8") as file:
        manifest = json.load(file)
    out = {key: manifest[key] for key in ("metadata", "nodes", "sources", "exposures", "functions", "unit_tests", "disabled")}
    out["metadata"] = {key: out["metadata"][key] for key in ("dbt_schema_version", "dbt_version", "project_name", "project_id", "adapter_type", "quoting")}
    for section in ("nodes", "sources", "exposures", "functions", "unit_tests"):
        for node in out[section].values():
            node.pop("created_at", None)
            node.pop("root_path", None)
    for nodes in out["disabled"].values():
        for node in nodes:
            node.pop("created_at", None)
    own = {i: m for i, m in manifest["macros"].items() if not m["package_name"].startswith("dbt")}
    out["macros"] = {i: {key: m[key] for key in ("macro_sql", "depends_on", "package_name", "original_file_path")} for i, m in own.items()}
    return out


def difference(before, after):
    """A JSON merge patch."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return after
    patch = {key: None for key in before if key not in after}
    for key, value in after.items():
        if key not in before:
            patch[key] = value
        elif before[key] != value:
            patch[key] = difference(before[key], value)
    return patch


def checkout(project, folder, case):
    shutil.copytree(project, folder)
    for change in case["edits"]:
        edit(folder, change)
    os.chdir(folder)
    install(case)


def ask(project, folder, production, case):
    checkout(project, folder, case)
    manifest = parse("pr")
    done = dbt("ls", "--target", "pr", "-s", "state:modified+", "--state", production, "--output", "json", "--output-keys", "unique_id", manifest=manifest)
    if not done.success:
        raise SystemExit(f"{case['name']}: dbt ls failed: {done.exception}")
    ids = sorted(json.loads(line)["unique_id"] for line in done.result)
    write("ls.json", json.dumps(ids))
    return ids, kept("target/manifest.json")


def main(cases_file, project, out, record=None):
    with open(cases_file, encoding="utf-8") as file:
        cases = json.load(file)
    project, out = os.path.abspath(project), os.path.abspath(out)
    record = record and os.path.abspath(record)
    production = os.path.join(out, "production")
    checkout(project, os.path.join(out, "checkout"), {"edits": []})
    parse("prod")
    os.makedirs(production)
    shutil.copy("target/manifest.json", production)
    before = kept("target/manifest.json")
    with concurrent.futures.ProcessPoolExecutor(min(os.cpu_count() or 1, 4), multiprocessing.get_context("spawn")) as pool:
        asked = [pool.submit(ask, project, os.path.join(out, str(number)), production, case) for number, case in enumerate(cases)]
        answers = [a.result() for a in asked]
    if record:
        recorded = [{"name": case["name"], "ids": ids, "patch": difference(before, after)} for case, (ids, after) in zip(cases, answers)]
        write(record, json.dumps({"production": before, "cases": recorded}, ensure_ascii=False, sort_keys=True))
    print(f"impact: dbt was asked about {len(cases)} changes")


if __name__ == "__main__":
    main(*sys.argv[1:])
