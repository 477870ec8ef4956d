package match

import (
	"strings"
	"unicode/utf8"

	"darkroom/model/relation"
)

// maxShardName bounds the prefixes that are tried; BigQuery allows no longer name.
const maxShardName = 1024

// shard is step 7: a day of a BigQuery source that is declared with a wildcard.
// Any other continuation of the prefix is a question, the longest prefix first.
func (a *attempt) shard() bool {
	if hits := a.each(func(c *candidate, r *reading) []hit {
		table := r.parts[relation.Identifier].Text
		if len(table) <= 8 || !digits(table[len(table)-8:]) {
			return nil
		}
		return c.wildcardsAt(r, len(table)-8)
	}); len(hits) > 0 {
		return a.conclude(hits, Matched, Shard)
	}
	return a.conclude(a.each(func(c *candidate, r *reading) []hit {
		table := r.parts[relation.Identifier].Text
		for n := min(len(table)-1, maxShardName); n > 0; n-- {
			if hits := c.wildcardsAt(r, n); len(hits) > 0 {
				return hits
			}
		}
		return nil
	}), Review, ShardPrefix)
}

// wildcardsAt gives the wildcard sources whose prefix is the first n bytes of
// the table's name.
func (c *candidate) wildcardsAt(r *reading, n int) []hit {
	table := r.parts[relation.Identifier].Text
	if !c.wildcards || !utf8.RuneStart(table[n]) {
		return nil
	}
	var buf [8]int32
	var out []hit
	schema := r.parts[relation.Schema]
	for _, id := range c.posts.find(buf[:0], c.key(keyWildcard, schema.Text, table[:n]), scanLimit) {
		e := &c.entries[id]
		prefix, _ := c.wildcard(e)
		if prefix == table[:n] && c.compare(relation.Schema, e.parts[relation.Schema], schema.side()) <= relation.SameCI &&
			c.compare(relation.Database, e.parts[relation.Database], r.parts[relation.Database].side()) <= relation.SameCI {
			out = append(out, hit{c, id})
		}
	}
	return out
}

func digits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// pointer is step 8: the plain name of a versioned model. dbt 1.12 can build a
// view of that name over the latest version, which is no node of the manifest.
func (a *attempt) pointer() bool {
	if hits := a.each(func(c *candidate, r *reading) []hit { return c.latest(r, true) }); len(hits) > 0 {
		return a.conclude(hits, Matched, Pointer)
	}
	return a.conclude(a.each(func(c *candidate, r *reading) []hit { return c.latest(r, false) }), Review, PointerMissing)
}

func (c *candidate) latest(r *reading, declared bool) []hit {
	var buf [8]int32
	var out []hit
	table := r.parts[relation.Identifier]
	for _, id := range c.posts.find(buf[:0], c.key(keyLatest, r.parts[relation.Schema].Text, table.Text), scanLimit) {
		e := &c.entries[id]
		for _, p := range plainNames(e.Resource) {
			if p.declared == declared && c.likePlain(e, p.name, r) {
				out = append(out, hit{c, id})
				break
			}
		}
	}
	return out
}

// likePlain compares r with e as if e's relation had the plain name.
func (c *candidate) likePlain(e *entry, plain string, r *reading) bool {
	parts := e.parts
	parts[relation.Identifier].Text = plain
	for level := 3 - c.Levels; level < 3; level++ {
		if c.compare(level, parts[level], r.parts[level].side()) > relation.SameCI {
			return false
		}
	}
	return true
}
