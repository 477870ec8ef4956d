package demo

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"strings"
	"time"

	"darkroom/sources/project/config"
	"darkroom/sources/tableau"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/trust"
)

// live is the example's sites served by fake servers in this process, so that
// syncing can be tried without Tableau. They have moved on since the example's
// snapshots were taken: a first sync brings changes.
type live struct {
	credentials map[string]api.Credentials // by site: each has a token of its own, so they sync at once
	servers     map[string]trust.Confirmed // by site
	stops       []func()
}

// GoLive starts a server for each site of the example and names them in its
// darkroom.yml, where sites come before export.
func (d *Demo) GoLive() error {
	d.live = &live{credentials: map[string]api.Credentials{}, servers: map[string]trust.Confirmed{}}
	conf, err := config.Load(d.Root())
	if err != nil {
		return err
	}
	yml := "# The example with servers to sync with, on this computer.\nsites:\n"
	for _, s := range conf.Sites {
		known, err := tableau.Load(context.Background(), []string{conf.Path(s.Snapshot)}, tableau.Options{})
		if err != nil {
			return err
		}
		url, err := d.live.serve(s.Name, conf.Path(s.Snapshot))
		if err != nil {
			return err
		}
		yml += fmt.Sprintf("  - {name: %s, server: %q, site: %q, public_url: %q, snapshot: %s}\n",
			s.Name, url, known[0].ContentURL, known[0].Server, s.Snapshot)
	}
	old, err := os.ReadFile(conf.File)
	if err != nil {
		return err
	}
	_, export, _ := strings.Cut(string(old), "\nexport:")
	return os.WriteFile(conf.File, []byte(yml+"export:"+export), 0o644)
}

// Credentials sign in to a site of the example, when it is live.
func (d *Demo) Credentials(site string) (cred api.Credentials, ok bool) {
	if d == nil || d.live == nil {
		return cred, false
	}
	return d.live.credentials[site], true
}

// Server is the server of a site of the example, when it is live.
func (d *Demo) Server(site string) (server trust.Confirmed, ok bool) {
	if d == nil || d.live == nil {
		return server, false
	}
	server, ok = d.live.servers[site]
	return server, ok
}

// serve starts a server for the site of a snapshot.
func (l *live) serve(site, snapshot string) (url string, err error) {
	data, err := os.ReadFile(snapshot)
	if err != nil {
		return "", err
	}
	if data, err = later(data); err != nil {
		return "", err
	}
	opt := tableautest.Options{Snapshots: [][]byte{data}, RESTVersion: "3.28"}
	token := tableautest.PAT{Name: site, Secret: tableautest.DefaultPATSecret, Username: tableautest.New(opt).Username()}
	l.credentials[site] = api.Credentials{TokenName: token.Name, TokenSecret: token.Secret}
	opt.PATs = []tableautest.PAT{token}
	server := tableautest.New(opt)
	// As slow as a real one, so that there is something to see.
	server.Inject(tableautest.Fault{Delay: 80 * time.Millisecond, Times: -1})
	if err := server.Err(); err != nil {
		return "", err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	l.stops = append(l.stops, server.On(listener, nil))
	l.servers[site] = trust.Listening(listener)
	return l.servers[site].Address(), nil
}

func (l *live) stop() {
	if l != nil {
		for _, stop := range l.stops {
			stop()
		}
	}
}

// later is a site some weeks on: of its dashboards one is renamed, one is gone and
// one is new.
func later(snapshot []byte) ([]byte, error) {
	zr, err := gzip.NewReader(bytes.NewReader(snapshot))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(zr)
	if err != nil {
		return nil, err
	}
	var site map[string]any
	if err := json.Unmarshal(text, &site); err != nil {
		return nil, err
	}
	metadata, _ := site["metadata"].(map[string]any)
	list, _ := metadata["dashboards"].([]any)
	if len(list) < 3 {
		return nil, errors.New("the example has too few dashboards to move on")
	}
	renamed, _ := list[1].(map[string]any)
	copied, _ := list[2].(map[string]any)
	added := maps.Clone(copied)
	for _, id := range []string{"id", "luid", "documentViewId"} {
		added[id] = "1a7e1a7e" + fmt.Sprint(copied[id])[8:]
	}
	added["name"], added["path"] = fmt.Sprint(copied["name"], " by Week"), fmt.Sprint(copied["path"], "byWeek")
	renamed["name"] = fmt.Sprint(renamed["name"], " and Month")
	metadata["dashboards"] = append(list, added)
	gone, _ := list[0].(map[string]any)
	return json.Marshal(WithoutObject(site, gone["id"]))
}

// WithoutObject is a JSON value without that id in any of its lists: neither the object
// nor links to it.
func WithoutObject(v, id any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			v[key] = WithoutObject(member, id)
		}
	case []any:
		kept := []any{}
		for _, entry := range v {
			if o, ok := entry.(map[string]any); !ok || o["id"] != id {
				kept = append(kept, WithoutObject(entry, id))
			}
		}
		return kept
	}
	return v
}
