package syncing

// Options are what is added to a sync by hand.
type Options struct {
	Trust   []Trust  // answers to TrustNeeded
	Secrets []Secret // for sites that have none at hand; kept in memory only
	Smaller []string // sites whose answer may be worse than the last and count nevertheless
}

// Secret is what was typed for a site: the name of a personal access token
// and its secret, or a user name and a password. An empty one leaves the site out. It is
// for no other server than the one that was asked for.
type Secret struct{ Site, Server, Name, Secret string }

// Trust says whether a server may receive secrets. About is what was asked.
type Trust struct {
	About string
	Yes   bool
}

// TrustNeeded is the error of a Sync whose site has a server that is not confirmed.
type TrustNeeded struct {
	Site, Server string
	Terms        []string // what weakens or widens how it is verified
	Known        bool     // it was confirmed under other terms
	About        string   // all of that, for the answer
}

func (e *TrustNeeded) Error() string { return e.Server + " may not receive secrets yet" }

// SecretNeeded is the error of a Sync that has nothing to sign in to a site with.
type SecretNeeded struct {
	Site, Server string
	Name         string // of token or user; "" has to be asked for, too
	User         bool   // user name and password, not a token
}

func (e *SecretNeeded) Error() string { return "no secrets for site " + e.Site }
