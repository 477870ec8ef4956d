package tableautest

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"darkroom/sources/tableau/tableautest/graphql"
	"darkroom/sources/tableau/tableautest/site"
	"darkroom/sources/tableau/tableautest/sitedata"
)

// The credentials every server knows when Options names none. The default user is
// the first owner of the first site.
const (
	DefaultPATName   = "darkroom"
	DefaultPATSecret = "pat-secret=="
	DefaultPassword  = "password"
	DefaultClientID  = "client-id"
	DefaultSecretID  = "secret-id"
	DefaultSecret    = "k7Qz0vXw1mTtYb9RrLs4GdNe8HcJu2Pf"
)

// Options say what a server is. The zero value is a recent server without sites.
type Options struct {
	Snapshots   [][]byte // darkroom snapshots, plain or gzipped, one or more per site
	RESTVersion string   // what serverinfo reports; "3.22" if empty
	Release     string   // of the GraphQL schema, "2021.1" …; "2024.1" if empty
	PATs        []PAT
	Users       []User // besides the sites' own users, who have no password
	Apps        []ConnectedApp
	Collections []Collection    // nil: the snapshot's; if it has none, one of the first two workbooks
	Files       map[string]File // downloads by LUID of workbook or data source; others get a stub
	Now         func() time.Time
	Switches    Switches
}

// PAT is a personal access token. Several may belong to one user.
type PAT struct{ Name, Secret, Username string }

// User can sign in by password.
type User struct{ Name, Password string }

// ConnectedApp is a direct trust: what a JWT is checked against.
type ConnectedApp struct{ ClientID, SecretID, Secret string }

// File is a download; its name goes into Content-Disposition.
type File struct {
	Name string
	Data []byte
}

// Collection is what a collection shows, CollectionItem a thing in one.
type (
	Collection     = site.Collection
	CollectionItem = site.CollectionItem
)

// Server is the fake. All methods may be called at any time from anywhere.
type Server struct {
	opt    Options
	err    error
	sites  []*site.Site
	schema *ast.Schema // of opt.Release
	mux    *http.ServeMux
	png    []byte

	packers sync.Pool // of *gzip.Writer, which are costly to make

	mu       sync.Mutex
	switches Switches
	faults   []*Fault
	sessions map[string]*session
	jtis     map[string]bool // of the JWTs so far
	jobs     []*job
	// extractTimes are of data sources that a job has refreshed.
	extractTimes map[*sitedata.Object]string
	requests     int // Metadata requests, to make orders unstable with
	stats        Stats
}

// New makes a server of snapshots. What is wrong with them is in Err; such a
// server answers everything with 500.
func New(opt Options) *Server {
	s := &Server{opt: opt.withDefaults(), switches: opt.Switches, sessions: map[string]*session{}, jtis: map[string]bool{}, extractTimes: map[*sitedata.Object]string{}}
	s.stats.Requests = map[Kind]int{}
	s.err = s.build()
	return s
}

// Err says why the server could not be made, or nil.
func (s *Server) Err() error { return s.err }

func (s *Server) build() error {
	all, err := graphql.LoadSchema(graphql.AnyRelease)
	if err != nil {
		return err
	}
	if s.schema, err = graphql.LoadSchema(s.opt.Release); err != nil {
		return err
	}
	if s.sites, err = site.Read(s.opt.Snapshots, all); err != nil {
		return err
	}
	if _, _, ok := sitedata.TwoNumbers(s.opt.RESTVersion); !ok {
		return fmt.Errorf("REST version %q: want two numbers as in \"3.22\"", s.opt.RESTVersion)
	}
	s.defaultPeople()
	s.mux = s.routes()
	var b bytes.Buffer
	err = png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)))
	s.png = b.Bytes()
	return err
}

func (opt Options) withDefaults() Options {
	if opt.RESTVersion == "" {
		opt.RESTVersion = "3.22"
	}
	if opt.Release == "" {
		opt.Release = "2024.1"
	}
	if opt.Apps == nil {
		opt.Apps = []ConnectedApp{{DefaultClientID, DefaultSecretID, DefaultSecret}}
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	return opt
}

// defaultPeople gives the first site's first owner the default credentials, and
// that site its default collection.
func (s *Server) defaultPeople() {
	if len(s.sites) == 0 {
		return
	}
	first := s.sites[0]
	name := first.Admin.Text("username")
	if s.opt.PATs == nil {
		s.opt.PATs = []PAT{{DefaultPATName, DefaultPATSecret, name}}
	}
	if s.opt.Users == nil {
		s.opt.Users = []User{{name, DefaultPassword}}
	}
	if first.Collections == nil {
		c := Collection{LUID: sitedata.StableID("collection"), Name: "Favourites", Owner: name}
		for _, w := range first.Workbooks[:min(2, len(first.Workbooks))] {
			c.Items = append(c.Items, CollectionItem{Type: "workbook", LUID: w.Get("id")})
		}
		first.Collections = []Collection{c}
	}
}

// Username is who the default credentials belong to.
func (s *Server) Username() string {
	if len(s.sites) == 0 {
		return ""
	}
	return s.sites[0].Admin.Text("username")
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.err != nil {
		http.Error(w, "tableautest: "+s.err.Error(), http.StatusInternalServerError)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// maxBody bounds what a client may send, in bytes.
const maxBody = 64 << 20

// call is one request on its way.
type call struct {
	*Server
	sw      Switches // as they were when the request began
	req     *http.Request
	route   route
	body    []byte
	fault   Fault // zero for none
	session *session
	site    *site.Site
}

// serve runs one request: count, fault, version, session, handler, fault, write.
func (s *Server) serve(rt route, w http.ResponseWriter, r *http.Request) {
	c := &call{Server: s, req: r, route: rt}
	c.sw, c.fault = s.begin(rt.kind)
	defer s.end()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "request body: "+err.Error(), http.StatusBadRequest)
		return
	}
	c.body = body
	if !c.fault.wait(r.Context()) {
		return // the client is gone
	}
	out, failed := c.refuse()
	if !failed {
		if out, failed = c.admit(); !failed {
			out = rt.handle(c)
		}
	}
	c.write(w, out)
}

// admit checks the API version in the path and, where one is needed, the session.
func (c *call) admit() (reply, bool) {
	if v := c.req.PathValue("v"); v != "" {
		_, _, ok := sitedata.TwoNumbers(v)
		if !ok || sitedata.Before(c.opt.RESTVersion, v) || sitedata.Before(v, c.route.since) {
			return c.fail("404003"), true
		}
	}
	if c.route.open {
		return reply{}, false
	}
	return c.authenticate()
}

// newToken is unguessable, as tokens are.
func newToken() string { return strings.ToLower(rand.Text()) + "|" + strings.ToLower(rand.Text()) }
