package fetch

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
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
		srv := answering(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "graphql") {
				fmt.Fprintf(w, `{"data":{"list":%s}}`, list)
				return
			}
			fmt.Fprintf(w, `{"projects":%s,"users":[7],"views":{"view":%s},"items":%s,"pagination":{"totalAvailable":"9"}}`, list, list, list)
		})
		c := connect(t, srv.URL)
		s, err := Fetch(context.Background(), c, Options{})
		if err == nil && len(s.Partial) == 0 {
			t.Errorf("answer %d was taken for a whole site", i)
		}
		srv.Close()
	}
}

// answering is a server that lets everybody in.
func answering(handle http.HandlerFunc) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "serverinfo"):
			fmt.Fprint(w, `{"serverInfo":{"productVersion":{"value":"1"},"restApiVersion":"3.28"}}`)
		case strings.HasSuffix(r.URL.Path, "signin"):
			fmt.Fprint(w, `{"credentials":{"token":"t","site":{"id":"s"},"user":{"id":"u"}}}`)
		default:
			handle(w, r)
		}
	}))
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
		want    string // "none" is no list at all
		told    string // part of the hole or note
	}{
		{"nothing", ` {}`, "", ""},
		{"an empty list", ` {"items":{},"pagination":{"totalAvailable":"0"}}`, "", ""},
		{"not a list", ` {"items":7}`, "none", "no list that is known"},
		{"not objects", ` {"items":[null,7,"x",[]]}`, "none", "no list that is known"},
		{"one", ` {"items":{"item":{"id":1}}}`, `{"id":1}`, ""},
		{"another name", ` {"data":{"rows": [ {"luid":"x"} ]}}`, "none", "no list that is known"},
		{"another name inside", ` {"items":{"rows":[{"luid":"x"}]}}`, "none", "no list that is known"},
		{"another id", ` {"items":[{"itemLuid":"a"},{"itemLuid":"b"}]}`, "none", "no list that is known"},
		{"an id further inside", ` {"items":[{"item":{"luid":"a"}}]}`, "none", "no list that is known"},
		{"one of two without an id", ` {"items":[{"id":1},{"itemLuid":"b"}]}`, `{"id":1}`, "1 are here, and some"},
		{"a null among them", ` {"items":[{"id":1},null]}`, `{"id":1}`, "1 are here, and some"},
		{"half of it is no list", ` {"items":[{"id":1}],"next":"?page=1"}` + "\npage=1 " + `{"items":"x"}`, `{"id":1}`, "1 are here, and some"},
		{"more in pages of the older family", ` {"pagination":{"pageSize":"1","totalAvailable":"5"},"items":{"item":[{"id":1}]}}`, `{"id":1}`, "counts 5 and gave 1"},
		{"more by total", ` {"total":5,"items":[{"id":1},{"id":1}]}`, `{"id":1}`, "counts 5 and gave 1"},
		{"more by totalCount", ` {"totalCount":2,"items":[]}`, "", "counts 2 and gave 0"},
		{"more hits", ` {"hits":{"total":3,"limit":1,"items":[{"content":{"luid":"x"}}]}}`, `{"content":{"luid":"x"}}`, "counts 3 and gave 1"},
		{"as many as counted", ` {"total":2,"items":[{"id":1}],"next":"?page=1"}` + "\npage=1 " + `{"total":2,"items":[{"id":2}]}`, `{"id":1} {"id":2}`, ""},
		{"a token", ` {"items":[{"id":1}],"pagination":{"next_page_token":"x&y"}}` + "\npage_token=x%26y " + `{"items":[{"id":2}],"next_page_token":null}`, `{"id":1} {"id":2}`, ""},
		{"an empty page", ` {"nextPageToken":"x"}` + "\npageToken=x " + `{"items":[{"id":2}]}`, `{"id":2}`, ""},
		{"an address", ` {"items":[{"id":1}],"next":"https://elsewhere.example.com/x?page=1"}` + "\npage=1 " + `{"items":[{"id":2}],"next":false}`, `{"id":1} {"id":2}`, ""},
		{"an address among links", ` {"items":[{"id":1}],"links":{"next":"/x?page=1"}}` + "\npage=1 " + `{"items":[{"id":2}],"links":{"next":""}}`, `{"id":1} {"id":2}`, ""},
		{"no way on", ` {"items":[{"id":1}],"next":"more"}`, `{"id":1}`, "stopped after 1"},
		{"another way on", ` {"items":[{"id":1}],"links":{"next":{"href":"/x?page=1"}}}`, `{"id":1}`, "stopped after 1"},
		{"the same again", ` {"items":[{"id":1}],"next":"?page=1"}` + "\npage=1 " + `{"items":[{"id":1}],"next":"?page=2"}`, `{"id":1}`, "stopped after 1"},
		{"a bad address", ` {"items":[{"id":1}],"next":"?%zz"}`, `{"id":1}`, "stopped after 1"},
	} {
		answers := map[string]string{}
		for line := range strings.Lines(test.answers) {
			query, answer, _ := strings.Cut(line, " ")
			answers[query] = answer
		}
		srv := answering(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, answers[r.URL.RawQuery]) })
		f := &fetcher{client: connect(t, srv.URL), scratch: &scratch{}}
		got, err := f.resources(context.Background(), "things", "things", "item")
		srv.Close()
		told := strings.Join(append(f.holes, f.notes...), "; ")
		list := strings.Join(got, " ")
		if got == nil {
			list = "none"
		}
		if err != nil || list != test.want {
			t.Errorf("%s: %q, %v", test.name, got, err)
		}
		if (told == "") != (test.told == "") || !strings.Contains(told, test.told) {
			t.Errorf("%s: told %q", test.name, told)
		}
	}
}

// A list whose length nobody tells goes on for as long as its pages are full.
func TestUncountedList(t *testing.T) {
	for _, length := range []int{0, 999, 1000, 1001, 2000} {
		srv := answering(func(w http.ResponseWriter, r *http.Request) {
			var number int
			fmt.Sscan(r.URL.Query().Get("pageNumber"), &number)
			var users []string
			for i := (number - 1) * 1000; i < min(number*1000, length); i++ {
				users = append(users, fmt.Sprintf(`{"id":"%d"}`, i))
			}
			fmt.Fprintf(w, `{"users":{"user":[%s]}}`, strings.Join(users, ","))
		})
		f := &fetcher{client: connect(t, srv.URL), rest: map[string]*list{"users": newList()}, scratch: &scratch{}}
		err := f.restPages(t.Context(), restList{list: "users", inner: "user", words: "users"})
		srv.Close()
		if got := len(f.rest["users"].entries); err != nil || got != length || len(f.holes) > 0 {
			t.Errorf("%d of %d, %v, %q", got, length, err, f.holes)
		}
	}
}

// What a server lists and then does not give by id is told.
func TestDetailsThatDoNotCome(t *testing.T) {
	kept, _, err := openScratch(filepath.Join(t.TempDir(), "x.partial"), head{})
	if err != nil {
		t.Fatal(err)
	}
	f := &fetcher{lists: map[string]*list{"sheets": newList()}, scratch: kept}
	for came, whole := range map[string]bool{
		`[{"id":"a"},{"id":"b"}]`: true, `[{"id":"a"},{"id":"a"}]`: false,
		`[null,7,[],{},{"id":null},{"id":"b"},{"id":"a"}]`: true, `[{"id":"a"},null]`: false,
	} {
		for _, paged := range []bool{false, true} {
			f.holes = nil
			d := &detailing{fetcher: f, st: &stage{list: "sheets", words: "sheets"}, sel: selection{{name: "fields"}}, paged: paged}
			came := strings.ReplaceAll(came, `"}`, `","fieldsConnection":{"pageInfo":{"hasNextPage":false}}}`)
			if err := d.take(t.Context(), []string{"a", "b"}, gjson.Parse(came).Array()); err != nil {
				t.Fatal(err)
			}
			if (len(f.holes) == 0) != whole {
				t.Errorf("%s: %q", came, f.holes)
			}
		}
	}
}

// Ids are the server's, whatever is in them.
func TestDetailsOfOddIDs(t *testing.T) {
	for _, id := range []string{"a\x01b", "a\u200bb", `a"b\`, "é\U000E0001"} {
		srv := answering(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, `{"data":{"list":{"nodes":[]}}}`) })
		f := &fetcher{client: connect(t, srv.URL), lists: map[string]*list{"sheets": newList()}, scratch: &scratch{}, schema: &schema{}}
		f.lists["sheets"].add(`{"id":` + quote(id) + `}`)
		d := &detailing{fetcher: f, st: &stage{list: "sheets", typ: "Sheet", words: "sheets"}, sel: selection{{name: "fields"}}, paged: true}
		err := d.one(t.Context(), id, outcome{}, nil)
		srv.Close()
		if got := f.lists["sheets"].entry(id); err != nil || !gjson.Valid(got) || !gjson.Get(got, "fields").IsArray() {
			t.Errorf("%q: %v, %s", id, err, got)
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
