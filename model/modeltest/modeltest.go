// Package modeltest changes resources and tables in tests: what several share is copied
// before.
package modeltest

import "darkroom/model"

// Common gives r a copy of what it shares with others, to be changed.
func Common(r *model.Resource) *model.Common {
	c := new(model.Common)
	if r.Common != nil {
		*c = *r.Common
	}
	r.Common = c
	return c
}

// Extra gives r a copy of what only some resources have, with its names in the warehouse, to
// be changed.
func Extra(r *model.Resource) *model.ResourceExtra {
	x := new(model.ResourceExtra)
	if r.Extra != nil {
		*x = *r.Extra
	}
	x.Identifier, x.RelationName = r.Identifier(), r.RelationName()
	Common(r).Rendered, r.NamesRelation = [2]string{}, false
	r.Extra = x
	return x
}

// Versions gives r a copy of what only models with versions have, to be changed.
func Versions(r *model.Resource) *model.Versions {
	v := new(model.Versions)
	x := Extra(r)
	if x.Versions != nil {
		*v = *x.Versions
	}
	x.Versions = v
	return v
}

// Place gives t a copy of its place, which it shares with others, to be changed.
func Place(t *model.Table) *model.Place {
	p := new(model.Place)
	if t.Place != nil {
		*p = *t.Place
	}
	t.Place = p
	return p
}
