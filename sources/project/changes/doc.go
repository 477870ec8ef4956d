// Package changes finds out what changed in a project: by comparing its manifest with
// production's as dbt does, or by asking git which files differ from a commit.
//
// Not here: what depends on it (model/impact), what dbt compares (model/selector).
package changes
