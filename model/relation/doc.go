// Package relation is about the name of a table or view in a warehouse: its
// parts, how they are quoted, what happens to letters in them, and whether two
// names are one (RULES.md).
//
// What lives here: reading a written name, and the comparison of one part. What
// does not: what each warehouse does to names, and which connection types lead to
// it; that is package warehouse. Which fields of Tableau fill which part, and the
// search for a node, are package match.
package relation
