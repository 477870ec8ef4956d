package tableautest

import (
	"encoding/xml"
	"strings"
	"testing"
)

func TestServerInfo(t *testing.T) {
	for _, version := range []string{"3.4", "3.22", "3.28"} {
		c := start(t, Options{RESTVersion: version})
		for _, spelling := range []string{"serverinfo", "serverInfo"} {
			got := c.get("/api/2.4/" + spelling)
			c.want(spelling, got.text("serverInfo.restApiVersion"), version)
			c.want("product", got.text("serverInfo.productVersion.value"), "2024.1.0")
		}
		c.want("a later version than the server's", c.get("/api/3.99/serverinfo").code(), "404003")
		c.want("not a version", c.get("/api/latest/serverinfo").code(), "404003")
	}
}

func TestServerInfoOfOldAndClosedServers(t *testing.T) {
	for _, code := range []string{"404003", "404001"} {
		c := start(t, Options{Switches: Switches{ServerInfoError: code}})
		c.want("old server", c.get("/api/2.4/serverinfo").code(), code)
	}
	old := start(t, Options{Switches: Switches{ServerInfoError: "404003"}})
	if got := old.get("/auth?format=xml").body; !strings.Contains(got, "<product_version>9.3</product_version>") {
		t.Error(got)
	}
	c := start(t, Options{Switches: Switches{ServerInfoNeedsAuth: true}})
	c.want("only old servers have it", c.get("/auth?format=xml").code(), "404003")
	c.want("without a session", c.get("/api/2.4/serverinfo").code(), "401000")
	c.enter("shop")
	c.want("with one", c.get("/api/2.4/serverinfo").text("serverInfo.restApiVersion"), "3.22")
}

// XML is what is spoken unless JSON is asked for.
func TestXMLByDefault(t *testing.T) {
	c := start(t, Options{})
	info := c.get("/api/2.4/serverInfo", "Accept", "*/*")
	var doc struct {
		XMLName xml.Name `xml:"http://tableau.com/api tsResponse"`
		Info    struct {
			Product struct {
				Build string `xml:"build,attr"`
				Text  string `xml:",chardata"`
			} `xml:"productVersion"`
			Version string `xml:"restApiVersion"`
		} `xml:"serverInfo"`
	}
	if err := xml.Unmarshal([]byte(info.body), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Info.Version != "3.22" || doc.Info.Product.Text != "2024.1.0" || doc.Info.Product.Build == "" {
		t.Errorf("%+v in %s", doc, info.body)
	}
	body := `<tsRequest><credentials name="ann@example.com" password="password"><site contentUrl="shop"/></credentials></tsRequest>`
	in := c.do("POST", "/api/3.22/auth/signin", body, "Accept", "text/xml", "Content-Type", "text/xml")
	if in.status != 200 || !strings.Contains(in.body, `<site id="`) || !strings.Contains(in.body, `contentUrl="shop"`) {
		t.Errorf("%d %s", in.status, in.body)
	}
	bad := c.do("POST", "/api/3.22/auth/signin", strings.Replace(body, `"password"`, `"wrong"`, 1), "Accept", "")
	if bad.status != 401 || !strings.Contains(bad.body, `<error code="401001"><summary>Signin Error</summary>`) {
		t.Errorf("%d %s", bad.status, bad.body)
	}
}

func TestSignIn(t *testing.T) {
	on := func(site string, pairs ...string) map[string]any {
		out := map[string]any{"site": map[string]any{"contentUrl": site}}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = pairs[i+1]
		}
		return out
	}
	const pat, secret = "personalAccessTokenName", "personalAccessTokenSecret"
	for _, tc := range []struct {
		name        string
		credentials map[string]any
		code        string
	}{
		{"PAT", patCredentials("shop"), "OK"},
		{"PAT on the default site", patCredentials(""), "OK"},
		{"PAT without naming a site", map[string]any{pat: DefaultPATName, secret: DefaultPATSecret}, "OK"},
		{"wrong PAT secret", on("shop", pat, DefaultPATName, secret, "x"), "401001"},
		{"unknown PAT", on("shop", pat, "x", secret, DefaultPATSecret), "401001"},
		{"password", on("shop", "name", "ann@example.com", "password", DefaultPassword), "OK"},
		{"wrong password", on("shop", "name", "ann@example.com", "password", "x"), "401001"},
		{"user without password", on("shop", "name", "bo@example.com", "password", ""), "401001"},
		{"no credentials", on("shop"), "401001"},
		{"wrong site", patCredentials("nowhere"), "401001"},
		{"site by its name", patCredentials("Shop"), "401001"},
	} {
		c := start(t, Options{})
		c.want(tc.name, c.signIn(tc.credentials).code(), tc.code)
	}
	c := start(t, Options{Switches: Switches{RefusePasswords: true}})
	c.want("password under MFA", c.signIn(on("shop", "name", "ann@example.com", "password", DefaultPassword)).code(), "401001")
	c.want("not JSON", c.do("POST", "/api/3.22/auth/signin", "{").code(), "400000")

	only := start(t, Options{Snapshots: testdata(t, "site.json")})
	only.want("default site where there is none", only.signIn(patCredentials("")).code(), "401001")
}

func TestSignInAnswer(t *testing.T) {
	c := start(t, Options{})
	got := c.signIn(patCredentials(""))
	if site := got.get("credentials.site.contentUrl"); !site.Exists() || site.String() != "" {
		t.Errorf("the default site's contentUrl: %s", got.body)
	}
	c.want("user", c.signIn(patCredentials("shop")).text("credentials.user.id"), "u-ann")
}

func TestRedirectedSignIn(t *testing.T) {
	pod := start(t, Options{})
	c := start(t, Options{Switches: Switches{RedirectSignIn: pod.url}})
	got := c.signIn(patCredentials("shop"))
	if got.status != 301 || got.header.Get("Location") != pod.url+"/api/3.22/auth/signin" {
		t.Errorf("%d to %q", got.status, got.header.Get("Location"))
	}
	c.want("at the new host", pod.signIn(patCredentials("shop")).code(), "OK")
}

func TestOneSessionPerPAT(t *testing.T) {
	c := enter(t, Options{})
	first := c.token
	c.enter("")
	c.want("the second", c.rest("projects").code(), "OK")
	c.token = first
	c.want("the first", c.get("/api/3.22/sessions/current").code(), "401000")

	c.s.Set(func(sw *Switches) { sw.ManySessionsPerPAT = true })
	c.enter("shop")
	first = c.token
	c.enter("shop")
	c.token = first
	c.want("with the switch", c.get("/api/3.22/sessions/current").code(), "OK")
}

func TestSessionEnds(t *testing.T) {
	c := enter(t, Options{Switches: Switches{SessionCalls: 2}})
	c.want("first call", c.rest("projects").code(), "OK")
	c.want("second", c.query("{workbooks{id}}").code(), "OK")
	c.want("third", c.rest("projects").code(), "401000")

	c = enter(t, Options{})
	if got := c.do("POST", "/api/3.22/auth/signout", ""); got.status != 204 {
		t.Errorf("sign-out: %d", got.status)
	}
	c.want("after sign-out", c.rest("projects").code(), "401000")
	c.want("second sign-out", c.do("POST", "/api/3.22/auth/signout", "").code(), "401000")
}

// The two families say "no session" in two ways (sources/tableau/API.md#rest-errors-and-sessions).
func TestBothShapesOf401(t *testing.T) {
	c := start(t, Options{})
	rest := c.get("/api/3.22/sites/x/workbooks")
	c.want("REST", rest.text("error.code")+" "+rest.text("error.summary"), "401000 Unauthorized Access")
	for _, path := range []string{"/api/metadata/graphql?query={workbooks{id}}", "/api/metadata/v1/control/backfill/status"} {
		meta := c.get(path)
		c.want("Metadata", meta.text("status")+" "+meta.text("error")+" "+meta.text("path"),
			"401 Unauthorized /relationship-service-war/graphql")
	}
	c.want("per-resource", c.get("/api/-/search", "Accept", "").text("error.code"), "401000")

	c.enter("shop")
	other := c.s.siteByURL("").LUID
	c.want("another site in the path", c.get("/api/3.22/sites/"+other+"/workbooks").code(), "401000")
	c.want("session lives on", c.rest("workbooks").code(), "OK")
}

func TestSites(t *testing.T) {
	c := enter(t, Options{})
	c.want("all", c.get("/api/3.22/sites").texts("sites.site.#.contentUrl"), "shop ")
	own := c.get("/api/3.22/sites/" + c.site)
	c.want("own", own.text("site.contentUrl")+" "+own.text("site.name"), "shop Shop")
	c.want("by content URL", c.get("/api/3.22/sites/shop?key=contentUrl").text("site.id"), c.site)
	c.want("by name", c.get("/api/3.22/sites/Shop?key=name").text("site.id"), c.site)
	for _, other := range []string{c.s.siteByURL("").LUID, "shop", "shop?key=x", "nowhere?key=contentUrl"} {
		c.want(other, c.get("/api/3.22/sites/"+other).code(), "404000")
	}
}

func TestSwitchSite(t *testing.T) {
	c := enter(t, Options{})
	to := func(site string) answered {
		return c.post("/api/3.22/auth/switchSite", map[string]any{"site": map[string]any{"contentUrl": site}})
	}
	c.want("to where one is", to("shop").code(), "403070")
	c.want("to nowhere", to("nowhere").code(), "401001")
	got := to("")
	c.want("to the default site", got.code(), "OK")
	c.want("with the old token", c.rest("projects").code(), "401000")
	c.token, c.site = got.text("credentials.token"), got.text("credentials.site.id")
	now := c.get("/api/3.22/sessions/current")
	c.want("session", now.text("session.site.id")+" "+now.text("session.user.name"), c.site+" ann@example.com")
	c.want("workbooks", c.rest("workbooks").texts("workbooks.workbook.#.name"), "Only one")
}
