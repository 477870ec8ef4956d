#!/usr/bin/env python3
"""Titles and descriptions that break careless exporters.

hostile.py make FILE             writes them as an answer of Tableau's Metadata API
hostile.py check FILE MANIFEST   checks that each one is in dbt's manifest: one
                                 exposure with a valid name and the same texts,
                                 except for the blanks inside Jinja markers
"""
import json
import re
import sys

TEXTS = [
    "{{ ref('nowhere') }}", "{% raw %}", "{# a comment #}", "}}", "%}", "#}", "{{{", "a {{{{ b }}}} c", "{%- endraw -%}",
    "yes", "no", "null", "~", "true", "1_000", "0o17", "1e3", "2026-11-23", "12:30:45", "=", "<<", "- a", "? a", "a: b", "a #b", "# a",
    "&a", "*a", "!a", "%a", "@a", "`a", "|", ">", "[a", "{a", "a, b", "'", "''", '"', '""', "\\", "\\n", "a\\", "C:\\x", "it's \"so\"",
    "  blanks around  ", "two  blanks", "a\tb", "a\nb", "a\r\nb", "\n", "\u0000\u0007\u001b[31mred", "\u0085\u2028\u2029", "\ufeffbom",
    "\u202ereversed", "Übersicht für Köln", "売上ダッシュボード", "Продажи", "مبيعات", "🚀", "🚀🔥", "e\u0301 and é", "ﬁ", "İi",
    "1", "9 lives", "_", "___", "a.b", "a-b", "a/b", "exposures", "version: 2", "---", "...", "doc('x')", "{{ doc('x') }}", "${HOME}",
    "$(x)", "x" * 300, "long " * 60, "word" * 60, "same", "Same", "SAME", "sáme", "x_11111111",
    "hidden\U000e0049\U000e0067 text",
]


def luid(kind, n):
    return f"{kind}{n:07x}-0000-4000-8000-{n:012x}"


def make(path):
    table = {
        "id": "t", "name": "fct_orders", "schema": "analytics_core", "fullName": "[analytics_core].[fct_orders]",
        "connectionType": "postgres", "database": {"name": "roastery", "connectionType": "postgres"},
    }
    workbooks = [
        {
            "id": f"w{n}", "luid": luid("a", n), "name": text, "description": text, "projectName": text,
            "owner": {"name": text, "email": "owner@example.com"}, "tags": [{"name": text}],
            "dashboards": [{"id": f"d{n}", "luid": luid("b", n), "name": text, "path": f"W{n}/{n}", "tags": [{"name": text}], "upstreamTables": [table]}],
        }
        for n, text in enumerate(TEXTS)
    ]
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"data": {"workbooks": workbooks}}, file)


def visible(text):
    """Gives a text without the characters of TEXTS that are not seen: they reach no file."""
    return re.sub("[\ufeff\u202e\U000e0000-\U000e007f]", "", text)


def squeeze(text):
    return re.sub(r"\s", "", text or "")


def check(path, manifest):
    with open(path, encoding="utf-8") as file:
        workbooks = json.load(file)["data"]["workbooks"]
    with open(manifest, encoding="utf-8") as file:
        exposures = json.load(file)["exposures"].values()
    found = {}
    for e in exposures:
        meta = e.get("meta") or e.get("config", {}).get("meta") or {}
        if "tableau" in meta:
            found[meta["tableau"]["luid"]] = e
    wrong = 0
    for workbook in workbooks:
        view = workbook["dashboards"][0]
        e = found.get(view["luid"])
        problem = None
        if e is None:
            problem = "is missing"
        elif not re.fullmatch(r"[a-z][a-z0-9_]*", e["name"]):
            problem = f"is called {e['name']!r}"
        elif squeeze(e["label"]) != squeeze(visible(view["name"])):
            problem = f"has the label {e['label']!r}"
        elif squeeze(visible(workbook["description"])) not in squeeze(e["description"]):
            problem = f"has the description {e['description']!r}"
        if problem:
            wrong += 1
            print(f"  {view['name']!r} {problem}")
    names = {e["name"] for e in found.values()}
    print(f"{len(workbooks)} hostile titles, {len(names)} exposures, {wrong} wrong")
    return 1 if wrong or len(names) != len(workbooks) else 0


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    sys.exit(check(*sys.argv[2:]))
