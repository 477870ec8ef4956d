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
		c, err := api.New(api.Config{
			Server: srv.URL, Credentials: api.Credentials{TokenName: "n", TokenSecret: "s"}, WaitMin: time.Microsecond, WaitMax: time.Microsecond,
		})
		if err != nil {
			t.Fatal(err)
		}
		s, err := Fetch(context.Background(), c, Options{})
		if err == nil && len(s.Partial) == 0 {
			t.Errorf("answer %d was taken for a whole site", i)
		}
		srv.Close()
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
