package checkup_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/checkup"
	"darkroom/sources/tableau/tableautest"
)

func TestLines(t *testing.T) {
	snapshot := tableautest.BigSite(3, 2, 1, 4) // of January 2026
	file := filepath.Join(t.TempDir(), "big.json")
	if err := os.WriteFile(file, snapshot, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		opt    tableautest.Options
		change func(*checkup.Target)
		want   []string // "check status part of the text"
	}{
		{name: "fine", opt: tableautest.Options{RESTVersion: "3.28"}, want: []string{
			"server ok REST API 3.28", "secrets ok \"darkroom\" from the environment", "metadata ok 3 workbooks, 6 dashboards, 4 tables",
			"index ok complete", "names ok can be seen", "collections ok", "snapshot ok 6 dashboards, 24 hours old",
		}},
		{name: "no secrets", change: func(c *checkup.Target) { c.Missing = errors.New("set X") }, want: []string{"server ok", "secrets fail set X"}},
		{name: "wrong secrets", change: func(c *checkup.Target) { c.API.Credentials.TokenSecret = "x" }, want: []string{"sign-in fail 401001"}},
		{name: "wrong site", change: func(c *checkup.Target) { c.API.Site = "small" }, want: []string{"sign-in fail 401001"}},
		{
			name: "password with MFA", opt: tableautest.Options{Switches: tableautest.Switches{RefusePasswords: true}},
			change: func(c *checkup.Target) { c.API.Credentials = api.Credentials{Username: "a", Password: "b"} },
			want:   []string{"secrets warn password", "sign-in fail 401001"},
		},
		{
			name: "sent to a stranger", opt: tableautest.Options{Switches: tableautest.Switches{RedirectSignIn: "https://elsewhere.example"}},
			want: []string{"server ok", "sign-in fail elsewhere.example, which is not part of"},
		},
		{
			name: "older than the version call", opt: tableautest.Options{Switches: tableautest.Switches{ServerInfoError: "404001"}},
			want: []string{"server fail 404001"},
		},
		{
			name: "version after sign-in only", opt: tableautest.Options{Switches: tableautest.Switches{ServerInfoNeedsAuth: true}},
			want: []string{"server ok", "metadata ok"},
		},
		{name: "no server", change: func(c *checkup.Target) { c.API.Server = "http://127.0.0.1:1" }, want: []string{"server fail refused"}},
		{name: "bad address", change: func(c *checkup.Target) { c.API.Server = "x" }, want: []string{"configuration fail scheme"}},
		{name: "too old", opt: tableautest.Options{RESTVersion: "3.4"}, want: []string{"server fail too old"}},
		{
			name: "off", opt: tableautest.Options{Switches: tableautest.Switches{Metadata: tableautest.MetadataForbidden}},
			want: []string{"metadata fail FEATURE_DISABLED"},
		},
		{
			name: "404", opt: tableautest.Options{Switches: tableautest.Switches{Metadata: tableautest.MetadataNotFound}},
			want: []string{"metadata fail 404"},
		},
		{
			name: "indexing", opt: tableautest.Options{Switches: tableautest.Switches{BackfillRunning: true}},
			want: []string{"metadata warn BACKFILL", "index warn indexing"},
		},
		{
			name: "hidden", opt: tableautest.Options{Switches: tableautest.Switches{Redact: tableautest.RedactTypes("DatabaseTable")}},
			want: []string{"names warn 4 of 4"},
		},
		{name: "old snapshot", change: func(c *checkup.Target) { c.Now = c.Now.AddDate(1, 0, 0) }, want: []string{"snapshot warn 366 days"}},
		{name: "no snapshot", change: func(c *checkup.Target) { c.Snapshot += "x" }, want: []string{"snapshot warn none"}},
		{name: "only a file", change: func(c *checkup.Target) { c.Server = false }, want: []string{"snapshot ok"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.opt.Snapshots = [][]byte{snapshot}
			target := healthy(tableautest.New(test.opt).Serve(t), file)
			if test.change != nil {
				test.change(&target)
			}
			lines := checkup.Run(context.Background(), target)
			for _, want := range test.want {
				part := strings.SplitN(want+"  ", " ", 3)
				if !has(lines, part[0], part[1], strings.TrimSpace(part[2])) {
					t.Errorf("%q is not in %+v", want, lines)
				}
			}
			for _, l := range lines {
				if l.Status != checkup.OK && l.Cure == "" && l.Check != "secrets" && target.Server {
					t.Errorf("no cure: %+v", l)
				}
			}
		})
	}
}

func healthy(server, file string) checkup.Target {
	return checkup.Target{
		Name: "big", Server: true, From: "environment", Snapshot: file, Now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
		API: api.Config{
			Server: server, Site: "big", WaitMin: time.Millisecond, WaitMax: time.Millisecond,
			Credentials: api.Credentials{TokenName: tableautest.DefaultPATName, TokenSecret: tableautest.DefaultPATSecret},
		},
	}
}

func has(lines []checkup.Line, check, status, text string) bool {
	for _, l := range lines {
		if l.Check == check && string(l.Status) == status && strings.Contains(l.Text, text) {
			return true
		}
	}
	return false
}
