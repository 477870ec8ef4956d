// Package relation is about the name of a table or view in a warehouse: its
// parts, how they are quoted, what happens to letters in them, and what each
// warehouse makes special of them (facts/matching.md §2.3, §2.4).
//
// What lives here: reading a written name, the traits of each dbt adapter, and
// the comparison of one part. What does not: which connection types belong to
// an adapter, which fields of Tableau fill which part, and the search for a
// node; those are package match.
package relation
