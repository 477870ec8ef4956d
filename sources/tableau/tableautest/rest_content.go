package tableautest

import (
	"mime"
	"net/http"
	"strings"
)

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
