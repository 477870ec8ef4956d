package fetch

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"darkroom/sources/tableau/fetch/fetchtest"
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
		srv := fetchtest.Answering(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "graphql") {
				fmt.Fprintf(w, `{"data":{"list":%s}}`, list)
				return
			}
			fmt.Fprintf(w, `{"projects":%s,"users":[7],"views":{"view":%s},"items":%s,"pagination":{"totalAvailable":"9"}}`, list, list, list)
		})
		c := fetchtest.Connect(t, srv.URL)
		s, err := Fetch(context.Background(), c, Options{})
		if err == nil && len(s.Partial) == 0 {
			t.Errorf("answer %d was taken for a whole site", i)
		}
		srv.Close()
	}
}
