// Package doctor looks whether a site of Tableau can be synced: what works, what
// does not, and what to do about it. It asks little and changes nothing. What
// Tableau does not report is unknown, never guessed.
package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"darkroom/sources/tableau/api"
)

// Status of a line.
type Status string

// The states of a line.
const (
	OK   Status = "ok"
	Warn Status = "warn" // works, with less than could be
	Fail Status = "fail" // has to be fixed before sync works
)

// Line is one thing looked at. Checks come in this order, each once or more; what is
// about dbt has no site:
//
//	manifest configuration trust server tls version secrets token sign-in metadata limits
//	index names licence content lists collections refresh session snapshot hole pages
type Line struct {
	Site   string `json:"site"`
	Check  string `json:"check"`
	Status Status `json:"status"`
	Text   string `json:"text"`
	Fix    string `json:"cure,omitempty"`
}

// Target is a site to look at.
type Target struct {
	Name     string
	Server   bool // has one; otherwise only the snapshot is looked at
	API      api.Config
	Refused  error     // why the server may not receive secrets; nothing is then sent to it
	Public   string    // the server as snapshots name it
	From     string    // where the secrets are from
	Missing  error     // why there are none
	Snapshot string    // file or folder
	File     string    // that sync writes; "" when it does not
	Now      time.Time // zero: age means nothing
	// Collections is what darkroom.yml chooses by them.
	Collections Chosen
	Tell        func(Line) // called with each line as soon as it is known; may be nil
}

type visit struct {
	Target
	lines  []Line
	waits  []string // why the client had to wait
	waited time.Duration
}

func (v *visit) say(check string, status Status, fix, format string, args ...any) {
	l := Line{v.Name, check, status, fmt.Sprintf(format, args...), fix}
	v.lines = append(v.lines, l)
	if v.Tell != nil {
		v.Tell(l)
	}
}

// broken notes an error, with its fix apart from its text.
func (v *visit) broken(check string, status Status, err error) {
	text, fix := apart(err)
	v.say(check, status, cmp.Or(fix, "try again later"), "%s", text)
}

// apart splits an error into what is wrong and what to do.
func apart(err error) (text, fix string) {
	text = err.Error()
	if e, ok := errors.AsType[*api.Error](err); ok {
		fix = e.Fix
		text = strings.TrimSuffix(text, "; "+fix)
	}
	return text, fix
}

// Run looks at one site. What depends on something that failed is left out.
func Run(ctx context.Context, t Target) []Line {
	v := &visit{Target: t}
	if t.Server {
		v.server(ctx)
	} else {
		v.say("server", OK, "", "none: only what is in files is read")
	}
	if ctx.Err() == nil {
		v.snapshot(ctx)
		v.pages()
	}
	return v.lines
}

// server goes from the connection inwards.
func (v *visit) server(ctx context.Context) {
	if v.Refused != nil {
		text, fix := v.Refused.Error(), ""
		if i := strings.LastIndex(text, "; "); i >= 0 {
			text, fix = text[:i], text[i+2:]
		}
		v.say("trust", Fail, fix, "%s", text)
		return
	}
	cfg := v.API
	if v.Missing != nil { // the server can be looked at without
		cfg.Credentials = api.Credentials{TokenName: "none", TokenSecret: "none"}
	}
	cfg.OnWait = func(wait time.Duration, why string) {
		v.waits, v.waited = append(v.waits, why), v.waited+wait
	}
	c, err := api.New(cfg)
	if err != nil {
		v.broken("configuration", Fail, err)
		return
	}
	defer func() { _ = c.Close(ctx) }()
	if !v.reach(ctx, c) {
		return
	}
	if v.Missing != nil {
		v.say("secrets", Fail, "or let darkroom init keep them in the keyring", "%s", v.Missing)
		return
	}
	v.secrets()
	info, err := c.Info(ctx)
	if err != nil {
		v.broken("sign-in", Fail, err)
		return
	}
	role := v.role(ctx, c, info)
	if !v.metadata(ctx, c, role) {
		return
	}
	v.lists(ctx, c)
	v.collections(ctx, c, info.REST)
	v.refreshes(ctx, c, role)
	v.session(ctx, c)
}
