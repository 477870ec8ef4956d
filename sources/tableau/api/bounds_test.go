package api_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"

	"darkroom/sources/disk/disktest"
	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/tableautest"
)

// An answer that unpacks to far more than it is, is refused at once, whatever was asked.
func TestGzipBombs(t *testing.T) {
	bomb := disktest.GzipBomb(t, `{"data":{`)
	for path, ask := range map[string]func(context.Context, *api.Client) error{
		"serverinfo":  func(ctx context.Context, c *api.Client) error { _, err := c.Hello(ctx); return err },
		"auth/signin": func(ctx context.Context, c *api.Client) error { return c.Connect(ctx) },
		"graphql":     func(ctx context.Context, c *api.Client) error { _, err := c.Query(ctx, "{a}", nil); return err },
		"projects":    func(ctx context.Context, c *api.Client) error { _, err := listProjects(ctx, c); return err },
		"content": func(ctx context.Context, c *api.Client) error {
			_, err := c.Download(ctx, "workbooks", "x")
			return err
		},
	} {
		t.Run(path, func(t *testing.T) {
			real := newServer(t, tableautest.Options{})
			asked := 0
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !strings.HasSuffix(r.URL.Path, path) {
					real.ServeHTTP(w, r)
					return
				}
				asked++
				w.Header().Set("Content-Encoding", "gzip")
				_, _ = w.Write(bomb) // ends where the client stops
			}))
			defer srv.Close()
			c := connect(t, srv.URL, nil)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := ask(context.Background(), c)
			runtime.ReadMemStats(&after)
			if err == nil || !strings.Contains(err.Error(), "packed more than 200 times") {
				t.Errorf("%v", err)
			}
			if got := after.TotalAlloc - before.TotalAlloc; got > 128<<20 {
				t.Errorf("%d MB", got>>20)
			}
			if asked != 1 {
				t.Errorf("asked %d times", asked)
			}
		})
	}
}

// Every kind of answer may come in gzip, also an empty one; what is cut off is tried again.
func TestGzipEverywhere(t *testing.T) {
	real := newServer(t, tableautest.Options{})
	cuts := 1
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if got := r.Header.Get("Accept-Encoding"); got != "gzip" {
			t.Errorf("%s asks for %q", r.URL.Path, got)
		}
		r.Header.Del("Accept-Encoding") // packed here, and not there as well
		rec := httptest.NewRecorder()
		real.ServeHTTP(rec, r)
		var out []byte
		if rec.Body.Len() > 0 {
			out = disktest.Gzip(t, rec.Body.Bytes())
		}
		if strings.HasSuffix(r.URL.Path, "projects") && cuts > 0 {
			cuts--
			out = out[:len(out)/2]
		}
		w.Header().Set("Content-Type", rec.Header().Get("Content-Type"))
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(rec.Code)
		_, _ = w.Write(out)
	}))
	defer srv.Close()
	c := connect(t, srv.URL, nil)
	if n, err := listProjects(context.Background(), c); err != nil || n == 0 || cuts != 0 {
		t.Errorf("%d projects, %v", n, err)
	}
	if err := c.Close(context.Background()); err != nil {
		t.Error(err)
	}
}

// After Close no connection is left: the server sees each one end.
func TestCloseEndsConnections(t *testing.T) {
	real := newServer(t, tableautest.Options{})
	for range 3 {
		open, closed := make(chan struct{}, 100), make(chan struct{}, 100)
		srv := httptest.NewUnstartedServer(real)
		srv.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				open <- struct{}{}
			case http.StateClosed, http.StateHijacked:
				closed <- struct{}{}
			}
		}
		srv.Start()
		c := connect(t, srv.URL, nil)
		var all sync.WaitGroup
		for range 6 {
			all.Go(func() {
				if _, err := listProjects(context.Background(), c); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if err := c.Close(context.Background()); err != nil {
			t.Error(err)
		}
		for range len(open) { // each is a connection that has to end; otherwise this waits for ever
			<-closed
		}
		srv.Close()
	}
}
