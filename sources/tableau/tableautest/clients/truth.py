"""What the server shows, how to steer it, and how to compare. TestRealClients
writes where the server is, as JSON, to the standard input.
"""

import contextlib
import json
import sys

import requests

CONFIG = json.load(sys.stdin)
PNG = b"\x89PNG\r\n"


class Truth:
    """A site as its snapshot has it."""

    def __init__(self, content_url, luid, snapshot):
        with open(snapshot, encoding="utf-8") as file:
            doc = json.load(file)
        self.content_url, self.luid = content_url, luid
        self.name = doc["site"]["name"]
        self.metadata, rest = doc["metadata"], doc["rest"]
        self.projects, self.users, self.views = rest["projects"], rest["users"], rest["views"]
        self.connections, self.collections = rest["workbookConnections"], rest.get("collections", [])
        self.workbooks = self.metadata["workbooks"]
        self.datasources = self.metadata["publishedDatasources"]
        self.usage = {v["id"]: int(v.get("usage", {}).get("totalViewCount", 0)) for v in self.views}

    def extracted(self):
        """LUIDs of the workbooks that can be refreshed."""
        books = {w["id"]: w["luid"] for w in self.workbooks}
        ids = {d["workbook"]["id"] for d in self.metadata["embeddedDatasources"] if d["hasExtracts"]}
        return sorted(books[i] for i in ids)


NAMED, DEFAULT = (Truth(s["contentUrl"], s["luid"], s["snapshot"]) for s in CONFIG["sites"])


def same(got, want, what=""):
    if got == want:
        return
    if isinstance(got, list) and len(got) == len(want):
        got, want = next((g, w) for g, w in zip(got, want) if g != w)
    raise AssertionError(f"{what}\ngot  {got!r}\nwant {want!r}")


@contextlib.contextmanager
def refused(kind, code=None):
    """What is inside must fail with this exception, and Tableau's code in it."""
    try:
        yield
    except kind as e:
        if code is not None:
            same(str(e.code), code, "code")
        return
    raise AssertionError(f"no {kind.__name__} {code or ''}")


@contextlib.contextmanager
def switched(**switches):
    """Turns switches of the server for a while."""
    requests.post(CONFIG["url"] + "/test/switches", json=switches).raise_for_status()
    try:
        yield
    finally:
        requests.post(CONFIG["url"] + "/test/switches", json={}).raise_for_status()


def inject(**fault):
    requests.post(CONFIG["url"] + "/test/fault", json=fault).raise_for_status()
