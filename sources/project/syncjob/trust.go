package syncjob

import (
	"context"
	"fmt"
	"os"
	"time"

	"darkroom/sources/project/config"
	"darkroom/sources/secrets"
	"darkroom/sources/trust"
)

// Trust lets secrets go to servers that you confirmed, and to no other
// (.github/SECURITY.md#secrets-and-servers). The zero value asks nothing.
type Trust struct {
	// Own is a server of this process, such as the example's; may be nil.
	Own func(site string) (trust.Confirmed, bool)
	// Ask asks for your word; nil asks nothing. An error ends the whole sync.
	Ask func(context.Context, *Unconfirmed) (bool, error)
	// Warn hears that your word counts and could not be remembered; may be nil.
	Warn func(error)
}

// Unconfirmed is the error of a server that may not receive secrets.
type Unconfirmed struct {
	Site   string
	Server trust.Server
	Known  bool   // the address was confirmed, and other terms
	Named  string // by TABLEAU_SERVER, if that is another server
}

// Error says what to do.
func (e *Unconfirmed) Error() string {
	what := "your secrets are not sent to " + e.Server.Address + ", which you have not confirmed on this computer"
	if e.Known {
		what = "your secrets are not sent to " + e.Server.Address + ", which you have confirmed under other terms"
	}
	for _, term := range e.Server.Record().Terms() {
		what += "; " + term
	}
	if e.Named != "" {
		what += fmt.Sprintf("; %s is %s", secrets.Server, e.Named)
	}
	fix := "; if it is right, run " + e.Server.Command()
	if r := e.Server.Record(); !r.InsecureSkipVerify && r.CA == "" && len(r.RedirectHosts) == 0 {
		fix += fmt.Sprintf(", or set %s=%s beside the token (for this site only: %s_%s)", secrets.Server, e.Server.Address, secrets.Server, secrets.Suffix(e.Site))
	}
	return what + fix
}

// wantOf is what darkroom.yml says of a site's server.
func wantOf(conf *config.Config, s config.Site) trust.Want {
	w := trust.Want{Server: s.Server, InsecureSkipVerify: s.InsecureSkipVerify, RedirectHosts: s.RedirectHosts}
	if s.CAFile != "" {
		w.CAFile = conf.Path(s.CAFile)
	}
	return w
}

// Server is the server of a site, if it may receive secrets: yours by a record in the
// book, by TABLEAU_SERVER, or by your answer. Any other error than those of Ask is why
// the site cannot be signed in to.
func (t Trust) Server(ctx context.Context, conf *config.Config, s config.Site) (trust.Confirmed, error) {
	if t.Own != nil {
		if c, ok := t.Own(s.Name); ok {
			return c, nil
		}
	}
	server, err := trust.Read(wantOf(conf, s))
	if err != nil {
		return trust.Confirmed{}, err
	}
	word, err := secrets.Finder{Getenv: os.Getenv}.Word(s.Name)
	if err != nil {
		return trust.Confirmed{}, err
	}
	book, err := trust.Open()
	if c, ok := book.Check(server, word); ok { // the environment's word needs no book
		return c, nil
	}
	if err != nil {
		return trust.Confirmed{}, err
	}
	unknown := &Unconfirmed{Site: s.Name, Server: server, Known: book.Knows(server.Address)}
	if word.Server != server.Address {
		unknown.Named = word.Server
	}
	if t.Ask == nil {
		return trust.Confirmed{}, unknown
	}
	yes, err := t.Ask(ctx, unknown)
	switch {
	case err != nil:
		return trust.Confirmed{}, askError{err}
	case !yes:
		return trust.Confirmed{}, unknown
	}
	c, err := book.Confirm(server, time.Now())
	if err != nil && t.Warn != nil {
		t.Warn(err)
	}
	return c, nil
}
