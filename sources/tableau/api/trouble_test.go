package api_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/tidwall/gjson"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/tableautest"
	"darkroom/sources/tableau/tableautest/bigsite"
)

// What a refused sign-in says, and that it is tried only once.
func TestRefusedSignIns(t *testing.T) {
	s := newServer(t, tableautest.Options{})
	app := api.ConnectedApp{
		ClientID: tableautest.DefaultClientID, SecretID: tableautest.DefaultSecretID,
		Secret: tableautest.DefaultSecret, Username: s.Username(),
	}
	jwt := func(change func(*api.ConnectedApp)) func(*api.Config) {
		return func(cfg *api.Config) {
			other := app
			change(&other)
			cfg.Credentials = api.Credentials{App: other}
		}
	}
	clock := func(off time.Duration) func(*api.Config) {
		return func(cfg *api.Config) {
			cfg.Credentials = api.Credentials{App: app}
			cfg.Now = func() time.Time { return time.Now().Add(off) }
		}
	}
	password := func(cfg *api.Config) {
		cfg.Credentials = api.Credentials{Username: s.Username(), Password: tableautest.DefaultPassword}
	}
	for _, test := range []struct {
		name   string
		opt    tableautest.Options
		change func(*api.Config)
		say    []string
	}{
		{"wrong site", tableautest.Options{}, func(cfg *api.Config) { cfg.Site = "nowhere" }, []string{"401001", "follows /site/"}},
		{"no site", tableautest.Options{}, func(cfg *api.Config) { cfg.Site = "" }, []string{"401001", "Cloud needs a site"}},
		{"password with MFA", tableautest.Options{Switches: tableautest.Switches{RefusePasswords: true}}, password, []string{"401001", "with MFA"}},
		{"unknown app", tableautest.Options{}, jwt(func(a *api.ConnectedApp) { a.ClientID = "x" }), []string{"CONNECTED_APP_NOT_FOUND", "check client id"}},
		{"unknown secret", tableautest.Options{}, jwt(func(a *api.ConnectedApp) { a.SecretID = "x" }), []string{"CONNECTED_APP_SECRET_NOT_FOUND"}},
		{"wrong secret", tableautest.Options{}, jwt(func(a *api.ConnectedApp) { a.Secret = "x" }), []string{"BAD_JWT"}},
		{"unknown user", tableautest.Options{}, jwt(func(a *api.ConnectedApp) { a.Username = "x" }), []string{"SYSTEM_USER_NOT_FOUND", "the exact user name"}},
		{"clock behind", tableautest.Options{}, clock(-time.Hour), []string{"LOGIN_FAILED", "this computer's clock"}},
		{"clock ahead", tableautest.Options{}, clock(time.Hour), []string{"this computer's clock"}},
		{"before JWT", tableautest.Options{RESTVersion: "3.16"}, clock(0), []string{"FEATURE_NOT_ENABLED"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newServer(t, test.opt)
			c := connect(t, s.Serve(t), test.change)
			err := c.Connect(context.Background())
			for _, say := range test.say {
				if err == nil || !strings.Contains(err.Error(), say) {
					t.Errorf("%q is not in: %v", say, err)
				}
			}
			if again := c.Connect(context.Background()); again == nil || s.Stats().Requests[tableautest.SignIn] != 1 {
				t.Errorf("%d sign-ins, %v", s.Stats().Requests[tableautest.SignIn], again)
			}
			if strings.Contains(err.Error(), tableautest.DefaultSecret) {
				t.Error("a secret is in the error")
			}
		})
	}
}

// A connected app may use REST before it may use the Metadata API.
func TestConnectedAppBeforeMetadata(t *testing.T) {
	s := newServer(t, tableautest.Options{Release: "2022.3"})
	c := connect(t, s.Serve(t), func(cfg *api.Config) {
		cfg.Credentials = api.Credentials{App: api.ConnectedApp{
			ClientID: tableautest.DefaultClientID, SecretID: tableautest.DefaultSecretID, Secret: tableautest.DefaultSecret, Username: s.Username(),
		}}
	})
	if n, err := listProjects(context.Background(), c); err != nil || n == 0 {
		t.Errorf("REST: %d, %v", n, err)
	}
	_, err := c.Query(context.Background(), "{workbooks{id}}", nil)
	if err == nil || !strings.Contains(err.Error(), "Unauthorized") {
		t.Errorf("Metadata API: %v", err)
	}
}

// Two programs with the same token end each other's sessions, call by call. They
// get their answers until it happens too often, and then say why.
func TestTwoProgramsWithOneToken(t *testing.T) {
	for many, signIns := range map[bool]int{false: 10, true: 2} {
		s := newServer(t, tableautest.Options{Switches: tableautest.Switches{ManySessionsPerPAT: many}})
		server := s.Serve(t)
		few := func(cfg *api.Config) { cfg.Renewals = 5 }
		pair := []*api.Client{connect(t, server, few), connect(t, server, few)}
		for range 5 {
			for _, c := range pair {
				if _, err := listProjects(context.Background(), c); err != nil {
					t.Fatal(err)
				}
			}
		}
		if s.Stats().SignIns != signIns {
			t.Errorf("many sessions %t: %d sign-ins", many, s.Stats().SignIns)
		}
		var err error
		for range 5 {
			for _, c := range pair {
				_, e := listProjects(context.Background(), c)
				err = errors.Join(err, e)
			}
		}
		if many != (err == nil) || !many && !strings.Contains(err.Error(), "another program may use the same one") {
			t.Errorf("many sessions %t: %v", many, err)
		}
	}
}

func TestSlowServer(t *testing.T) {
	never := make(chan struct{})
	t.Cleanup(func() { close(never) })
	for _, kind := range []tableautest.Kind{tableautest.ServerInfo, tableautest.SignIn, tableautest.Projects, tableautest.GraphQL} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := newServer(t, tableautest.Options{})
			c := connect(t, s.Serve(t), func(cfg *api.Config) { cfg.Timeout = time.Second })
			s.Inject(tableautest.Stall(kind, never), tableautest.Fault{On: kind, Delay: 10 * time.Millisecond})
			if _, err := listProjects(context.Background(), c); err != nil {
				t.Error(err)
			}
			if _, err := c.Query(context.Background(), "{workbooks{id}}", nil); err != nil {
				t.Error(err)
			}
			if s.Stats().Requests[kind] < 2 {
				t.Error("was not asked again")
			}
		})
	}
	s := newServer(t, tableautest.Options{})
	c := connect(t, s.Serve(t), func(cfg *api.Config) { cfg.Timeout = 20 * time.Millisecond })
	s.Inject(tableautest.Fault{On: tableautest.Projects, Until: never, Times: -1})
	_, err := listProjects(context.Background(), c)
	if err == nil || !strings.Contains(err.Error(), "did not answer in time") || !api.Transient(err) {
		t.Errorf("slow for ever: %v", err)
	}
}

func TestRetryAfter(t *testing.T) {
	s := newServer(t, tableautest.Options{})
	var waits []time.Duration
	c := connect(t, s.Serve(t), func(cfg *api.Config) {
		cfg.WaitMax = 2 * time.Second
		cfg.OnWait = func(wait time.Duration, _ string) { waits = append(waits, wait) }
	})
	s.Inject(tableautest.TooMany(tableautest.Projects, "1"))
	if _, err := listProjects(context.Background(), c); err != nil || len(waits) != 1 || waits[0] != time.Second {
		t.Errorf("a wait that can be waited for: %v, %v", waits, err)
	}
	before := s.Stats().Requests[tableautest.Projects]
	s.Inject(tableautest.TooMany(tableautest.Projects, "1740")) // 29 minutes
	_, err := listProjects(context.Background(), c)
	if err == nil || !strings.Contains(err.Error(), "429000") || s.Stats().Requests[tableautest.Projects] != before+1 {
		t.Errorf("a wait that is too long: %d requests, %v", s.Stats().Requests[tableautest.Projects]-before, err)
	}
}

// The two permission modes, as our client reads them.
func TestRedactedRows(t *testing.T) {
	s := newServer(t, tableautest.Options{Switches: tableautest.Switches{
		Redact: func(typeName, id string) bool { return typeName == "DatabaseTable" && strings.HasSuffix(id, "0") },
	}})
	c := connect(t, s.Serve(t), nil)
	count := func(mode string) (rows, named int) {
		a, err := c.Query(context.Background(), "{databaseTables(permissionMode:"+mode+"){id name}}", nil)
		if err != nil || len(a.Problems) > 0 {
			t.Fatal(a.Problems, err)
		}
		for _, table := range a.Data.Get("databaseTables").Array() {
			rows++
			if table.Get("name").Type == gjson.String {
				named++
			}
		}
		return rows, named
	}
	if rows, named := count("OBFUSCATE_RESULTS"); rows != 4 || named != 3 {
		t.Errorf("without their names: %d rows, %d names", rows, named)
	}
	if rows, named := count("FILTER_RESULTS"); rows != 3 || named != 3 {
		t.Errorf("left out: %d rows, %d names", rows, named)
	}
}

func TestGzip(t *testing.T) {
	size := func(sw tableautest.Switches) int64 {
		s := newServer(t, tableautest.Options{Snapshots: [][]byte{bigsite.Snapshot(50, 2, 2, 4)}, Switches: sw})
		c := connect(t, s.Serve(t), nil)
		if a, err := c.Query(context.Background(), "{sheets{id name}}", nil); err != nil || len(a.Data.Get("sheets").Array()) != 200 {
			t.Fatal(err)
		}
		for s.Stats().InFlight > 0 { // it counts when it is done writing
			time.Sleep(time.Millisecond)
		}
		return s.Stats().Bytes
	}
	packed, plain := size(tableautest.Switches{}), size(tableautest.Switches{NoGzip: true})
	if packed*2 > plain {
		t.Errorf("%d bytes packed, %d plain: gzip is not asked for", packed, plain)
	}
}

func TestNotOffered(t *testing.T) {
	c := connect(t, newServer(t, tableautest.Options{RESTVersion: "3.27"}).Serve(t), nil)
	for _, path := range []string{"collections", "nonsense"} {
		_, err := c.Resource(context.Background(), path, nil)
		var e *api.Error
		if !errors.As(err, &e) || e.Code != "404003" || !api.Hidden(err) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
