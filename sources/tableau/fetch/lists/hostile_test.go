package lists

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/fetch/canonical"
	"darkroom/sources/tableau/fetch/fetchtest"
	"darkroom/sources/tableau/fetch/gathered"
	"darkroom/sources/tableau/snapshot"
)

// A list of the newer family ends whatever the server says about more, and never
// leads to another one.
func TestResources(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers string // by query, "query answer" on each line
		want    string // "none" is no list at all
		said    string // part of the gap or note
	}{
		{"nothing", ` {}`, "", ""},
		{"an empty list", ` {"items":{},"pagination":{"totalAvailable":"0"}}`, "", ""},
		{"not a list", ` {"items":7}`, "none", "no known list"},
		{"not objects", ` {"items":[null,7,"x",[]]}`, "none", "no known list"},
		{"one", ` {"items":{"item":{"id":1}}}`, `{"id":1}`, ""},
		{"another name", ` {"data":{"rows": [ {"luid":"x"} ]}}`, "none", "no known list"},
		{"another name inside", ` {"items":{"rows":[{"luid":"x"}]}}`, "none", "no known list"},
		{"another id", ` {"items":[{"itemLuid":"a"},{"itemLuid":"b"}]}`, "none", "no known list"},
		{"an id further inside", ` {"items":[{"item":{"luid":"a"}}]}`, "none", "no known list"},
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
		srv := fetchtest.Answering(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, answers[r.URL.RawQuery]) })
		s := fetchtest.Session(t, srv.URL, fetchtest.NoPages(t), nil, nil)
		got, err := resources(context.Background(), s, "things", "things", "item")
		srv.Close()
		found := s.Found.Other()
		said := strings.Join(append(found.Gaps, found.Notes...), "; ")
		list := strings.Join(got, " ")
		if got == nil {
			list = "none"
		}
		if err != nil || list != test.want {
			t.Errorf("%s: %q, %v", test.name, got, err)
		}
		if (said == "") != (test.said == "") || !strings.Contains(said, test.said) {
			t.Errorf("%s: said %q", test.name, said)
		}
	}
}

// A list of unknown length goes on for as long as its pages are full.
func TestUncountedList(t *testing.T) {
	for _, length := range []int{0, 999, 1000, 1001, 2000} {
		srv := fetchtest.Answering(func(w http.ResponseWriter, r *http.Request) {
			var number int
			fmt.Sscan(r.URL.Query().Get("pageNumber"), &number)
			var users []string
			for i := (number - 1) * 1000; i < min(number*1000, length); i++ {
				users = append(users, fmt.Sprintf(`{"id":"%d"}`, i))
			}
			fmt.Fprintf(w, `{"users":{"user":[%s]}}`, strings.Join(users, ","))
		})
		s := fetchtest.Session(t, srv.URL, fetchtest.NoPages(t), nil, []string{"users"})
		err := Rest(t.Context(), s, RestList{Name: "users", inner: "user", words: "users"})
		srv.Close()
		if got, gaps := s.Found.Rest["users"].Len(), s.Found.Other().Gaps; err != nil || got != length || len(gaps) > 0 {
			t.Errorf("%d of %d, %v, %q", got, length, err, gaps)
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
		p, _ := ReadPage(gjson.Parse(text))
		l := gathered.NewList(nil)
		for _, n := range p.Nodes {
			if !gjson.Valid(n) {
				t.Fatalf("%q", n)
			}
			if again := canonical.JSON(gjson.Parse(n)); again != n {
				t.Fatalf("%q is not canonical: %q", n, again)
			}
			l.Add(n)
			l.Extend(gjson.Get(n, "id").String(), canonical.JSON(gjson.Parse(more)))
		}
		var b bytes.Buffer
		d := snapshot.Document{Metadata: []snapshot.Member{{Name: "list", List: l.Sorted}}}
		if err := d.WriteText(&b); err != nil {
			t.Fatal(err)
		}
		if !gjson.Valid(b.String()) {
			t.Fatalf("%q", b.String())
		}
	})
}
