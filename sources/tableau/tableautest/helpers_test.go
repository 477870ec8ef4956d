package tableautest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// client talks to a server the plain way, in JSON.
type client struct {
	t     *testing.T
	s     *Server
	url   string
	http  *http.Client
	token string
	site  string // LUID
	v     string // REST version in the path
}

func testdata(t testing.TB, names ...string) [][]byte {
	t.Helper()
	var out [][]byte
	for _, name := range names {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, data)
	}
	return out
}

// start serves the test site, and the default one beside it, signed out.
func start(t *testing.T, opt Options) *client {
	t.Helper()
	if opt.Snapshots == nil {
		opt.Snapshots = testdata(t, "site.json", "default.json")
	}
	s := New(opt)
	return &client{t: t, s: s, url: s.Serve(t), http: defaultClient(), v: s.opt.RESTVersion}
}

// defaultClient shows redirects instead of following them.
func defaultClient() *http.Client {
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// enter is start and a sign-in by PAT on the test site.
func enter(t *testing.T, opt Options) *client {
	t.Helper()
	c := start(t, opt)
	c.enter("shop")
	return c
}

func (c *client) enter(site string) {
	c.t.Helper()
	got := c.signIn(patCredentials(site))
	if got.status != 200 {
		c.t.Fatalf("sign-in: %d %s", got.status, got.body)
	}
	c.token, c.site = got.text("credentials.token"), got.text("credentials.site.id")
}

func patCredentials(site string) map[string]any {
	return map[string]any{
		"personalAccessTokenName": DefaultPATName, "personalAccessTokenSecret": DefaultPATSecret,
		"site": map[string]any{"contentUrl": site},
	}
}

func (c *client) signIn(credentials map[string]any) answered {
	c.t.Helper()
	return c.post("/api/"+c.v+"/auth/signin", map[string]any{"credentials": credentials})
}

// answered is a whole answer.
type answered struct {
	status int
	header http.Header
	body   string
}

func (a answered) get(path string) gjson.Result { return gjson.Get(a.body, path) }
func (a answered) text(path string) string      { return a.get(path).String() }

// code is the code of a REST error, or the status for those without.
func (a answered) code() string {
	if code := a.text("error.code"); code != "" {
		return code
	}
	return http.StatusText(a.status)
}

func (c *client) do(method, path, body string, header ...string) answered {
	c.t.Helper()
	got, err := c.try(method, path, body, header...)
	if err != nil {
		c.t.Fatal(err)
	}
	return got
}

func (c *client) try(method, path, body string, header ...string) (answered, error) {
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.url+path, strings.NewReader(body))
	if err != nil {
		return answered{}, err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		req.Header.Set("X-Tableau-Auth", c.token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	res, err := c.http.Do(req)
	if err != nil {
		return answered{}, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	return answered{res.StatusCode, res.Header, string(data)}, err
}

func (c *client) get(path string, header ...string) answered {
	c.t.Helper()
	return c.do("GET", path, "", header...)
}

// rest asks for something of the site.
func (c *client) rest(path string) answered {
	c.t.Helper()
	return c.get("/api/" + c.v + "/sites/" + c.site + "/" + path)
}

func (c *client) post(path string, body any) answered {
	c.t.Helper()
	return c.do("POST", path, marshal(c.t, body))
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// query sends GraphQL; pairs are variables.
func (c *client) query(text string, pairs ...any) answered {
	c.t.Helper()
	vars := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		vars[pairs[i].(string)] = pairs[i+1]
	}
	return c.post("/api/metadata/graphql", map[string]any{"query": text, "variables": vars})
}

// texts joins all values a path finds.
func (a answered) texts(path string) string {
	var out []string
	for _, v := range a.get(path).Array() {
		out = append(out, v.String())
	}
	return strings.Join(out, " ")
}

func (c *client) want(what, got, want string) {
	c.t.Helper()
	if got != want {
		c.t.Errorf("%s: got %q, want %q", what, got, want)
	}
}
