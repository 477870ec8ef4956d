package doctor_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/doctor"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
)

func TestLines(t *testing.T) {
	snapshot := bigsite.Snapshot(3, 2, 1, 4) // of January 2026
	file := filepath.Join(t.TempDir(), "big.json")
	if err := os.WriteFile(file, snapshot, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		opt    tableautest.Options
		more   string // a second document of the site
		faults []tableautest.Fault
		change func(*doctor.Target)
		want   []string // "check status part of the text"
	}{
		{name: "fine", opt: tableautest.Options{RESTVersion: "3.28"}, want: []string{
			"server ok answers", "tls ok stays on this computer", "version ok Tableau 2024.1.0, REST API 3.28",
			"secrets ok \"darkroom\" from the environment", "token ok age unknown", "sign-in warn user0, Creator",
			"metadata ok 3 workbooks, 6 dashboards, 4 tables", "limits ok none met by first pages of 50", "index ok complete",
			"names ok all 3 workbooks and 6 dashboards", "names ok all 4 tables", "licence ok names show", "content ok the same 3 workbooks", "lists ok projects, users and views",
			"collections ok", "refresh ok Creator: extracts that it owns", "session ok still the same", "snapshot ok 6 dashboards, 24 hours old, complete",
		}},
		{name: "no secrets", change: func(c *doctor.Target) { c.Missing = errors.New("set X") }, want: []string{"server ok", "version ok", "secrets fail set X"}},
		{name: "wrong secrets", change: func(c *doctor.Target) { c.API.Credentials.TokenSecret = "x" }, want: []string{"sign-in fail 401001"}},
		{name: "wrong site", change: func(c *doctor.Target) { c.API.Site = "small" }, want: []string{"sign-in fail 401001"}},
		{
			name: "password with MFA", opt: tableautest.Options{Switches: tableautest.Switches{RefusePasswords: true}},
			change: func(c *doctor.Target) { c.API.Credentials = api.Credentials{Username: "a", Password: "b"} },
			want:   []string{"secrets warn password", "sign-in fail 401001"},
		},
		{
			name: "sent to a stranger", opt: tableautest.Options{Switches: tableautest.Switches{RedirectSignIn: "https://elsewhere.example"}},
			want: []string{"server ok", "sign-in fail elsewhere.example, which you have not confirmed"},
		},
		{
			name: "older than the version call", opt: tableautest.Options{Switches: tableautest.Switches{ServerInfoError: "404001"}},
			want: []string{"server fail 404001"},
		},
		{
			name: "version after sign-in only", opt: tableautest.Options{Switches: tableautest.Switches{ServerInfoNeedsAuth: true}},
			want: []string{"server ok", "metadata ok"},
		},
		{name: "no server", change: func(c *doctor.Target) { c.API.Server = trusttest.Server(t, "http://127.0.0.1:1") }, want: []string{"server fail refused"}},
		{name: "bad address", change: func(c *doctor.Target) { c.API.Server = trust.Confirmed{} }, want: []string{"configuration fail no server was confirmed"}},
		{name: "no TLS there", change: func(c *doctor.Target) {
			c.API.Server = trusttest.Server(t, strings.Replace(c.API.Server.Address(), "http:", "https:", 1))
		}, want: []string{"tls fail HTTP response"}},
		{name: "too old", opt: tableautest.Options{RESTVersion: "3.4"}, want: []string{"server ok", "version fail too old"}},
		{
			name: "version after sign-in", opt: tableautest.Options{Switches: tableautest.Switches{ServerInfoNeedsAuth: true}},
			want: []string{"version ok Tableau 2024.1.0, REST API 3.22", "metadata ok"},
		},
		{
			name: "too old, after sign-in", opt: tableautest.Options{RESTVersion: "3.4", Switches: tableautest.Switches{ServerInfoNeedsAuth: true}},
			want: []string{"server ok", "sign-in fail"}, // the guessed version is too new for it
		},
		{name: "connected app", change: jwt, want: []string{"version ok", "secrets ok connected app", "session ok"}},
		{
			name: "connected app, no Metadata API", opt: tableautest.Options{Release: "2022.3"}, change: jwt,
			want: []string{"version fail since 2023.3"},
		},
		{name: "connected app, too old", opt: tableautest.Options{Release: "2022.1"}, change: jwt, want: []string{"version fail since 2022.3"}},
		{
			name: "off", opt: tableautest.Options{Switches: tableautest.Switches{Metadata: tableautest.MetadataForbidden}},
			want: []string{"metadata fail FEATURE_DISABLED"},
		},
		{
			name: "404", opt: tableautest.Options{Switches: tableautest.Switches{Metadata: tableautest.MetadataNotFound}},
			want: []string{"metadata fail 404"},
		},
		{name: "indexing", opt: tableautest.Options{Switches: tableautest.Switches{BackfillRunning: true}}, want: []string{"index warn indexing"}},
		{
			name: "node limit", opt: tableautest.Options{Switches: tableautest.Switches{NodeLimit: 20}},
			want: []string{"limits warn node limit of 20, met by first pages of 50: dashboards after"},
		},
		{
			name: "time limit", opt: tableautest.Options{Switches: tableautest.Switches{TimeLimitNodes: 20}},
			want: []string{"limits warn time limit of PT5S, met by first pages of 50: dashboards after"},
		},
		{
			name: "timeout", opt: tableautest.Options{Switches: tableautest.Switches{TimeoutNodes: 20}},
			want: []string{"limits warn time limit of 30000 millis, met by first pages of 50: dashboards after"},
		},
		{name: "rate", faults: []tableautest.Fault{skip(tableautest.MetadataError("RATE_EXCEEDED"), 3)}, want: []string{"limits warn rate limit"}},
		{name: "429", faults: []tableautest.Fault{skip(tableautest.TooMany(tableautest.GraphQL, ""), 3)}, want: []string{"limits warn had to wait 1 time"}},
		{name: "gateway", faults: []tableautest.Fault{skip(tableautest.Gateway(tableautest.GraphQL, 504), 3)}, want: []string{"limits warn status 504"}},
		{
			name: "hidden", opt: tableautest.Options{Switches: tableautest.Switches{Redact: tableautest.RedactTypes("DatabaseTable")}},
			want: []string{"names warn 4 of 4 tables looked at hide their names: no permission", "licence ok unknown"},
		},
		{
			name: "content hidden", opt: tableautest.Options{Switches: tableautest.Switches{Redact: tableautest.RedactTypes("Workbook", "Dashboard")}},
			want: []string{
				"names warn 3 of 3 workbooks and 6 of 6 dashboards looked at hide their names: this account may not see them", "names ok all 4 tables",
			},
		},
		{
			name: "some dashboards hidden", opt: tableautest.Options{Switches: tableautest.Switches{Redact: func(typ, id string) bool {
				return typ == "Dashboard" && strings.HasSuffix(id, "1")
			}}},
			want: []string{"names warn 1 of 6 dashboards looked at hides its name: this account"},
		},
		{
			name: "some hidden", opt: tableautest.Options{Switches: tableautest.Switches{Redact: func(typ, id string) bool {
				return typ == "DatabaseTable" && strings.HasSuffix(id, "1")
			}}},
			want: []string{"names warn others do not: no permission"},
		},
		{
			name: "databases hidden", opt: tableautest.Options{Switches: tableautest.Switches{Redact: tableautest.RedactTypes("DatabaseServer")}},
			want: []string{"names warn 4 of 4 tables looked at hide the name of their database"},
		},
		{name: "switched", faults: []tableautest.Fault{skip(tableautest.MetadataError("PERMISSIONS_MODE_SWITCHED"), 2)}, want: []string{"content warn by permissions"}},
		{name: "visibility", faults: []tableautest.Fault{skip(tableautest.MetadataError("USER_VISIBILITY_IS_LIMITED"), 2)}, want: []string{"content warn user visibility"}},
		{name: "something new", faults: []tableautest.Fault{skip(tableautest.MetadataError("SOMETHING_NEW"), 2)}, want: []string{"content warn SOMETHING_NEW"}},
		{name: "backfill reported by answers", faults: []tableautest.Fault{
			skip(tableautest.MetadataError("BACKFILL_RUNNING"), 2), {On: tableautest.Backfill, Code: "404003", Times: -1},
		}, want: []string{"index warn indexing"}},
		{name: "no index reported", faults: []tableautest.Fault{{On: tableautest.Backfill, Code: "404003", Times: -1}}, want: []string{"index ok does not report"}},
		{name: "denied", faults: []tableautest.Fault{tableautest.MetadataError("ACCESS_DENIED")}, want: []string{"metadata fail ACCESS_DENIED"}},
		{name: "an administrator", more: withRole("SiteAdministratorCreator"), want: []string{"sign-in ok user0, SiteAdministratorCreator", "licence ok unknown"}},
		{
			name: "hidden from an administrator", more: withRole("ServerAdministrator"), opt: tableautest.Options{Switches: tableautest.Switches{Redact: tableautest.RedactTypes("DatabaseTable")}},
			want: []string{"names warn even to an administrator"},
		},
		{
			name: "quality warning", more: `"metadata":{"publishedDatasources":[{"id":"p","luid":"pl","name":"P","hasActiveWarning":true}]}`,
			want: []string{"licence ok in use, by 1 data quality warning"},
		},
		{
			name: "certified table", more: `"metadata":{"databaseTables":[{"id":"0b000005-0000-4000-8000-000000000001","isCertified":true}]}`,
			want: []string{"licence ok in use, by 1 certified table"},
		},
		{name: "who may refresh everything", more: withRole("SiteAdministratorExplorer"), want: []string{"refresh ok may refresh every extract"}},
		{name: "who may not refresh", more: withRole("Viewer"), want: []string{"refresh warn Viewer: this role is not expected to refresh"}},
		{name: "jobs hidden", faults: []tableautest.Fault{refuse(tableautest.Jobs)}, want: []string{"refresh ok jobs cannot be listed"}},
		{name: "jobs by a connected app", change: jwt, want: []string{"refresh ok Creator", "session ok still the same"}},
		{
			name: "scopes refused", faults: []tableautest.Fault{{On: tableautest.Jobs, Code: "401002", Times: -1}}, change: jwt,
			want: []string{"refresh warn the scopes for darkroom refresh are refused"},
		},
		{name: "unlicensed", more: withRole("Unlicensed"), want: []string{"sign-in fail no licence"}},
		{
			name: "lists refused", opt: tableautest.Options{RESTVersion: "3.28"},
			faults: []tableautest.Fault{refuse(tableautest.Projects), refuse(tableautest.Users), refuse(tableautest.Views), refuse(tableautest.Collections)},
			want: []string{
				"lists warn projects are hidden from this account (403004)", "lists warn users are hidden from this account (403004)", "lists warn views are hidden from this account (403004)", "collections warn 403004",
				"sign-in ok may not see its own role", "licence ok unknown",
			},
		},
		{name: "session gone", faults: []tableautest.Fault{{On: tableautest.Session, Code: "401000", Times: -1}}, want: []string{"session warn it ended"}},
		{name: "stray 401", faults: []tableautest.Fault{tableautest.Unauthorized(tableautest.Session)}, want: []string{"session ok"}},
		{name: "fought for", faults: []tableautest.Fault{tableautest.Unauthorized(tableautest.Backfill)}, want: []string{"session warn was renewed", "session warn same token"}},
		{name: "session unknown", faults: []tableautest.Fault{{On: tableautest.Session, Code: "404003", Times: -1}}, want: []string{"session ok could not be checked"}},
		{name: "old snapshot", change: func(c *doctor.Target) { c.Now = c.Now.AddDate(1, 0, 0) }, want: []string{"snapshot warn 366 days"}},
		{name: "no snapshot", change: func(c *doctor.Target) { c.Snapshot += "x" }, want: []string{"snapshot warn none yet"}},
		{
			name: "damaged snapshot", change: func(c *doctor.Target) { c.Snapshot = filepath.Join("..", "doc.go") },
			want: []string{"snapshot warn none that can be read"},
		},
		{name: "another server", change: func(c *doctor.Target) { c.Public = "https://other.example.com" }, want: []string{"snapshot warn of another site than configured"}},
		{name: "only a file", change: func(c *doctor.Target) { c.Server = false }, want: []string{"server ok none", "snapshot ok"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.opt.Snapshots = [][]byte{snapshot}
			if test.more != "" {
				test.opt.Snapshots = append(test.opt.Snapshots, []byte(`{"format":"darkroom-tableau-snapshot/1","site":{"contentUrl":"big"},`+test.more+"}"))
			}
			server := tableautest.New(test.opt)
			server.Inject(test.faults...)
			target := healthy(t, server.Serve(t), file)
			if test.change != nil {
				test.change(&target)
			}
			lines := doctor.Run(context.Background(), target)
			for _, want := range test.want {
				part := strings.SplitN(want+"  ", " ", 3)
				if !has(lines, part[0], part[1], strings.TrimSpace(part[2])) {
					t.Errorf("%q is not in %+v", want, lines)
				}
			}
			for _, l := range lines {
				if (l.Status == doctor.OK) != (l.Fix == "") {
					t.Errorf("a fix for what is well, or none: %+v", l)
				}
			}
		})
	}
}

// What is lost without collections, and what helps, depends on the configuration and on
// who signs in.
func TestCollectionsLine(t *testing.T) {
	const instead = "; or choose by projects, tags or owners in darkroom.yml"
	by := map[string]func(*doctor.Target){
		"pat": func(*doctor.Target) {}, "jwt": jwt,
		"password": func(c *doctor.Target) {
			c.API.Credentials = api.Credentials{Username: "user0", Password: tableautest.DefaultPassword}
		},
	}
	for _, test := range []struct {
		version, method string
		chosen          doctor.Chosen
		text, fix       string // the end of it
	}{
		{"3.28", "pat", doctor.Chosen{}, "lack them; nothing in darkroom.yml asks for them", "use the token of a user who sees collections in Tableau"},
		{"3.28", "pat", doctor.Chosen{Scope: true}, "none of this site's dashboards is shown", instead},
		{"3.28", "jwt", doctor.Chosen{Rules: []string{"rule 2"}}, ": rule 2 in darkroom.yml fits none of its dashboards", "give the connected app the scope tableau:collections:read and its user access to collections" + instead},
		{"3.28", "password", doctor.Chosen{Scope: true, Rules: []string{"rule 1", "rule 3"}}, "is shown; rule 1, rule 3 in darkroom.yml fit none of its dashboards", "sign in as a user who sees collections in Tableau" + instead},
		{"3.22", "pat", doctor.Chosen{Rules: []string{"rule 1"}}, "they came with 3.28: rule 1 in darkroom.yml fits none of its dashboards", "choose by projects, tags or owners in darkroom.yml"},
		{"3.22", "pat", doctor.Chosen{}, "", ""},
	} {
		server := tableautest.New(tableautest.Options{RESTVersion: test.version, Snapshots: [][]byte{bigsite.Snapshot(2, 1, 1, 2)}})
		server.Inject(refuse(tableautest.Collections))
		target := healthy(t, server.Serve(t), filepath.Join(t.TempDir(), "none"))
		by[test.method](&target)
		target.Collections = test.chosen
		found := false
		for _, l := range doctor.Run(context.Background(), target) {
			if l.Check == "collections" {
				found = true
				if test.text == "" || !strings.HasSuffix(l.Text, test.text) || !strings.HasSuffix(l.Fix, test.fix) || l.Status != doctor.Warn {
					t.Errorf("%+v: %+v", test, l)
				}
			}
		}
		if found == (test.text == "") {
			t.Errorf("%+v: reported %v", test, found)
		}
	}
}

// withRole gives the first user a role.
func withRole(role string) string {
	return `"metadata":{},"rest":{"users":[{"id":"f0000050-0000-4000-8000-000000000000","name":"user0","siteRole":"` + role + `"}]}`
}

func jwt(c *doctor.Target) {
	c.API.Credentials = api.Credentials{App: api.ConnectedApp{
		ClientID: tableautest.DefaultClientID, SecretID: tableautest.DefaultSecretID, Secret: tableautest.DefaultSecret, Username: "user0",
	}}
}

func skip(f tableautest.Fault, n int) tableautest.Fault {
	f.Skip = n
	return f
}

func refuse(on tableautest.Kind) tableautest.Fault {
	return tableautest.Fault{On: on, Code: "403004", Times: -1}
}

// Another program that signs in with the same token ends our session.
func TestTokenUsedTwice(t *testing.T) {
	server := tableautest.New(tableautest.Options{Snapshots: [][]byte{bigsite.Snapshot(2, 1, 1, 2)}})
	target := healthy(t, server.Serve(t), filepath.Join(t.TempDir(), "none"))
	target.Tell = func(l doctor.Line) {
		if l.Check != "lists" { // the last before the session is looked at
			return
		}
		other, err := api.New(target.API)
		if err == nil {
			err = other.Connect(context.Background())
		}
		if err != nil {
			t.Error(err)
		}
	}
	if lines := doctor.Run(context.Background(), target); !has(lines, "session", "warn", "another program may use the same token") {
		t.Errorf("%+v", lines)
	}
}

// Where the two APIs count differently something is hidden, or not indexed yet.
func TestCountsThatDiffer(t *testing.T) {
	fake := tableautest.New(tableautest.Options{Snapshots: [][]byte{bigsite.Snapshot(2, 1, 1, 2)}})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/workbooks") {
			fmt.Fprint(w, `{"pagination":{"totalAvailable":"9"},"workbooks":{}}`)
			return
		}
		fake.ServeHTTP(w, r)
	}))
	defer server.Close()
	lines := doctor.Run(context.Background(), healthy(t, server.URL, filepath.Join(t.TempDir(), "none")))
	if !has(lines, "content", "warn", "REST lists 9 workbooks, the Metadata API 2") {
		t.Errorf("%+v", lines)
	}
}

func TestTLS(t *testing.T) {
	server, pem := tableautest.New(tableautest.Options{Snapshots: [][]byte{bigsite.Snapshot(2, 1, 1, 2)}}).ServeTLS(t)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem, 0o600); err != nil {
		t.Fatal(err)
	}
	own := trusttest.Want(t, trust.Want{Server: server, CAFile: ca})
	anyone := trusttest.Want(t, trust.Want{Server: server, InsecureSkipVerify: true})
	for _, test := range []struct {
		name   string
		change func(*doctor.Target)
		want   [3]string
	}{
		{"unknown", func(*doctor.Target) {}, [3]string{"tls", "fail", "certificate"}},
		{"ca_file", func(c *doctor.Target) { c.API.Server, c.Now = own, time.Now().AddDate(0, 0, -60) }, [3]string{"tls", "ok", "TLS 1.3, certificate checked with ca_file, good until"}},
		{"ends soon", func(c *doctor.Target) { c.API.Server, c.Now = own, time.Now() }, [3]string{"tls", "warn", "in 23 hours"}},
		{"unchecked", func(c *doctor.Target) { c.API.Server = anyone }, [3]string{"tls", "warn", "insecure_skip_verify"}},
		{"ended", func(c *doctor.Target) { c.API.Server, c.Now = anyone, time.Now().AddDate(0, 0, 2) }, [3]string{"tls", "warn", "not checked; it ended on"}},
		{"refused", func(c *doctor.Target) { c.Refused = errors.New("not confirmed; run it") }, [3]string{"trust", "fail", "not confirmed"}},
	} {
		target := healthy(t, server, ca)
		test.change(&target)
		if lines := doctor.Run(context.Background(), target); !has(lines, test.want[0], test.want[1], test.want[2]) {
			t.Errorf("%s: %+v", test.name, lines)
		}
	}
}

// What is left of an unfinished sync, and what an incomplete snapshot lacks.
func TestGapsAndPages(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "big.json")
	text := strings.Replace(string(bigsite.Snapshot(1, 1, 1, 1)), `"metadata":`, `"partial":["a","b","c","d","e"],"metadata":`, 1)
	for name, data := range map[string]string{
		file: text, file + ".partial": `{"fingerprint":"x","started":"2026-01-01T22:00:00Z"}` + "\n" + strings.Repeat("x", 5000),
	} {
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	target := healthy(t, "http://127.0.0.1:1", file)
	lines := doctor.Run(context.Background(), target)
	for _, want := range [][3]string{
		{"snapshot", "warn", "incomplete: 5 gaps"},
		{"hole", "warn", "c"},
		{"hole", "warn", "and 2 more"},
		{"pages", "warn", "2 hours ago, 5 KB are there: the next sync resumes there"},
	} {
		if !has(lines, want[0], want[1], want[2]) {
			t.Errorf("%q is not in %+v", want, lines)
		}
	}
	target.Now = target.Now.AddDate(0, 0, 1)
	if lines := doctor.Run(context.Background(), target); !has(lines, "pages", "warn", "starts over") {
		t.Errorf("%+v", lines)
	}
}

func healthy(t *testing.T, server, file string) doctor.Target {
	t.Helper()
	return doctor.Target{
		Name: "big", Server: true, From: "environment", Public: "https://tableau.example.com", Snapshot: file, File: file,
		Now: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
		API: api.Config{
			Server: trusttest.Server(t, server), Site: "big", WaitMin: time.Millisecond, WaitMax: time.Millisecond,
			Credentials: api.Credentials{TokenName: tableautest.DefaultPATName, TokenSecret: tableautest.DefaultPATSecret},
		},
	}
}

func has(lines []doctor.Line, check, status, text string) bool {
	for _, l := range lines {
		if l.Check == check && string(l.Status) == status && strings.Contains(l.Text, text) {
			return true
		}
	}
	return false
}
