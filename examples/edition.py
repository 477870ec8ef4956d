#!/usr/bin/env python3
"""edition.py VERSION SRC DST: copies a dbt project as that version of dbt reads it.

The project in SRC is written for the newest dbt. For dbt before 1.10 it is reduced:

- files named `_newer__*.yml` are left out: all model versions, contracts, groups,
  unit tests, semantic models and metrics are in them;
- `access:` and `+group:` lines are removed;
- a test's arguments move up out of `arguments:`, and before 1.8 `data_tests:` is
  called `tests:`;
- the latest version of a versioned model becomes the plain model, with the alias it
  had, so that every relation keeps its name; other versions stay as separate models.

Versions between 1.5 and 1.9 know some of this; they get the same reduced edition.
For dbt v2 (Fusion), `access:`, `loaded_at_field:` and `freshness:` move into `config:`.
What dbt wrote (target, dbt_packages, logs) is not copied.
"""
import os
import re
import shutil
import sys

MOVED = re.compile(r"( +)(access|loaded_at_field|freshness):")
VERSIONED = re.compile(r"(.+)_v(\d+)\.sql$")


def old_yaml(text, minor):
    """Gives the same properties with the keys that dbt before 1.10 knows."""
    lines, inside = [], None  # inside: indentation of the `arguments:` we are in
    for line in text.splitlines():
        if re.match(r"\s+(access|\+group): \w+$", line):
            continue
        indent = len(line) - len(line.lstrip())
        if inside is not None and line.strip() and indent <= inside:
            inside = None
        if line.strip() == "arguments:":
            inside = indent
            continue
        if inside is not None:
            line = line[2:]
        if minor < (1, 8) and line.strip() == "data_tests:":
            line = line.replace("data_tests", "tests")
        lines.append(line)
    return "\n".join(lines) + "\n"


def indent_of(line):
    return len(line) - len(line.lstrip())


def inside_config(above, indent):
    parent = next((line for line in reversed(above) if line.strip() and indent_of(line) < indent), "")
    return parent.strip() == "config:"


def of_the_item(lines, at, step, indent):
    """Gives the place after the `config:` of the item that line at belongs to, or None."""
    while 0 <= at < len(lines) and (not lines[at].strip() or indent_of(lines[at]) >= indent):
        if lines[at] == " " * indent + "config:":
            return at + 1
        at += step
    return None


def config_yaml(text):
    """Gives the same properties with those keys in `config:` that v2 reads only there."""
    lines, done, at = text.splitlines(), [], 0
    while at < len(lines):
        found = MOVED.match(lines[at])
        if not found or inside_config(done, len(found[1])):
            done.append(lines[at])
            at += 1
            continue
        indent, start = len(found[1]), at
        at += 1
        while at < len(lines) and lines[at].strip() and indent_of(lines[at]) > indent:
            at += 1
        block = ["  " + line for line in lines[start:at]]
        if place := of_the_item(done, len(done) - 1, -1, indent):
            done[place:place] = block
        elif place := of_the_item(lines, at, 1, indent):
            lines[place:place] = block
        else:
            done += [" " * indent + "config:", *block]
    return "\n".join(done) + "\n"


def rewrite(path, change):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(change(text))


def flatten_versions(folder, files):
    """Renames the highest NAME_vN.sql of each model to NAME.sql."""
    latest = {}
    for file in files:
        if found := VERSIONED.match(file):
            name, number = found[1], int(found[2])
            latest[name] = max(number, latest.get(name, 0))
    for name, number in latest.items():
        path = os.path.join(folder, name + ".sql")
        os.rename(os.path.join(folder, f"{name}_v{number}.sql"), path)
        alias = f"{{{{ config(alias='{name}_v{number}') }}}}\n\n"
        rewrite(path, lambda text, alias=alias: alias + text)


def main(version, src, dst):
    minor = tuple(int(part) for part in version.split(".")[:2])
    skip = ["target", "dbt_packages", "logs"]
    if minor < (1, 10):
        skip += ["_newer__*", "package-lock.yml"]
    shutil.copytree(src, dst, ignore=shutil.ignore_patterns(*skip))
    if (1, 10) <= minor < (2, 0):
        return
    for folder, _, files in os.walk(dst):
        if minor < (1, 10):
            flatten_versions(folder, files)
        for file in files:
            if file.endswith((".yml", ".yaml")):
                change = config_yaml if minor >= (2, 0) else lambda text: old_yaml(text, minor)
                rewrite(os.path.join(folder, file), change)


main(*sys.argv[1:])
