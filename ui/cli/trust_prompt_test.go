//go:build unix

package cli

import (
	"strings"
	"testing"

	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/trust/trusttest"
	"darkroom/ui/cli/app"
)

// On a terminal the question comes once, and no is an answer that sends nothing.
func TestSyncAsksForTrust(t *testing.T) {
	e := listenSilently(t)
	dir := syncProject(t, "prod http://"+e.host()+" acme")
	trusttest.Home(t)
	const question = "Send them there? [y/N] "
	for _, no := range []string{"n", "", "no"} {
		c := converse(t, step{question, no + "\n"})
		c.run(t, app.ExitUsage, "sync", dir)
		wantParts(t, c.seen(), "prod: darkroom.yml wants your secrets to go to", "http://"+e.host(), "not sent")
	}
	c := converse(t, step{question, "\x03"})
	c.run(t, app.ExitStopped, "sync", dir)
	c = converse(t)
	c.run(t, app.ExitUsage, "sync", "--no-prompt", dir)
	c = converse(t, step{question, "n\n"})
	wantParts(t, c.run(t, app.ExitFindings, "doctor", dir), "fail  trust", "darkroom trust http://"+e.host())
	e.wantSilence(t)

	s := listen(t, tableautest.Options{Snapshots: [][]byte{exampleSite(t, "cloud")}})
	dir = syncProject(t, "cloud "+s.url+" "+cloudURL, "again "+s.url+" "+cloudURL)
	trusttest.Home(t)
	c = converse(t, step{question, "y\n"})
	wantParts(t, c.run(t, 0, "sync", dir), "cloud: 40 workbooks", "again: 40 workbooks")
	if n := strings.Count(c.heard(), question); n != 1 {
		t.Errorf("asked %d times", n)
	}
	runSync(t, 0, dir)
}
