#!/usr/bin/env python3
"""dbtls.py DIR COUNT [SEED]: what does `dbt ls` list for thousands of selectors?

DIR is a copy of an example project. It is parsed once as it is (the earlier state,
with results of a run and of a freshness check), then a few files are added and
changed, and it is parsed again. COUNT selectors are made from what the manifest has,
always the same ones for one SEED, and answered inside of one `dbt ls`; every 200th is
asked again by an `ls` of its own. DIR/answers.json has them all.
"""
import contextlib
import io
import json
import os
import random
import re
import sys

import dbt.task.list
from dbt.cli.main import dbtRunner
from dbt.graph.cli import parse_difference
from dbt_common.events.contextvars import task_contextvars

ASK_AGAIN = 200
REFUSED = ["a.b.c", "a.b.c.d", "models", "bogus", "changed", "nothing", "2"]
RESULTS = ["success", "error", "skipped", "pass", "fail", "warn"]

ADDED = {
    "selectors.yml": """
selectors:
  - name: everyday
    default: true
    definition: "tag:daily,resource_type:model"
  - name: marts_and_up
    definition:
      union:
        - method: path
          value: models
          children: true
          children_depth: 1
          indirect_selection: cautious
        - method: fqn
          value: "*orders*"
          parents: true
          indirect_selection: buildable
        - exclude:
            - method: resource_type
              value: source
            - "tag:hourly"
  - name: both
    definition:
      intersection:
        - method: config.materialized
          value: table
          childrens_parents: true
        - union:
            - "1+resource_type:model"
            - package: this
        - exclude: [{method: test_name, value: "not_null*"}]
  - name: enabled_ones
    definition: {method: config.enabled, value: true, indirect_selection: empty}
  - name: without_inner
    definition:
      method: resource_type
      value: model
      indirect_selection: cautious
      exclude: [{config.materialized: view}, "+selector:everyday"]
  - name: cautious_tests
    definition:
      union:
        - {method: resource_type, value: seed, children: true, children_depth: 2, indirect_selection: cautious}
        - {method: resource_type, value: source, indirect_selection: cautious}
""",
    "models/zz_extra/deep/er/zz_base.sql": "{{ config(materialized='table', tags=['extra', 'extra:deep'], meta={'owner': 'ann', 'pii': true, 'level': 3}, schema='zz') }}\nselect 1 as id",
    "models/zz_extra/deep/zz_base_top.sql": "{{ config(materialized='ephemeral', tags='solo', persist_docs={'relation': true, 'columns': true}) }}\nselect * from {{ ref('zz_base') }}",
    "models/zz_extra/zz_with.dot.sql": "select * from {{ ref('zz_base_top') }} where {{ function('zz_positive') }}(id)",
    "models/zz_extra/zz_extra.yml": """
version: 2
models:
  - name: zz_base
    description: changed
    columns: [{name: id, data_tests: [unique, not_null: {config: {severity: warn, tags: [zz_test]}}]}]
  - name: zz_days
    time_spine: {standard_granularity_column: day}
    columns: [{name: day, granularity: day, data_type: date}]
  - name: zz_base_top
    config: {meta: {nested: {deeper: [a, b]}}}
    description: top
semantic_models:
  - name: zz_semantic
    model: ref('zz_base')
    entities: [{name: zz, type: primary, expr: id}]
    dimensions: [{name: zz_day, type: time, expr: id, type_params: {time_granularity: day}}]
    measures: [{name: zz_count, agg: count, expr: id, agg_time_dimension: zz_day}]
    config: {group: null}
metrics:
  - {name: zz_metric, label: zz, type: simple, type_params: {measure: zz_count}, config: {tags: [extra]}}
saved_queries:
  - name: zz_saved
    config: {tags: [extra]}
    query_params: {metrics: [zz_metric], group_by: ["TimeDimension('metric_time', 'day')"]}
exposures:
  - name: zz_exposure
    type: dashboard
    owner: {name: zz}
    depends_on: [ref('zz_base'), metric('zz_metric')]
    config: {tags: [extra]}
unit_tests:
  - name: zz_unit
    model: zz_base_top
    given: [{input: ref('zz_base'), rows: [{id: 1}]}]
    expect: {rows: [{id: 1}]}
    config: {tags: extra}
""",
    "models/zz_extra/zz_days.sql": "select current_date as day",
    "functions/zz_positive.sql": "x > 0",
    "functions/zz_functions.yml": """
functions:
  - name: zz_positive
    config: {tags: [extra]}
    arguments: [{name: x, data_type: integer}]
    returns: {data_type: boolean}
""",
    "analyses/zz_analysis.sql": "select * from {{ ref('zz_base') }}",
    "macros/zz_macro.sql": "{% macro zz_macro() %}1{% endmacro %}",
    "models/zz_extra/zz_by_macro.sql": "{{ config(database=target.database, alias='zz_other') }} select {{ zz_macro() }} as id",
}

# What is there in the earlier state already, in another form.
EARLIER = {
    "models/zz_extra/deep/er/zz_base.sql": ADDED["models/zz_extra/deep/er/zz_base.sql"].replace("select 1", "select 2"),
    "models/zz_extra/deep/zz_base_top.sql": ADDED["models/zz_extra/deep/zz_base_top.sql"],
    "models/zz_extra/zz_extra.yml": ADDED["models/zz_extra/zz_extra.yml"].replace("description: top", "description: bottom").replace("name: zz}", "name: yy}").replace("label: zz", "label: yy").replace("{rows: [{id: 1}]}", "{rows: [{id: 2}]}"),
    "models/zz_extra/zz_days.sql": ADDED["models/zz_extra/zz_days.sql"],
    "macros/zz_macro.sql": "{% macro zz_macro() %}2{% endmacro %}",
    "models/zz_extra/zz_by_macro.sql": ADDED["models/zz_extra/zz_by_macro.sql"].replace("zz_other", "zz_first"),
}


# Both projects are parsed as if they were of the one adapter that is installed.
PROFILE = "{name}: {{target: dev, outputs: {{dev: {{type: postgres, host: localhost, port: 5432, user: u, password: p, dbname: shop, schema: s, threads: 1}}}}}}\n"


def write(files):
    for path, text in files.items():
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def change(random_, folder):
    """Changes some of the project's own models and seeds for `state:`."""
    for path, _, files in sorted(os.walk(folder)):
        for file in sorted(files):
            full = os.path.join(path, file)
            if "zz_" in full or not file.endswith((".sql", ".csv")) or random_.random() > 0.2:
                continue
            with open(full, encoding="utf-8") as reader:
                text = reader.read()
            if file.endswith(".csv"):
                text += text.splitlines()[-1] + "\n"
            elif random_.random() < 0.5:
                text = "{{ config(meta={'changed': true}) }}\n" + text
            else:
                text += "\n-- changed\n"
            with open(full, "w", encoding="utf-8") as writer:
                writer.write(text)


def parse(*args):
    done = dbtRunner().invoke(["--quiet", "--no-partial-parse", "parse", *args])
    if not done.success:
        raise SystemExit(f"dbt parse failed: {done.exception}")
    return done.result


def earlier_results(random_, manifest, folder):
    ids = sorted(manifest.nodes)
    results = [
        {"unique_id": i, "status": random_.choice(RESULTS), "timing": [], "thread_id": "t", "execution_time": 1.0, "adapter_response": {}, "message": None, "failures": None,
         "compiled": True, "compiled_code": None, "relation_name": None, "batch_results": None}
        for i in ids if random_.random() < 0.8
    ]
    for r in results:  # models and tests have other words
        test = r["unique_id"].startswith("test.")
        r["status"] = random_.choice(RESULTS[3:] if test else RESULTS[:3])
    meta = {"generated_at": "2026-01-01T00:00:00Z", "dbt_version": "1.12.6", "invocation_id": "x", "env": {}}
    write({f"{folder}/run_results.json": json.dumps({
        "metadata": {**meta, "dbt_schema_version": "https://schemas.getdbt.com/dbt/run-results/v6.json"}, "results": results, "elapsed_time": 1.0, "args": {"which": "build"}})})
    for where in (folder, "target"):
        loaded = [
            {"unique_id": i, "max_loaded_at": f"2026-01-0{random_.randint(1, 3)}T00:00:00Z", "snapshotted_at": "2026-01-05T00:00:00Z", "max_loaded_at_time_ago_in_s": 1.0,
             "status": "pass", "criteria": {"warn_after": None, "error_after": None, "filter": None}, "adapter_response": {}, "timing": [], "thread_id": "t", "execution_time": 1.0}
            for i in sorted(manifest.sources) if random_.random() < 0.8
        ]
        write({f"{where}/sources.json": json.dumps({
            "metadata": {**meta, "dbt_schema_version": "https://schemas.getdbt.com/dbt/sources/v3.json"}, "results": loaded, "elapsed_time": 1.0})})


class Words:
    """Selectors made from what a manifest has."""

    def __init__(self, manifest, random_):
        self.random = random_
        groups = (manifest.nodes, manifest.sources, manifest.exposures, manifest.metrics, manifest.semantic_models, manifest.saved_queries, manifest.unit_tests, manifest.functions)
        self.nodes = [node for group in groups for _, node in sorted(group.items())]
        self.values = {
            "fqn": self.names(), "tag": self.all(lambda n: getattr(n, "tags", [])) + ["nightly"],
            "path": self.paths(), "file": self.all(lambda n: [os.path.basename(n.original_file_path), os.path.splitext(os.path.basename(n.original_file_path))[0]]),
            "package": self.all(lambda n: [n.package_name]) + ["this", "dbt"],
            "source": [s for n in manifest.sources.values() for s in (n.source_name, f"{n.source_name}.{n.name}", f"{n.package_name}.{n.source_name}.{n.name}", n.name)] + ["a.b.c.d"],
            "group": self.all(lambda n: [n.config.get("group")] if n.resource_type == "model" else []) + ["nobody"],
            "access": ["public", "private", "protected", "p*"], "version": ["latest", "old", "prerelease", "none", "2"],
            "resource_type": ["model", "seed", "snapshot", "source", "test", "unit_test", "exposure", "metric", "semantic_model", "saved_query", "analysis", "function", "operation", "models"],
            "test_type": ["generic", "singular", "unit", "data", "schema", "sing", "bogus"],
            "test_name": self.all(lambda n: [n.test_metadata.name] if getattr(n, "test_metadata", None) else []) + self.all(lambda n: [n.name] if n.resource_type == "unit_test" else []),
            "state": ["new", "old", "modified", "unmodified", "modified.body", "modified.configs", "modified.persisted_descriptions", "modified.relation", "modified.macros", "modified.contract", "changed"],
            "result": RESULTS, "source_status": ["fresher", "staler"],
            "selector": ["everyday", "marts_and_up", "both", "enabled_ones", "without_inner", "cautious_tests", "*_*", "[be]*", "nothing"],
        }
        for method, group in (("exposure", manifest.exposures), ("metric", manifest.metrics), ("semantic_model", manifest.semantic_models), ("saved_query", manifest.saved_queries), ("unit_test", manifest.unit_tests)):
            self.values[method] = [s for n in group.values() for s in (n.name, f"{n.package_name}.{n.name}")] + ["*", "none", "a.b.c"]
        self.configs = sorted({pair for n in self.nodes for pair in flat(n.config.to_dict(omit_none=True))})

    def all(self, values):
        return sorted({v for n in self.nodes for v in values(n) if v}) or ["none"]

    def names(self):
        out = set()
        for n in self.nodes:
            for i in range(1, len(n.fqn) + 1):
                out.update((".".join(n.fqn[:i]), ".".join(n.fqn[1:i + 1]), ".".join(n.fqn[i - 1:])))
            out.update((n.name, n.unique_id, ".".join(n.fqn[:-1] + ["*"]), "_".join(n.fqn[-2:])))
        return sorted(out - {""})

    def paths(self):
        out = {"models/**", "**/*.sql", "**", "*", "mod*/**/*orders*", "tests", "nowhere", "./models", "models/", "models//*", "models/*/*", "*/*/*.yml", "packages", "dbt_packages"}
        for n in self.nodes:
            path = n.original_file_path
            while path:
                out.add(path)
                path = os.path.dirname(path)
            if getattr(n, "patch_path", None):
                out.add(n.patch_path.split("://")[1])
        return sorted(out - {""})

    def blurred(self, value):
        """Sometimes with a wildcard, sometimes misspelt."""
        roll, at = self.random.random(), self.random.randrange(len(value)) if value else 0
        if not value or roll < 0.75:
            return value
        end = self.random.randint(at, len(value))
        letter = value[at]
        choices = [
            value[:at] + "*" + value[end:], value[:at] + "?" + value[at + 1:], value[:at] + f"[{letter}x]" + value[at + 1:], value[:at] + "[!q]" + value[at + 1:],
            value[:at] + "[a-z]" + value[at + 1:], value[:at] + "[" + value[at:], value[:at] + "]" + value[at:], value[:at] + value[at + 1:], value.upper(), value[:at],
        ]
        return self.random.choice(choices)

    def criterion(self):
        roll = self.random.random()
        if roll < 0.3:
            method, value = "", self.random.choice(self.random.choice([self.values["fqn"], self.values["fqn"], self.values["path"], self.values["file"]]))
        elif roll < 0.45:
            key, value = self.random.choice(self.configs)
            method = f"config.{key}"
            if self.random.random() < 0.2:
                value = self.random.choice([value.upper(), "true", "false", "none", ""])
        else:
            method = self.random.choice(sorted(self.values))
            value = self.random.choice(self.values[method])
            if value in REFUSED and self.random.random() < 0.9:
                value = self.values[method][0]
        if self.random.random() < 0.005:
            method = self.random.choice(["bogus", "tags", "config", "con-fig.x"])
        if method not in ("resource_type", "state", "version", "test_type", "access"):
            value = self.blurred(value)
        value = re.sub(r"[\s,]", "", value)
        if method in ("", "path") and ("/" in value or method) and (value.startswith("/") or not value.strip("./") or "**" in re.sub(r"(^|/)\*\*(?=/|$)", "", value)):
            value = "models"  # pathlib refuses these in words of its own
        word = f"{method}:{value}" if method else value
        before = self.random.choice([""] * 6 + ["+", "1+", "2+", "3+", "0+", "@", "@+"])
        after = self.random.choice([""] * 6 + ["+", "+1", "+2", "+0"]) if "@" not in before or self.random.random() < 0.05 else ""
        return before + word + after

    def union(self, most):
        parts = []
        for _ in range(self.random.choice([1] * 4 + [2, 2, most])):
            parts.append(",".join(self.criterion() for _ in range(self.random.choice([1] * 5 + [2, 2, 3]))))
        return " ".join(parts)

    def pair(self):
        roll = self.random.random()
        if roll < 0.03:
            return "", self.union(2)
        return self.union(3), self.union(2) if roll > 0.75 else ""


def flat(value, prefix=""):
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if not re.fullmatch(r"[\w.]+", name):
            continue
        if isinstance(inner, dict):
            yield from flat(inner, name + ".")
        for item in inner if isinstance(inner, list) else [inner]:
            if isinstance(item, (str, bool, int, float)):
                yield name, str(item)


def answer(selector, select, exclude):
    try:
        spec = parse_difference([select] if select else None, [exclude] if exclude else None)
        return {"ids": sorted(selector.get_selected(spec)), "error": ""}
    except Exception as error:  # dbt's own and Python's, both end `dbt ls`
        return {"ids": None, "error": f"{type(error).__name__}: {error}"}


def main(directory, count, seed):
    os.chdir(directory)
    random_ = random.Random(seed or os.path.basename(directory))
    with open("dbt_project.yml", encoding="utf-8") as file:
        name = re.search(r"^profile: *['\"]?(\w+)", file.read(), re.M)[1]
    write({"profiles.yml": PROFILE.format(name=name)})
    write(EARLIER)
    before = parse("--target-path", "before")
    change(random_, "models")
    change(random_, "seeds")
    write(ADDED)
    manifest = parse()
    earlier_results(random_, before, "before")
    words = Words(manifest, random_)
    pairs = [words.pair() for _ in range(count)]
    answers = []

    def run(task):
        with task_contextvars(project_root=task.config.project_root):
            task.compile_manifest()
            selector = task.get_node_selector()
            for select, exclude in pairs:
                answers.append({"select": select, "exclude": exclude, **answer(selector, select, exclude)})
        return []

    usual, dbt.task.list.ListTask.run = dbt.task.list.ListTask.run, run
    state = ["--state", "before"]
    runner = dbtRunner(manifest=manifest)
    with contextlib.redirect_stdout(io.StringIO()):
        done = runner.invoke(["--quiet", "ls", *state])
    dbt.task.list.ListTask.run = usual
    if not done.success:
        raise SystemExit(f"dbt ls failed: {done.exception}")
    asked = 0
    for a in answers[::ASK_AGAIN]:
        if not a["select"]:
            continue
        options = ["-s", *a["select"].split()] + (["--exclude", *a["exclude"].split()] if a["exclude"] else [])
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            done = runner.invoke(["--quiet", "ls", *options, *state, "--output", "json", "--output-keys", "unique_id"])
        ids = sorted(json.loads(line)["unique_id"] for line in done.result) if done.success else None
        if ids != a["ids"]:
            raise SystemExit(f"dbt ls {options}: {ids}, {done.exception}; inside one ls: {a}")
        asked += 1
    write({"answers.json": json.dumps(answers)})
    print(f"{os.path.basename(directory)}: {len(answers)} selectors, {asked} of them asked again by an ls of their own")


main(sys.argv[1], int(sys.argv[2]), "".join(sys.argv[3:]))
