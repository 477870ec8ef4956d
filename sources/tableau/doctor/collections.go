package doctor

import (
	"cmp"
	"context"
	"strings"

	"darkroom/sources/tableau/api"
)

// Chosen says what of a configuration chooses by collections.
type Chosen struct {
	Scope bool
	Rules []string // "rule 2"
}

// collections are Tableau Cloud's since REST 3.28 (sources/tableau/API.md#collections).
func (v *visit) collections(ctx context.Context, c *api.Client, version api.Version) {
	if !version.AtLeast(3, 28) {
		if loss := v.collectionsLost(); loss != "" {
			v.say("collections", Warn, "choose by projects, tags or owners in darkroom.yml", "not offered: REST API %s, and they came with 3.28: %s", version, loss)
		}
		return
	}
	_, err := c.Resource(ctx, "collections", nil)
	if err == nil {
		v.say("collections", OK, "", "can be listed")
		return
	}
	text, fix := apart(err)
	if api.Hidden(err) {
		text, fix = hiddenFrom(err), v.collectionsFix()
	}
	v.say("collections", Warn, cmp.Or(fix, "try again later"), "%s: %s", text,
		cmp.Or(v.collectionsLost(), "details, lists and the filter collection: lack them; nothing in darkroom.yml asks for them"))
}

// collectionsLost says what darkroom.yml cannot choose; "" when it does not ask.
func (v *visit) collectionsLost() string {
	var lost []string
	if v.Collections.Scope {
		lost = append(lost, "scope: in darkroom.yml wants some, so none of this site's dashboards is shown")
	}
	if rules := v.Collections.Rules; len(rules) > 0 {
		fits := " in darkroom.yml fits none of its dashboards"
		if len(rules) > 1 {
			fits = " in darkroom.yml fit none of its dashboards"
		}
		lost = append(lost, strings.Join(rules, ", ")+fits)
	}
	return strings.Join(lost, "; ")
}

// collectionsFix depends on the kind of sign-in: only a connected app has scopes.
func (v *visit) collectionsFix() string {
	fix := "Tableau does not say what the account lacks"
	switch v.API.Credentials.Method() {
	case "jwt":
		fix = "give the connected app the scope tableau:collections:read and its user access to collections"
	case "pat":
		fix = "use the token of a user who sees collections in Tableau"
	case "password":
		fix = "sign in as a user who sees collections in Tableau"
	}
	if v.collectionsLost() != "" {
		fix += "; or choose by projects, tags or owners in darkroom.yml"
	}
	return fix
}
