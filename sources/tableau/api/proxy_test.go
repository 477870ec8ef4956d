package api_test

import (
	"context"
	"os"
	"os/exec"
	"testing"

	"darkroom/sources/tableau/tableautest"
)

// HTTP_PROXY is read once per process, so the client runs in one of its own: the
// server stands in as proxy of a host that does not exist.
func TestProxyFromEnvironment(t *testing.T) {
	const host = "http://tableau.invalid"
	if os.Getenv("DARKROOM_TEST_PROXY") != "" {
		if _, err := listProjects(context.Background(), connect(t, host, nil)); err != nil {
			t.Fatal(err)
		}
		return
	}
	s := newServer(t, tableautest.Options{})
	cmd := exec.Command(os.Args[0], "-test.run=^TestProxyFromEnvironment$")
	cmd.Env = append(os.Environ(), "DARKROOM_TEST_PROXY=1", "HTTP_PROXY="+s.Serve(t), "http_proxy=", "NO_PROXY=", "no_proxy=")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if s.Stats().Requests[tableautest.Projects] != 1 {
		t.Error("the proxy was not used")
	}
}
