package tableautest

import (
	"encoding/json"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"

	"darkroom/sources/tableau/tableautest/element"
	"darkroom/sources/tableau/tableautest/site"
	"darkroom/sources/tableau/tableautest/sitedata"
)

// session is what a token is for.
type session struct {
	token, userLUID, username string
	pat                       string // its name, "" for other ways in
	jwt                       bool
	scopes                    []string // nil: everything
	site                      *site.Site
	calls                     int
}

// credentials are the members of a sign-in request in both of its forms.
type credentials struct {
	Name      string `json:"name" xml:"name,attr"`
	Password  string `json:"password" xml:"password,attr"`
	PATName   string `json:"personalAccessTokenName" xml:"personalAccessTokenName,attr"`
	PATSecret string `json:"personalAccessTokenSecret" xml:"personalAccessTokenSecret,attr"`
	JWT       string `json:"jwt" xml:"jwt,attr"`
	Site      struct {
		ContentURL string `json:"contentUrl" xml:"contentUrl,attr"`
	} `json:"site" xml:"site"`
}

type authRequest struct {
	XMLName     xml.Name    `json:"-" xml:"tsRequest"`
	Credentials credentials `json:"credentials" xml:"credentials"`
	Site        struct {
		ContentURL string `json:"contentUrl" xml:"contentUrl,attr"`
	} `json:"site" xml:"site"`
}

func (c *call) authRequest() (authRequest, bool) {
	var in authRequest
	var err error
	if strings.HasPrefix(strings.TrimSpace(string(c.body)), "<") {
		err = xml.Unmarshal(c.body, &in)
	} else {
		err = json.Unmarshal(c.body, &in)
	}
	return in, err == nil
}

func (c *call) serverInfo() reply {
	if code := c.sw.ServerInfoError; code != "" {
		return c.fail(code)
	}
	if c.sw.ServerInfoNeedsAuth {
		if out, failed := c.authenticate(); failed {
			return out
		}
	}
	product := element.Leaf("productVersion", c.opt.Release+".0").And("build", strings.ReplaceAll(c.opt.Release, ".", "")+".0.1")
	return c.rest(http.StatusOK, element.Element{Name: "serverInfo"}.With(product, element.Leaf("restApiVersion", c.opt.RESTVersion)))
}

// legacyInfo is where TSC reads the product version of servers without
// serverinfo; 9.3 is the last of them.
func (c *call) legacyInfo() reply {
	if c.sw.ServerInfoError == "" {
		return c.fail("404003")
	}
	return reply{
		status: http.StatusOK, contentType: "application/xml",
		body: []byte(`<authinfo><version version="0.31"><product_version>9.3</product_version></version></authinfo>`),
	}
}

// signIn checks the credentials (sources/tableau/API.md#signing-in) and opens a session.
func (c *call) signIn() reply {
	if base := c.sw.RedirectSignIn; base != "" {
		return reply{
			status: http.StatusMovedPermanently,
			header: map[string]string{"Location": strings.TrimSuffix(base, "/") + c.req.URL.Path},
		}
	}
	in, ok := c.authRequest()
	if !ok {
		return c.failWith("400000", "Bad Request", "The request body could not be read.")
	}
	made, problem := c.check(in.Credentials)
	made.site = c.siteByURL(in.Credentials.Site.ContentURL)
	switch {
	case problem != "":
		return c.failWith("401001", "Signin Error", problem)
	case made.username == "" || made.site == nil:
		return c.fail("401001")
	}
	c.open(&made)
	return c.credentialsReply(&made)
}

// check finds out whose credentials these are: no username when they are unknown. A
// problem is the detail of the refusal.
func (c *call) check(in credentials) (made session, problem string) {
	switch {
	case in.JWT != "":
		return c.checkJWT(in.JWT)
	case in.PATName != "":
		for _, p := range c.opt.PATs {
			if p.Name == in.PATName && p.Secret == in.PATSecret {
				return session{username: p.Username, pat: p.Name}, ""
			}
		}
	case !c.sw.RefusePasswords:
		for _, u := range c.opt.Users {
			if u.Name == in.Name && u.Password == in.Password {
				return session{username: u.Name}, ""
			}
		}
	}
	return session{}, ""
}

func (s *Server) siteByURL(contentURL string) *site.Site {
	for _, st := range s.sites {
		if st.ContentURL == contentURL {
			return st
		}
	}
	return nil
}

// open gives a session its token. A PAT has one session: the last
// (sources/tableau/API.md#one-session-per-token).
func (c *call) open(made *session) {
	made.token = newToken()
	made.userLUID = sitedata.StableID("user-of", made.username)
	for _, u := range made.site.Users {
		if u.Get("name") == made.username {
			made.userLUID = u.Get("id")
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if made.pat != "" && !c.sw.ManySessionsPerPAT {
		for token, old := range c.sessions {
			if old.pat == made.pat {
				delete(c.sessions, token)
			}
		}
	}
	c.sessions[made.token] = made
	c.stats.SignIns++
}

func (c *call) credentialsReply(s *session) reply {
	e := element.New("credentials", "token", s.token, "estimatedTimeToExpiration", "2:12:30").
		With(c.siteElem(s.site), element.New("user", "id", s.userLUID))
	return c.rest(http.StatusOK, e)
}

// siteElem always names the contentUrl: the default site's is "".
func (c *call) siteElem(st *site.Site) element.Element {
	return element.New("site", "id", st.LUID).And("contentUrl", st.ContentURL)
}

// authenticate finds the session, or answers as the called API does without one.
func (c *call) authenticate() (reply, bool) {
	token := c.req.Header.Get("X-Tableau-Auth")
	c.mu.Lock()
	s := c.sessions[token]
	if s != nil {
		s.calls++
		if most := c.sw.SessionCalls; most > 0 && s.calls > most {
			delete(c.sessions, token)
			s = nil
		}
	}
	c.mu.Unlock()
	if s == nil {
		return c.fail("401000"), true
	}
	c.session, c.site = s, s.site
	if luid := c.req.PathValue("site"); luid != "" && luid != s.site.LUID {
		return c.fail("401000"), true
	}
	if c.route.scope != "" && s.scopes != nil && !allows(s.scopes, c.route.scope) {
		return c.fail("401002"), true
	}
	if c.route.metadata && s.jwt && sitedata.Before(c.opt.Release, "2023.3") { // sources/tableau/API.md#connected-apps
		return c.fail("401002"), true
	}
	return reply{}, false
}

// allows knows wildcards: "tableau:views:*".
func allows(scopes []string, wanted string) bool {
	return slices.ContainsFunc(scopes, func(scope string) bool {
		prefix, wild := strings.CutSuffix(scope, "*")
		return scope == wanted || wild && strings.HasPrefix(wanted, prefix)
	})
}

func (c *call) signOut() reply {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.sessions, c.session.token)
	return reply{status: http.StatusNoContent}
}

// switchSite ends the session and opens one on the other site.
func (c *call) switchSite() reply {
	in, ok := c.authRequest()
	to := c.siteByURL(in.Site.ContentURL)
	switch {
	case !ok:
		return c.failWith("400000", "Bad Request", "The request body could not be read.")
	case to == nil:
		return c.fail("401001")
	case to == c.site:
		return c.fail("403070")
	}
	made := session{username: c.session.username, pat: c.session.pat, jwt: c.session.jwt, scopes: c.session.scopes, site: to}
	c.signOut()
	c.open(&made)
	return c.credentialsReply(&made)
}

func (c *call) currentSession() reply {
	user := element.New("user", "id", c.session.userLUID, "name", c.session.username)
	return c.rest(http.StatusOK, element.Element{Name: "session"}.With(c.siteElem(c.site), user))
}
