#!/usr/bin/env python3
"""pack.py PROJECT OUT NAME...: scrubs PROJECT/target/NAME.json into OUT/NAME.json.gz.

dbt writes local paths into its files: `root_path` of seeds in the manifest,
`project_dir`, `profiles_dir` and `log_path` in the arguments of run_results.
These paths are made relative; nothing else changes.
"""
import gzip
import json
import os
import re
import sys

# A local path at the start of a JSON string.
ABSOLUTE = re.compile(r'"(/(tmp|home|root|Users|private|var|work|opt)/|[A-Z]:\\\\)[^"]*')


def scrub(text, project):
    for path in {os.path.abspath(project), os.path.realpath(project)}:
        text = text.replace(json.dumps(path)[1:-1], ".")
    if left := ABSOLUTE.search(text):
        sys.exit(f"pack.py: a local path is left: {left.group()}")
    return text


def main(project, out, *names):
    os.makedirs(out, exist_ok=True)
    for name in names:
        with open(os.path.join(project, "target", name + ".json"), encoding="utf-8") as file:
            text = scrub(file.read(), project)
        json.loads(text)
        # Without name and time in the header, like `gzip -n -9`.
        packed = gzip.compress(text.encode(), 9, mtime=0)
        with open(os.path.join(out, name + ".json.gz"), "wb") as file:
            file.write(packed)


main(*sys.argv[1:])
