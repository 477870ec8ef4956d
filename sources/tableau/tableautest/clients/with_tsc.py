"""Checks with tableauserverclient, Tableau's own client. It speaks XML."""

import base64
import contextlib
import datetime
import hashlib
import hmac
import io
import json
import os
import re
import tempfile
import time

import requests
import tableauserverclient as TSC
from tableauserverclient.server.endpoint import exceptions as errors
from tableauserverclient.server.exceptions import EndpointUnavailableError, ServerInfoEndpointNotFoundError
from truth import CONFIG, DEFAULT, NAMED, PNG, Truth, inject, refused, same, switched


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def connected_app_token(**changed):
    """A JWT as in Tableau's documentation of connected apps."""
    client, secret_id, secret = CONFIG["app"]
    claims = {
        "iss": client, "sub": CONFIG["user"], "aud": "tableau", "exp": int(time.time()) + 300, "jti": str(time.time()),
        "scp": ["tableau:content:read"],
    }
    header = {"alg": "HS256", "typ": "JWT", "kid": secret_id, "iss": client}
    signed = b".".join(encoded(json.dumps(part).encode()) for part in (header, claims | changed))
    return (signed + b"." + encoded(hmac.new(secret.encode(), signed, hashlib.sha256).digest())).decode()


def pat(site=NAMED, secret=None):
    name, known = CONFIG["pat"]
    return TSC.PersonalAccessTokenAuth(name, secret or known, site_id=site.content_url)


def tsc(url=None):
    server = TSC.Server(url or CONFIG["url"])
    server.use_server_version()
    return server


@contextlib.contextmanager
def signed_in(site=NAMED):
    server = tsc()
    with server.auth.sign_in(pat(site)):
        yield server


def check_version():
    server = TSC.Server(CONFIG["url"])
    same(server.version, "2.4")
    info = server.server_info.get()
    same((info.product_version, info.rest_api_version), ("2024.1.0", "3.28"))
    assert info.build_number
    server.use_server_version()
    same(server.version, "3.28")
    same(tsc(CONFIG["old"]).version, "3.4")
    for code, kind in (("404003", ServerInfoEndpointNotFoundError), ("404001", EndpointUnavailableError)):
        with switched(ServerInfoError=code):
            with refused(kind):
                TSC.Server(CONFIG["url"]).server_info.get()
            same(tsc().version, "2.2", "a server of 9.3")
    with switched(ServerInfoNeedsAuth=True), refused(errors.FailedSignInError, "401000"):
        TSC.Server(CONFIG["url"]).server_info.get()


def check_sign_in():
    for site in (NAMED, DEFAULT):
        for auth in (
            pat(site),
            TSC.TableauAuth(CONFIG["user"], CONFIG["password"], site_id=site.content_url),
            TSC.JWTAuth(connected_app_token(), site_id=site.content_url),
        ):
            server = tsc()
            with server.auth.sign_in(auth):
                same((server.site_id, server.site_url), (site.luid, site.content_url))
                if site is NAMED:  # the user is one of its own
                    same(server.users.get_by_id(server.user_id).name, CONFIG["user"])
                same(server.workbooks.get()[1].total_available, len(site.workbooks))
                token = server.auth_token
            assert not server.is_signed_in()
            gone = requests.get(f"{CONFIG['url']}/api/3.28/sessions/current", headers={"X-Tableau-Auth": token})
            same(gone.status_code, 401, "after sign-out")


def check_refused_sign_in():
    wrong_site = Truth.__new__(Truth)
    wrong_site.content_url = "nowhere"
    late = int(time.time()) + 3600
    for auth in (
        pat(secret="wrong"),
        pat(wrong_site),
        TSC.TableauAuth(CONFIG["user"], "wrong", site_id="roastery"),
        TSC.JWTAuth(connected_app_token(exp=late), site_id="roastery"),
        TSC.JWTAuth(connected_app_token(aud="other"), site_id="roastery"),
        TSC.JWTAuth(connected_app_token(sub="nobody"), site_id="roastery"),
    ):
        with refused(errors.FailedSignInError, "401001"):
            tsc().auth.sign_in(auth)
    with switched(RefusePasswords=True), refused(errors.FailedSignInError, "401001"):
        tsc().auth.sign_in(TSC.TableauAuth(CONFIG["user"], CONFIG["password"], site_id="roastery"))


def check_sessions():
    first, second = tsc(), tsc()
    first.auth.sign_in(pat())
    second.auth.sign_in(pat(DEFAULT))
    with refused(errors.NotSignedInError, "401000"):
        first.workbooks.get()
    second.auth.switch_site(TSC.SiteItem("this one", ""))  # 403070, which the client takes
    same(second.site_id, DEFAULT.luid)
    second.auth.switch_site(TSC.SiteItem(NAMED.name, NAMED.content_url))
    same((second.site_id, second.site_url), (NAMED.luid, NAMED.content_url))
    same(second.workbooks.get()[1].total_available, len(NAMED.workbooks))
    same(sorted((s.content_url, s.name) for s in TSC.Pager(second.sites)), sorted((s.content_url, s.name) for s in (NAMED, DEFAULT)))
    same(second.sites.get_by_id(NAMED.luid).name, NAMED.name)
    with refused(errors.FailedSignInError, "401001"):
        second.auth.switch_site(TSC.SiteItem("none", "nowhere"))
    second.auth.sign_out()
    with switched(SessionCalls=1):
        first.auth.sign_in(pat())
        first.workbooks.get()
        with refused(errors.NotSignedInError, "401000"):
            first.workbooks.get()

    moved = tsc(CONFIG["front"])
    moved.auth.sign_in(pat())  # the client follows to the other address
    same(moved.site_id, NAMED.luid)


def in_xml(text):
    """A text as XML can carry it: without the control characters of one name."""
    return re.sub("[\x00-\x08\x0b-\x1f]", "\ufffd", text or "")


def stamp(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def naive(moment):
    return moment.replace(tzinfo=None)


def check_lists():
    for site in (NAMED, DEFAULT):
        with signed_in(site) as server:
            few = TSC.RequestOptions(pagesize=7)
            got = [(p.id, p.name, p.parent_id, p.content_permissions, p.owner_id) for p in TSC.Pager(server.projects, few)]
            same(got, [(p["id"], p["name"], p.get("parentProjectId"), p.get("contentPermissions"), p["owner"]["id"]) for p in site.projects])
            got = [(u.id, u.name, u.fullname, u.email, u.site_role) for u in TSC.Pager(server.users, few)]
            same(got, [(u["id"], u["name"], u.get("fullName"), u.get("email") or None, u["siteRole"]) for u in site.users])
            got = [(v.id, v.name, v.content_url, v.sheet_type, v.workbook_id, v.total_views) for v in TSC.Pager(server.views, few, usage=True)]
            same(got, [(v["id"], in_xml(v["name"]), v["contentUrl"], v["sheetType"], v["workbook"]["id"], site.usage[v["id"]]) for v in site.views])
            got = [(w.id, w.name, w.description or "", w.owner_id, w.tags, naive(w.updated_at)) for w in TSC.Pager(server.workbooks, few)]
            same(got, [(w["luid"], in_xml(w["name"]), in_xml(w.get("description")), w["owner"]["luid"], {t["name"] for t in w["tags"]}, stamp(w["updatedAt"]))
                       for w in site.workbooks])
            got = [(d.id, d.name, d.project_id, d.certified, d.has_extracts) for d in TSC.Pager(server.datasources, few)]
            same(got, [(d["luid"], in_xml(d["name"]), d["projectLuid"], d["isCertified"], d["hasExtracts"]) for d in site.datasources])
            with switched(NoGzip=True):
                same([w.id for w in server.workbooks.all()], [w["luid"] for w in site.workbooks])


def check_filters():
    books = NAMED.workbooks
    first = books[0]
    operator, field = TSC.RequestOptions.Operator, TSC.RequestOptions.Field
    middle = sorted(w["updatedAt"] for w in books)[len(books) // 2]
    with signed_in() as server:

        def found(*conditions):
            options = TSC.RequestOptions()
            options.filter.update(TSC.Filter(*c) for c in conditions)
            return [w.id for w in server.workbooks.get(options)[0]]

        def expected(holds):
            return [w["luid"] for w in books if holds(w)]

        same(found((field.Name, operator.Equals, first["name"])), expected(lambda w: w["name"] == first["name"]))
        same(found((field.Name, operator.CaseInsensitiveEquals, first["name"].upper())), expected(lambda w: w["name"] == first["name"]))
        same(found((field.Name, operator.Has, "Sales")), expected(lambda w: "Sales" in w["name"]))
        same(found((field.Name, operator.In, [books[1]["name"], books[3]["name"]])), expected(lambda w: w["name"] in (books[1]["name"], books[3]["name"])))
        same(found((field.ProjectName, operator.Equals, "Sales")), expected(lambda w: w["projectName"] == "Sales"))
        same(found((field.Tags, operator.In, ["certified"])), expected(lambda w: any(t["name"] == "certified" for t in w["tags"])))
        moment = stamp(middle).replace(tzinfo=datetime.timezone.utc)
        same(found((field.UpdatedAt, operator.GreaterThan, moment), (field.Tags, operator.Equals, "certified")),
             expected(lambda w: w["updatedAt"] > middle and any(t["name"] == "certified" for t in w["tags"])))
        same(found((field.Name, operator.Equals, "no such workbook")), [])

        options = TSC.RequestOptions()
        options.sort.add(TSC.Sort(field.ProjectName, TSC.RequestOptions.Direction.Asc))
        options.sort.add(TSC.Sort(field.UpdatedAt, TSC.RequestOptions.Direction.Desc))
        dates = [(w.project_name or "", -w.updated_at.timestamp()) for w in server.workbooks.get(options)[0]]
        same(dates, sorted(dates))

        query = server.workbooks.filter(tags="certified", page_size=3).order_by("-name")
        names = sorted((w["name"] for w in books if any(t["name"] == "certified" for t in w["tags"])), reverse=True)
        same(len(query), len(names))
        same([w.name for w in query], names)
        same([w.name for w in query[1:5]], names[1:5])
        same(server.views.filter(sheet_type="dashboard").total_available, sum(v["sheetType"] == "dashboard" for v in NAMED.views))
        same([w.id for w in server.workbooks.only_fields("id", "name")], [w["luid"] for w in books])
        with refused(errors.ServerResponseError, "400006"):
            server.workbooks.get(TSC.RequestOptions(pagenumber=99))


def check_content():
    with signed_in() as server:
        for wanted in NAMED.workbooks[:5]:
            book = server.workbooks.get_by_id(wanted["luid"])
            same(book.name, wanted["name"])
            server.workbooks.populate_views(book, usage=True)
            same([(v.id, v.total_views) for v in book.views],
                 [(v["id"], NAMED.usage[v["id"]]) for v in NAMED.views if v["workbook"]["id"] == book.id])
            server.workbooks.populate_connections(book)
            same([(c.id, c.connection_type, c.server_address, c.datasource_name) for c in book.connections],
                 [(c["id"], c["type"], c["serverAddress"], c["datasource"]["name"]) for c in NAMED.connections[book.id]])
            server.workbooks.populate_preview_image(book)
            assert book.preview_image.startswith(PNG)
            view = server.views.get_by_id(book.views[0].id, usage=True)
            same((view.workbook_id, view.total_views), (book.id, NAMED.usage[view.id]))
            server.views.populate_preview_image(view)
            server.views.populate_image(view, TSC.ImageRequestOptions(imageresolution=TSC.ImageRequestOptions.Resolution.High, maxage=60))
            assert view.preview_image.startswith(PNG) and view.image.startswith(PNG)
            assert b"<workbook" in server.workbooks.download(book.id, io.BytesIO(), include_extract=False).getvalue()
        source = server.datasources.get_by_id(NAMED.datasources[0]["luid"])
        same(source.name, NAMED.datasources[0]["name"])
        server.datasources.populate_connections(source)
        same({c.connection_type for c in source.connections}, {"postgres"})
        with tempfile.TemporaryDirectory() as folder:
            path = server.datasources.download(source.id, folder, include_extract=False)
            same(os.path.basename(path), source.name + ".tds")
        for lookup, code in ((server.workbooks, "404006"), (server.views, "404006"), (server.datasources, "404006"), (server.users, "404002")):
            with refused(errors.ServerResponseError, code):
                lookup.get_by_id("00000000-0000-0000-0000-000000000000")


PAGED = """query all($first: Int, $afterToken: String) {
  dashboardsConnection(first: $first, after: $afterToken, orderBy: {field: NAME, direction: ASC}) {
    nodes {id name workbook {luid}} pageInfo {hasNextPage endCursor} totalCount}}"""


def check_metadata():
    with signed_in() as server:
        got = server.metadata.query("{workbooks {luid name owner {username} embeddedDatasources {id}}}", abort_on_error=True)
        same(sorted((w["luid"], w["name"], w["owner"]["username"]) for w in got["data"]["workbooks"]),
             sorted((w["luid"], w["name"], w["owner"]["username"]) for w in NAMED.workbooks))
        pages = server.metadata.paginated_query(PAGED, {"first": 25})["pages"]
        nodes = [n for p in pages for n in p["data"]["dashboardsConnection"]["nodes"]]
        same(len(pages), -(-len(NAMED.metadata["dashboards"]) // 25))
        same(sorted(n["id"] for n in nodes), sorted(d["id"] for d in NAMED.metadata["dashboards"]))
        same([n["name"] for n in nodes], sorted(n["name"] for n in nodes))
        with refused(errors.GraphQLError):
            server.metadata.query("{workbooks {nonsense}}", abort_on_error=True)
        same(server.metadata.backfill_status()["status"], "COMPLETE")
        same(server.metadata.eventing_status()["status"], "COMPLETE")
        with switched(NodeLimit=10):
            cut = server.metadata.query("{workbooks {luid}}")
            same(cut["errors"][0]["extensions"]["code"], "NODE_LIMIT_EXCEEDED")
            assert 0 < len(cut["data"]["workbooks"]) < len(NAMED.workbooks)
        inject(On="graphql", Code="401000")
        with refused(errors.NonXMLResponseError):  # Spring's JSON: no client reads a code from it
            server.metadata.query("{workbooks {luid}}")
        for status in (502, 503, 504):
            inject(On="graphql", Status=status)
            with refused(errors.InternalServerError, str(status)):
                server.metadata.query("{workbooks {luid}}")


def check_refreshes():
    finish = TSC.JobItem.FinishCode
    first, second = NAMED.extracted()[:2]
    source = next(d["luid"] for d in NAMED.datasources if d["hasExtracts"])
    live = next(d["luid"] for d in NAMED.datasources if not d["hasExtracts"])
    with signed_in() as server:
        for code, ends in ((finish.Success, None), (finish.Failed, errors.JobFailedException), (finish.Cancelled, errors.JobCancelledException)):
            with switched(FinishCode=code):
                job = server.workbooks.refresh(first)
                same((job.workbook_id, job.type, job.finish_code, job.started_at), (first, "RefreshExtract", -1, None))
                with refused(ends) if ends else contextlib.nullcontext():
                    server.jobs.wait_for_job(job, timeout=30)
                done = server.jobs.get_by_id(job.id)
                same(done.finish_code, code)
                assert done.notes and done.completed_at and done.started_at, done
        job = server.datasources.refresh(source, incremental=True)
        same(job.datasource_id, source)
        same(server.datasources.refresh(source), None, "this version takes 409093 for nothing to do")
        with refused(errors.ServerResponseError, "409093"):
            server.datasources.post_request(f"{server.datasources.baseurl}/{source}/refresh", "")
        with refused(errors.ServerResponseError, "409090"):
            server.datasources.refresh(live)
        same([j.id for j in server.jobs.filter(status=TSC.BackgroundJobItem.Status.Pending)], [job.id])
        server.jobs.cancel(job.id)
        same(server.jobs.get_by_id(job.id).finish_code, finish.Cancelled)
        listed, paging = server.jobs.get(TSC.RequestOptions(pagesize=2))
        same((len(listed), paging.total_available), (2, 4))
        same([j.status for j in TSC.Pager(server.jobs)], ["Success", "Failed", "Cancelled", "Cancelled"])
        with refused(errors.ServerResponseError, "404002"):
            server.jobs.get_by_id("no-such-job")

        tasks, _ = server.tasks.get()
        same(sorted(t.target.id for t in tasks), sorted(NAMED.extracted() + [d["luid"] for d in NAMED.datasources if d["hasExtracts"]]))
        task = next(t for t in tasks if t.target.id == second)
        same((task.target.type, server.tasks.get_by_id(task.id).target.id), ("workbook", second))
        ran = TSC.JobItem.from_response(server.tasks.run(task), server.namespace)[0]
        same(ran.workbook_id, second)
        with switched(RefreshLimit=1), refused(errors.ServerResponseError, "429000"):
            server.workbooks.refresh(first)


def check_newer_family():
    with signed_in() as server:
        session = requests.Session()
        session.headers["X-Tableau-Auth"] = server.auth_token
        base = CONFIG["url"] + "/api/-/"
        collections = session.get(base + "collections").json()["items"]
        same([c["name"] for c in collections], [c["name"] for c in NAMED.collections])
        for collection, want in zip(collections, NAMED.collections):
            items = session.get(f"{base}collections/{collection['luid']}/items").json()["items"]
            same([i["content"]["luid"] for i in items], [i["content"]["luid"] for i in want["items"]])
        hits = session.get(base + "search", params={"filter": "type:eq:workbook", "limit": 2000}).json()["hits"]
        same(sorted(h["content"]["luid"] for h in hits["items"]), sorted(w["luid"] for w in NAMED.workbooks))
        hits = session.get(base + "search", params={"filter": "type:eq:view", "order_by": "hitsTotal:desc", "limit": 1}).json()["hits"]
        same((hits["total"], hits["items"][0]["content"]["hitsTotal"]), (len(NAMED.views), max(NAMED.usage.values())))
