package api

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"github.com/tidwall/gjson"
)

// maxPageSize is REST's (sources/tableau/API.md#rest-lists).
const maxPageSize = 1000

// Page is one page of a REST list. Total is -1 when the server does not count; a
// page that is full may then have another one behind it.
type Page struct {
	Items []gjson.Result
	Total int
	Full  bool
}

// Get asks a site's REST resource, such as "projects", for one object.
func (c *Client) Get(ctx context.Context, path string, query url.Values) (gjson.Result, error) {
	out, err := c.call(ctx, "read "+path, c.patient, func(s session) request {
		return s.request(http.MethodGet, withQuery(s.classic("sites/"+s.site+"/"+path), query), nil)
	})
	return gjson.ParseBytes(out.body), err
}

// Resource asks the newer family, /api/-/path, where the site comes from the session.
func (c *Client) Resource(ctx context.Context, path string, query url.Values) (gjson.Result, error) {
	out, err := c.call(ctx, "read "+path, c.patient, func(s session) request {
		return s.request(http.MethodGet, "/api/-/"+withQuery(path, query), nil)
	})
	return gjson.ParseBytes(out.body), err
}

func withQuery(path string, query url.Values) string {
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

// ListPage asks for a page of a list, counted from 1. outer and inner are its
// names: "projects", "project". Some lists have no pages: then the first is all.
func (c *Client) ListPage(ctx context.Context, path string, query url.Values, outer, inner string, number int) (Page, error) {
	q := url.Values{"pageSize": {strconv.Itoa(maxPageSize)}, "pageNumber": {strconv.Itoa(number)}}
	maps.Copy(q, query)
	v, err := c.Get(ctx, path, q)
	var e *Error
	if errors.As(err, &e) && e.Code == "400006" && number > 1 {
		return Page{Total: -1}, nil // behind the last page: the list became shorter while it was read
	}
	if err != nil {
		return Page{}, err
	}
	items, err := OneOrMany(v.Get(outer), inner)
	if err != nil {
		return Page{}, &Error{Op: "read " + path, Status: http.StatusOK, Err: err}
	}
	return Page{items, total(v.Get("pagination.totalAvailable")), len(items) >= maxPageSize}, nil
}

// OneOrMany reads a list in any of REST's shapes: {"inner":[…]}, {"inner":{…}},
// […], {} and nothing (sources/tableau/API.md#rest-lists).
func OneOrMany(v gjson.Result, inner string) ([]gjson.Result, error) {
	if v.IsObject() {
		v = v.Get(inner)
	}
	switch {
	case v.IsArray():
		return v.Array(), nil
	case v.IsObject():
		return []gjson.Result{v}, nil
	case v.Type == gjson.Null:
		return nil, nil
	}
	return nil, fmt.Errorf("a list of %q was expected", inner)
}

// total is a count as text or number.
func total(v gjson.Result) int {
	n, err := strconv.Atoi(v.String())
	if err != nil || n < 0 {
		return -1
	}
	return n
}
