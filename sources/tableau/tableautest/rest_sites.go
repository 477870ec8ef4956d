package tableautest

import (
	"net/http"
)

func (c *call) siteDetail(st *site) elem {
	e := c.siteElem(st)
	e.attrs = append(e.attrs, attr{"name", st.name}, attr{"state", "Active"})
	return e
}

// siteList is a server administrator's; here every user is one.
func (c *call) siteList() reply {
	var all []elem
	for _, st := range c.sites {
		all = append(all, c.siteDetail(st))
	}
	return c.list("sites", all)
}

// siteByKey shows the session's own site, by LUID, or as ?key= says.
func (c *call) siteByKey() reply {
	own := map[string]string{"": c.site.luid, "name": c.site.name, "contentUrl": c.site.contentURL}
	if value, ok := own[c.req.URL.Query().Get("key")]; !ok || value != c.req.PathValue("id") {
		return c.fail("404000")
	}
	return c.rest(http.StatusOK, c.siteDetail(c.site))
}

// legacyInfo is where TSC reads the product version of servers without
// serverinfo; 9.3 is the last of them.
func (c *call) legacyInfo() reply {
	if c.sw.ServerInfoError == "" {
		return c.fail("404003")
	}
	return reply{
		status: http.StatusOK, contentType: "application/xml",
		body: []byte(`<authinfo><version version="0.31"><product_version>9.3</product_version></version></authinfo>`),
	}
}
