// Package tools lists the BI tools that darkroom reads, one reader each: which files
// are the tool's, how they become sites, the tool's value, and what its sites may have
// in darkroom.yml. A new tool is a package under sources/ and its line in [All].
//
// Not here: how the files are read (sources/tableau), which ones are read
// (sources/project/workspace), and fetching from servers (sources/project/syncjob).
package tools

import (
	"context"
	"slices"

	"darkroom/model"
)

// Names are what a site is called where its files do not say it.
type Names struct{ Server, ContentURL, Name string }

// Reader reads what one BI tool has.
type Reader struct {
	Tool *model.Tool
	// Recognizes reports that a file or folder is the tool's. Nil reads what no other
	// reader recognizes; its errors say what was expected.
	Recognizes func(path string) bool
	// Load reads a path. A site that could be read in part says so in its Partial.
	Load func(ctx context.Context, path string, names Names) ([]*model.Site, error)
	// SiteKeys are the keys of a site in darkroom.yml that mean something to the tool,
	// besides those that every site may have: name, snapshot and public_url.
	SiteKeys []string
}

// List are the readers of the tools that are known.
type List []Reader

// All are the tools of darkroom.
func All() List {
	return List{
		tableauReader(),
	}
}

// For is the reader of a path: the one that recognizes it, otherwise the one that
// recognizes nothing in particular.
func (l List) For(path string) Reader {
	var rest Reader
	for _, r := range l {
		switch {
		case r.Recognizes == nil:
			rest = r
		case r.Recognizes(path):
			return r
		}
	}
	return rest
}

// Keys are the tools' keys in files, the first is the default.
func (l List) Keys() []string {
	keys := make([]string, len(l))
	for i, r := range l {
		keys[i] = r.Tool.Key
	}
	return keys
}

// Unfit is the first of the keys that a site of this tool may not have, "" when all
// of them fit.
func (r Reader) Unfit(keys []string) string {
	for _, key := range keys {
		if !slices.Contains(r.SiteKeys, key) {
			return key
		}
	}
	return ""
}
