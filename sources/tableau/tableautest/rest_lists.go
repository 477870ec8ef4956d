package tableautest

import (
	"mime"
	"net/http"
	"strconv"
	"strings"

	"darkroom/sources/tableau/tableautest/element"
	"darkroom/sources/tableau/tableautest/site"
)

// list answers with one page (sources/tableau/API.md#rest-lists). The number of a page that
// cannot be read counts as the default; a page behind the last is refused, which
// TSC's query sets rely on.
func (c *call) list(name string, all []element.Element) reply {
	query := c.req.URL.Query()
	all = element.Sort(element.Filter(all, query.Get("filter")), query.Get("sort"))
	size, page := atLeastOne(query.Get("pageSize"), 100), atLeastOne(query.Get("pageNumber"), 1)
	size = min(size, 1000)
	if page > max(1, (len(all)+size-1)/size) {
		return c.fail("400006")
	}
	from := size * (page - 1)
	part := all[from:min(len(all), from+size)]
	paging := element.New("pagination", "pageNumber", page, "pageSize", size, "totalAvailable", len(all))
	return c.rest(http.StatusOK, paging, element.List(name, part))
}

func atLeastOne(text string, otherwise int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1<<30 {
		return otherwise
	}
	return n
}

// find answers with the entry whose id is in the path.
func (c *call) find(all []element.Element, code string) reply {
	for _, e := range all {
		if e.Get("id") == c.req.PathValue("id") {
			return c.rest(http.StatusOK, e)
		}
	}
	return c.fail(code)
}

// views are those of a workbook, or all, with their usage if that was asked for:
// then every view has one (sources/tableau/API.md#view-counts), though the snapshot may not.
func (c *call) views(workbook string) []element.Element {
	usage := strings.EqualFold(c.req.URL.Query().Get("includeUsageStatistics"), "true") // tableau-api-lib writes "True"
	var out []element.Element
	for _, v := range c.site.Views {
		if workbook != "" && v.Get("workbook.id") != workbook {
			continue
		}
		if usage {
			u, ok := c.site.ViewUsage[v.Get("id")]
			if !ok {
				u = element.New("usage", "totalViewCount", 0)
			}
			v = v.With(u)
		}
		out = append(out, v)
	}
	return out
}

func (c *call) workbookViews() reply {
	if c.site.Find("workbook", c.req.PathValue("id")) == nil {
		return c.fail("404006")
	}
	return c.rest(http.StatusOK, element.List("views", c.views(c.req.PathValue("id"))))
}

// connections are a workbook's or a data source's.
func (c *call) connections() reply {
	list, ok := c.site.Connections[c.req.PathValue("id")]
	if !ok {
		return c.fail("404006")
	}
	return c.rest(http.StatusOK, element.List("connections", list))
}

func (c *call) siteDetail(st *site.Site) element.Element {
	return c.siteElem(st).And("name", st.Name).And("state", "Active")
}

// siteList is a server administrator's; here every user is one.
func (c *call) siteList() reply {
	var all []element.Element
	for _, st := range c.sites {
		all = append(all, c.siteDetail(st))
	}
	return c.list("sites", all)
}

// siteByKey shows the session's own site, by LUID, or as ?key= says.
func (c *call) siteByKey() reply {
	own := map[string]string{"": c.site.LUID, "name": c.site.Name, "contentUrl": c.site.ContentURL}
	if value, ok := own[c.req.URL.Query().Get("key")]; !ok || value != c.req.PathValue("id") {
		return c.fail("404000")
	}
	return c.rest(http.StatusOK, c.siteDetail(c.site))
}

// download gives the file of a workbook or data source: the one in Options, otherwise
// a stub that names its content and nothing more.
func (c *call) download(kind string) reply {
	id := c.req.PathValue("id")
	known := c.site.Find("workbook", id)
	stub := File{Data: []byte("<?xml version='1.0' encoding='utf-8' ?>\n<workbook version='18.1'><datasources/></workbook>\n")}
	extension := ".twb"
	if kind == "datasources" {
		known, extension = c.site.Find("datasource", id), ".tds"
		stub.Data = []byte("<?xml version='1.0' encoding='utf-8' ?>\n<datasource version='18.1'/>\n")
	}
	if known == nil {
		return c.fail("404006")
	}
	file, ok := c.opt.Files[id]
	if !ok {
		file = stub
	}
	if file.Name == "" {
		file.Name = known.Text("name") + extension
	}
	return reply{
		status: http.StatusOK, contentType: "application/octet-stream", body: file.Data,
		header: map[string]string{
			"Content-Disposition": mime.FormatMediaType("attachment", map[string]string{"name": "tableau_" + strings.TrimSuffix(kind, "s"), "filename": file.Name}),
		},
	}
}

func (c *call) viewImage() reply {
	id, workbook := c.req.PathValue("id"), c.req.PathValue("workbook")
	for _, v := range c.site.Views {
		if v.Get("id") == id && (workbook == "" || v.Get("workbook.id") == workbook) {
			return c.image()
		}
	}
	return c.fail("404006")
}

func (c *call) workbookImage() reply {
	if c.site.Find("workbook", c.req.PathValue("id")) == nil {
		return c.fail("404006")
	}
	return c.image()
}

func (c *call) image() reply {
	return reply{status: http.StatusOK, contentType: "image/png", body: c.png}
}
