package tableautest

import (
	"net/http"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// taskID is the id of the nightly refresh that every extract has here.
func taskID(luid string) string { return sitedata.StableID("task", luid) }

func (c *call) eachExtract(fn func(kind string, o *sitedata.Object)) {
	for _, kind := range []struct{ name, typeName string }{{"workbook", "Workbook"}, {"datasource", "PublishedDatasource"}} {
		for _, o := range c.site.store.All[kind.typeName] {
			if o.Text("luid") != "" && c.site.extracted(o) {
				fn(kind.name, o)
			}
		}
	}
}

func (c *call) tasks() []elem {
	var all []elem
	c.eachExtract(func(kind string, o *sitedata.Object) {
		refresh := node("extractRefresh", "id", taskID(o.Text("luid")), "priority", 50, "consecutiveFailedCount", 0,
			"type", "RefreshExtractTask").with(
			node("schedule", "id", sitedata.StableID("schedule"), "name", "Nightly", "frequency", "Daily"), node(kind, "id", o.Text("luid")))
		all = append(all, elem{name: "task"}.with(refresh))
	})
	return all
}

func (c *call) taskByID() reply {
	for _, t := range c.tasks() {
		if t.get("extractRefresh.id") == c.req.PathValue("id") {
			return c.rest(http.StatusOK, t)
		}
	}
	return c.fail("404002")
}

func (c *call) runTask() reply {
	var kind, luid string
	c.eachExtract(func(k string, o *sitedata.Object) {
		if taskID(o.Text("luid")) == c.req.PathValue("id") {
			kind, luid = k, o.Text("luid")
		}
	})
	if luid == "" {
		return c.fail("404002")
	}
	return c.queue(kind, luid, false)
}
