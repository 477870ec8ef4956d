package fetch

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
)

// A server may answer anything: a fetch ends, with an error or a partial snapshot.
func TestHostileAnswers(t *testing.T) {
	for i, list := range []string{
		`null`, `[]`, `7`, `{}`, `{"nodes":null,"pageInfo":null}`,
		`{"nodes":[null,7,"x",[],{}],"pageInfo":{"hasNextPage":false}}`,
		`{"nodes":{"id":"a"},"pageInfo":{"hasNextPage":true,"endCursor":null}}`,
		`{"nodes":[{"id":7,"name":["x"]}],"pageInfo":{"hasNextPage":true,"endCursor":{"a":1}},"totalCount":-5}`,
		`{"nodes":[{"id":"a","name":null}],"pageInfo":{"hasNextPage":true,"endCursor":"same"},"totalCount":1e18}`,
		`{"nodes":[{"id":"a"}],"pageInfo":{"hasNextPage":"false"}}`,
		strings.Repeat(`{"nodes":[`, 60_000) + strings.Repeat(`]}`, 60_000),
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "serverinfo"):
				fmt.Fprint(w, `{"serverInfo":{"productVersion":{"value":"1"},"restApiVersion":"3.28"}}`)
			case strings.HasSuffix(r.URL.Path, "signin"):
				fmt.Fprint(w, `{"credentials":{"token":"t","site":{"id":"s"},"user":{"id":"u"}}}`)
			case strings.HasSuffix(r.URL.Path, "graphql"):
				fmt.Fprintf(w, `{"data":{"list":%s}}`, list)
			default:
				fmt.Fprintf(w, `{"projects":%s,"users":[7],"views":{"view":%s},"items":%s,"pagination":{"totalAvailable":"9"}}`, list, list, list)
			}
		}))
		c := connect(t, srv.URL)
		s, err := Fetch(context.Background(), c, Options{})
		if err == nil && len(s.Partial) == 0 {
			t.Errorf("answer %d was taken for a whole site", i)
		}
		srv.Close()
	}
}

func connect(t *testing.T, server string) *api.Client {
	t.Helper()
	c, err := api.New(api.Config{
		Server: server, Credentials: api.Credentials{TokenName: "n", TokenSecret: "s"}, WaitMin: time.Microsecond, WaitMax: time.Microsecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A list of the newer family ends whatever the server says about more, and never
// leads to another one.
func TestResources(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers string // by query, "query answer" on each line
		want    string
		told    string // part of the hole or note
	}{
		{"nothing", ` {}`, "", ""},
		{"not a list", ` {"items":7}`, "", ""},
		{"not objects", ` {"items":[null,7,"x",[]]}`, "", ""},
		{"one", ` {"items":{"item":{"a":1}}}`, `{"a":1}`, ""},
		{"another name", ` {"data":{"rows": [ {"luid":"x"} ]}}`, "", "no list that is known"},
		{"a token", ` {"items":[{"a":1}],"pagination":{"next_page_token":"x&y"}}` + "\npage_token=x%26y " + `{"items":[{"a":2}],"next_page_token":null}`, `{"a":1} {"a":2}`, ""},
		{"an empty page", ` {"nextPageToken":"x"}` + "\npageToken=x " + `{"items":[{"a":2}]}`, `{"a":2}`, ""},
		{"an address", ` {"items":[{"a":1}],"next":"https://elsewhere.example.com/x?page=1"}` + "\npage=1 " + `{"items":[{"a":2}],"next":false}`, `{"a":1} {"a":2}`, ""},
		{"no way on", ` {"items":[{"a":1}],"next":"more"}`, `{"a":1}`, "stopped after 1"},
		{"the same again", ` {"items":[{"a":1}],"next":"?page=1"}` + "\npage=1 " + `{"items":[{"a":1}],"next":"?page=2"}`, `{"a":1}`, "stopped after 1"},
		{"a bad address", ` {"items":[{"a":1}],"next":"?%zz"}`, `{"a":1}`, "stopped after 1"},
	} {
		answers := map[string]string{}
		for line := range strings.Lines(test.answers) {
			query, answer, _ := strings.Cut(line, " ")
			answers[query] = answer
		}
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "serverinfo"):
				fmt.Fprint(w, `{"serverInfo":{"productVersion":{"value":"1"},"restApiVersion":"3.28"}}`)
			case strings.HasSuffix(r.URL.Path, "signin"):
				fmt.Fprint(w, `{"credentials":{"token":"t","site":{"id":"s"},"user":{"id":"u"}}}`)
			default:
				fmt.Fprint(w, answers[r.URL.RawQuery])
			}
		}))
		f := &fetcher{client: connect(t, srv.URL), scratch: &scratch{}}
		got, err := f.resources(context.Background(), "things", "things", "item")
		srv.Close()
		told := strings.Join(append(f.holes, f.notes...), "; ")
		if err != nil || strings.Join(got, " ") != test.want || (got == nil) != (test.name == "another name") {
			t.Errorf("%s: %q, %v", test.name, got, err)
		}
		if (told == "") != (test.told == "") || !strings.Contains(told, test.told) {
			t.Errorf("%s: told %q", test.name, told)
		}
	}
}

// What a server lists and then does not give by id is told.
func TestDetailsThatDoNotCome(t *testing.T) {
	f := &fetcher{lists: map[string]*list{"sheets": newList()}, scratch: &scratch{}}
	d := &detailing{fetcher: f, st: &stage{list: "sheets", words: "sheets"}}
	for _, came := range []string{`[{"id":"a"},{"id":"b"}]`, `[{"id":"a"},{"id":"a"}]`} {
		if err := d.take(t.Context(), []string{"a", "b"}, gjson.Parse(came).Array()); err != nil {
			t.Fatal(err)
		}
		if told := len(f.holes) > 0; told == strings.Contains(came, `"b"`) {
			t.Errorf("%s: %q", came, f.holes)
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add(`{"nodes":[{"id":"a","l":[{"b":1,"a":2},{"a":2,"b":1}]}],"pageInfo":{"hasNextPage":true,"endCursor":"x"}}`, `{"id":"a","m":[1]}`)
	f.Add(`{"nodes":[{}],"pageInfo":{"hasNextPage":false}}`, `{}`)
	f.Fuzz(func(t *testing.T, text, more string) {
		if !gjson.Valid(text) || !gjson.Valid(more) || !gjson.Parse(more).IsObject() || strings.Count(text+more, "[")+strings.Count(text+more, "{") > 100 {
			return
		}
		p, _ := readPage(gjson.Parse(text))
		l := newList()
		for _, n := range p.nodes {
			if !gjson.Valid(n) {
				t.Fatalf("%q", n)
			}
			if again := canon(gjson.Parse(n)); again != n {
				t.Fatalf("%q is not canonical: %q", n, again)
			}
			l.add(n)
			l.extend(gjson.Get(n, "id").String(), canon(gjson.Parse(more)))
		}
		var b bytes.Buffer
		out := bufio.NewWriter(&b)
		member{name: "list", rows: l.sorted()}.write(out)
		out.Flush()
		if !gjson.Valid("{" + b.String() + "}") {
			t.Fatalf("%q", b.String())
		}
	})
}
