package tableautest

import (
	"net/http"

	"darkroom/sources/tableau/tableautest/element"
)

// route is one endpoint. Paths are those of sources/tableau/API.md.
type route struct {
	kind     Kind
	since    string // REST version that has it
	scope    string // what a connected app's token must allow (sources/tableau/API.md#connected-apps); "" for nothing
	open     bool   // needs no session
	metadata bool   // of the Metadata API's family, with its own error shape
	handle   func(*call) reply
}

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	add := func(pattern string, rt route) {
		if rt.since == "" {
			rt.since = "2.0"
		}
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { s.serve(rt, w, r) })
	}
	add("/", route{kind: Unknown, open: true, handle: func(c *call) reply { return c.fail("404003") }})
	addSessions(add)
	addLists(add)
	addActions(add)
	add("POST /api/metadata/graphql", route{kind: GraphQL, scope: readContent, metadata: true, handle: (*call).graphql})
	add("GET /api/metadata/graphql", route{kind: GraphQL, scope: readContent, metadata: true, handle: (*call).graphql})
	add("GET /api/metadata/v1/control/{what}/status",
		route{kind: Backfill, scope: readContent, metadata: true, handle: (*call).controlStatus})
	return mux
}

const readContent = "tableau:content:read"

func addSessions(add func(string, route)) {
	for _, name := range []string{"serverinfo", "serverInfo"} {
		add("GET /api/{v}/"+name, route{kind: ServerInfo, since: "2.4", open: true, handle: (*call).serverInfo})
	}
	add("POST /api/{v}/auth/signin", route{kind: SignIn, open: true, handle: (*call).signIn})
	add("POST /api/{v}/auth/signout", route{kind: SignOut, handle: (*call).signOut})
	add("POST /api/{v}/auth/switchSite", route{kind: SwitchSite, since: "2.6", handle: (*call).switchSite})
	add("GET /api/{v}/sessions/current", route{kind: Session, handle: (*call).currentSession})
	add("GET /api/{v}/sites", route{kind: Sites, handle: (*call).siteList})
	add("GET /api/{v}/sites/{id}", route{kind: Sites, handle: (*call).siteByKey})
	add("GET /auth", route{kind: ServerInfo, open: true, handle: (*call).legacyInfo})
}

func addLists(add func(string, route)) {
	list := func(path string, kind Kind, handle func(*call) reply) {
		add("GET /api/{v}/sites/{site}/"+path, route{kind: kind, scope: readContent, handle: handle})
	}
	list("projects", Projects, func(c *call) reply { return c.list("projects", c.site.Projects) })
	list("workbooks", Workbooks, func(c *call) reply { return c.list("workbooks", c.site.Workbooks) })
	list("workbooks/{id}", Workbooks, func(c *call) reply { return c.find(c.site.Workbooks, "404006") })
	list("workbooks/{id}/views", Views, (*call).workbookViews)
	list("workbooks/{id}/connections", Connections, (*call).connections)
	list("views", Views, func(c *call) reply { return c.list("views", c.views("")) })
	list("views/{id}", Views, func(c *call) reply { return c.find(c.views(""), "404006") })
	list("datasources", Datasources, func(c *call) reply { return c.list("datasources", c.site.Datasources) })
	list("datasources/{id}", Datasources, func(c *call) reply { return c.find(c.site.Datasources, "404006") })
	list("datasources/{id}/connections", Connections, (*call).connections)
	list("users", Users, func(c *call) reply { return c.list("users", c.site.Users) })
	list("users/{id}", Users, func(c *call) reply { return c.find(c.site.Users, "404002") })

	add("GET /api/-/collections", route{kind: Collections, scope: "tableau:collections:read", handle: (*call).collectionList})
	add("GET /api/-/collections/{id}", route{kind: Collections, scope: "tableau:collections:read", handle: (*call).collection})
	add("GET /api/-/collections/{id}/items",
		route{kind: Collections, scope: "tableau:collections:read", handle: (*call).collectionItems})
	add("GET /api/-/search", route{kind: Search, scope: readContent, handle: (*call).search})
}

func addActions(add func(string, route)) {
	at := func(method, path string, rt route) { add(method+" /api/{v}/sites/{site}/"+path, rt) }
	for _, kind := range []string{"workbooks", "datasources"} {
		at("GET", kind+"/{id}/content", route{
			kind: Download, scope: "tableau:" + kind + ":download", handle: func(c *call) reply { return c.download(kind) },
		})
		at("POST", kind+"/{id}/refresh", route{
			kind: Refresh, since: "2.8", scope: "tableau:tasks:run", handle: func(c *call) reply { return c.refresh(kind) },
		})
	}
	at("POST", "flows/{id}/run", route{
		kind: Refresh, since: "3.3", scope: "tableau:tasks:run", handle: func(c *call) reply { return c.refresh("flows") },
	})
	at("GET", "tasks/extractRefreshes", route{
		kind: Tasks, since: "2.6", scope: "tableau:tasks:read",
		handle: func(c *call) reply { return c.rest(http.StatusOK, element.List("tasks", c.tasks())) },
	})
	at("GET", "tasks/extractRefreshes/{id}", route{kind: Tasks, since: "2.6", scope: "tableau:tasks:read", handle: (*call).taskByID})
	at("POST", "tasks/extractRefreshes/{id}/runNow",
		route{kind: Refresh, since: "2.6", scope: "tableau:tasks:run", handle: (*call).runTask})
	at("GET", "jobs", route{kind: Jobs, since: "2.6", scope: "tableau:jobs:read", handle: (*call).jobList})
	at("GET", "jobs/{id}", route{kind: Jobs, since: "2.6", scope: "tableau:jobs:read", handle: (*call).jobStatus})
	at("PUT", "jobs/{id}", route{kind: Jobs, since: "2.6", scope: "tableau:jobs:update", handle: (*call).jobCancel})
	at("GET", "workbooks/{workbook}/views/{id}/previewImage",
		route{kind: Image, scope: "tableau:views:download", handle: (*call).viewImage})
	at("GET", "workbooks/{id}/previewImage",
		route{kind: Image, scope: "tableau:workbooks:download", handle: (*call).workbookImage})
	at("GET", "views/{id}/image",
		route{kind: Image, since: "2.5", scope: "tableau:views:download", handle: (*call).viewImage})
}
