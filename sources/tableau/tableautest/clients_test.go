package tableautest

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"darkroom/sources/tableau/tableautest/sitedata"
)

// The libraries that others write Tableau programs with, against this server: the
// program in clients asks, and compares with what the snapshots say. clients.sh
// makes the Python for it.
func TestRealClients(t *testing.T) {
	python := os.Getenv("DARKROOM_CLIENTS_PYTHON")
	if python == "" {
		t.Skip("real Tableau clients need DARKROOM_CLIENTS_PYTHON, a Python with their packages; run clients.sh, which makes one")
	}
	type published struct {
		ContentURL string `json:"contentUrl"`
		LUID       string `json:"luid"`
		Snapshot   string `json:"snapshot"`
	}
	var sites []published
	var snapshots [][]byte
	for _, of := range [][2]string{{"cloud", "roastery"}, {"server", ""}} {
		name, contentURL := of[0], of[1]
		data := exampleSite(t, name, contentURL)
		file := filepath.Join(t.TempDir(), name+".json")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		snapshots = append(snapshots, data)
		sites = append(sites, published{contentURL, sitedata.StableID("site", contentURL), file})
	}
	s := New(Options{Snapshots: snapshots, RESTVersion: "3.28"})
	if s.Err() != nil {
		t.Fatal(s.Err())
	}
	url := steered(t, s)
	old := New(Options{Snapshots: snapshots, RESTVersion: "3.4"})
	front := New(Options{Snapshots: snapshots, Switches: Switches{RedirectSignIn: url}})
	config := marshal(t, map[string]any{
		"url": url, "old": old.Serve(t), "front": front.Serve(t), "sites": sites, "user": s.Username(), "password": DefaultPassword,
		"pat": [2]string{DefaultPATName, DefaultPATSecret}, "app": [3]string{DefaultClientID, DefaultSecretID, DefaultSecret},
	})

	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, python, "clients")
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1")
	cmd.Stdin = bytes.NewReader([]byte(config))
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatal(err)
	}
}

// exampleSite is a site that darkroom is shipped with, under another content URL.
func exampleSite(t *testing.T, name, contentURL string) []byte {
	t.Helper()
	packed, err := os.ReadFile("../../../examples/roastery/tableau/" + name + ".json.gz")
	if err != nil {
		t.Fatal(err)
	}
	zr, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(zr)
	var doc map[string]json.RawMessage
	if err != nil || json.Unmarshal(plain, &doc) != nil {
		t.Fatalf("%s cannot be read: %v", name, err)
	}
	doc["site"] = json.RawMessage(marshal(t, map[string]string{"contentUrl": contentURL, "name": "Site " + name}))
	return []byte(marshal(t, doc))
}

// steered serves s, with two paths more by which the script turns switches (all
// others go back) and puts faults in.
func steered(t *testing.T, s *Server) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/", s)
	mux.HandleFunc("POST /test/switches", func(w http.ResponseWriter, r *http.Request) {
		var sw Switches
		if err := json.NewDecoder(r.Body).Decode(&sw); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.Set(func(now *Switches) { *now = sw })
	})
	mux.HandleFunc("POST /test/fault", func(w http.ResponseWriter, r *http.Request) {
		var f Fault
		if err := json.NewDecoder(r.Body).Decode(&f); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		s.Inject(f)
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return srv.URL
}
