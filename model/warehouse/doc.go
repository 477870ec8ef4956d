// Package warehouse has one row per warehouse that dbt builds in: its dbt
// adapters, the connection classes and hosts by which a BI tool reaches it, what
// it does to names, and the SQL dialect that it speaks. To add a warehouse, add a
// row (rows.go); nothing else lists adapters or connection classes.
//
// What lives here: the rows, the classes that lead to no warehouse (class.go),
// and the answers that follow from them: what a connection class with its host
// is, and what a text means as a database. What does not: the comparison of names
// (package relation), the habits of each dialect (package sql), and how a BI tool
// names its connectors. The class names here are Tableau's; other tools map their
// own onto them.
//
// An adapter without a row gets Of's cautious defaults, and is reached through a
// connection class of its own name.
package warehouse
