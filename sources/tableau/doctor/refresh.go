package doctor

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"darkroom/sources/tableau/api"
)

// refreshes says whether the account may refresh extracts, as far as its role and the list
// of jobs say: nothing is started to find out.
func (v *visit) refreshes(ctx context.Context, c *api.Client, role string) {
	const fix = "darkroom refresh needs the account of an administrator, of the owner, or of the leader of the project"
	if v.API.Credentials.Method() == "jwt" { // its sessions have the scopes that they ask for
		cfg := v.API
		cfg.Refreshes = true
		own, err := api.New(cfg)
		if err != nil {
			return
		}
		defer func() { _ = own.Close(ctx) }()
		c = own
	}
	_, err := c.Get(ctx, "jobs", url.Values{"pageSize": {"1"}})
	var e *api.Error
	switch {
	case api.SignInRefused(err), errors.As(err, &e) && e.Code == "401002":
		v.say("refresh", Warn, "give the connected app the scopes tableau:tasks:run and tableau:jobs:read", "the scopes for darkroom refresh are refused")
		return
	case err != nil && !api.Hidden(err):
		v.broken("refresh", Warn, err)
		return
	}
	jobs := ""
	if err != nil {
		jobs = "; jobs cannot be listed, so refreshes of others are seen late"
	}
	switch {
	case isAdmin(role):
		v.say("refresh", OK, "", "%s: may refresh every extract%s", role, jobs)
	case role == "":
		v.say("refresh", OK, "", "the role is not known: Tableau says at each extract whether it may be refreshed%s", jobs)
	case slices.Contains([]string{"Viewer", "Explorer", "Guest", "Unlicensed", "ReadOnly"}, role):
		v.say("refresh", Warn, fix, "%s: this role is not expected to refresh extracts%s", role, jobs)
	default:
		v.say("refresh", OK, "", "%s: extracts that it owns, or whose project it leads; Tableau refuses others%s", role, jobs)
	}
}
