"""Checks with tableau-api-lib. It speaks JSON."""

import tableau_api_lib
from tableau_api_lib.utils import extract_pages, querying
from truth import CONFIG, DEFAULT, NAMED, PNG, same


def api_lib(secret=None, **who):
    if not who:
        who = {"personal_access_token_name": CONFIG["pat"][0], "personal_access_token_secret": secret or CONFIG["pat"][1]}
    place = {"server": CONFIG["url"], "api_version": "3.28", "site_name": NAMED.name, "site_url": NAMED.content_url}
    return tableau_api_lib.TableauServerConnection({"tableau_prod": place | who})


def check_api_lib():
    wrong = api_lib(secret="wrong")
    same(wrong.sign_in().json()["error"]["code"], "401001")
    by_name = api_lib(username=CONFIG["user"], password=CONFIG["password"])
    same(by_name.sign_in().status_code, 200)
    connection = api_lib()
    same(connection.sign_in().status_code, 200)
    same(connection.server_info().json()["serverInfo"]["restApiVersion"], "3.28")

    same([w["id"] for w in extract_pages(connection.query_workbooks_for_site, page_size=7)], [w["luid"] for w in NAMED.workbooks])
    chosen = extract_pages(connection.query_workbooks_for_site, parameter_dict={"filter": "filter=projectName:eq:Sales"})
    same([w["id"] for w in chosen], [w["luid"] for w in NAMED.workbooks if w["projectName"] == "Sales"])
    same(list(querying.get_workbooks_dataframe(connection)["name"]), [w["name"] for w in NAMED.workbooks])
    views = querying.get_views_dataframe(connection, page_size=50)
    same(dict(zip(views["id"], map(int, views["usage_totalViewCount"]))), NAMED.usage)
    same(list(querying.get_datasources_dataframe(connection)["id"]), [d["luid"] for d in NAMED.datasources])
    same(list(querying.get_projects_dataframe(connection)["name"]), [p["name"] for p in NAMED.projects])
    same(list(querying.get_users_dataframe(connection)["name"]), [u["name"] for u in NAMED.users])
    same(sorted(querying.get_sites_dataframe(connection)["name"]), sorted([NAMED.name, DEFAULT.name]))
    book, source = NAMED.workbooks[0]["luid"], NAMED.datasources[0]["luid"]
    same(list(querying.get_workbook_connections_dataframe(connection, book)["id"]), [c["id"] for c in NAMED.connections[book]])
    same(set(querying.get_datasource_connections_dataframe(connection, source)["type"]), {"postgres"})
    same(list(querying.get_views_for_workbook_dataframe(connection, book)["id"]), [v["id"] for v in NAMED.views if v["workbook"]["id"] == book])
    view = next(v["id"] for v in NAMED.views if v["workbook"]["id"] == book)
    for image in (connection.query_view_preview_image(book, view), connection.query_view_image(view), connection.query_workbook_preview_image(book)):
        assert image.content.startswith(PNG), image.text
    assert b"<workbook" in connection.download_workbook(book).content
    got = connection.metadata_graphql_query("{publishedDatasources {luid}}").json()["data"]["publishedDatasources"]
    same(sorted(d["luid"] for d in got), sorted(d["luid"] for d in NAMED.datasources))

    third = NAMED.extracted()[2]
    job = connection.update_workbook_now(third).json()["job"]
    same(connection.update_workbook_now(third).json()["error"]["code"], "409093")
    same(connection.query_job(job["id"]).json()["job"]["extractRefreshJob"]["workbook"]["id"], third)
    same(connection.cancel_job(job["id"]).status_code, 200)
    same(connection.query_job(job["id"]).json()["job"]["finishCode"], "2")
    assert job["id"] in [j["id"] for j in extract_pages(connection.query_jobs)]
    tasks = querying.get_extract_refresh_tasks_dataframe(connection)
    task = next(t.id for t in tasks.itertuples() if isinstance(t.workbook, dict) and t.workbook["id"] == third)
    same(connection.get_extract_refresh_task(task).json()["task"]["extractRefresh"]["workbook"]["id"], third)
    same(connection.run_extract_refresh_task(task).json()["job"]["extractRefreshJob"]["workbook"]["id"], third)

    same(connection.switch_site("").status_code, 200)
    same((connection.site_id, connection.site_name), (DEFAULT.luid, DEFAULT.name))
    same(len(extract_pages(connection.query_workbooks_for_site)), len(DEFAULT.workbooks))
    same(connection.sign_out().status_code, 204)
