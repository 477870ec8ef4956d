// Package warehouse has one row per warehouse that dbt builds in: its dbt
// adapters, the connection classes and hosts by which a BI tool reaches it, what
// it does to names, and its SQL dialect. To add a warehouse, add a row (rows.go);
// no other place lists adapters or connection classes.
//
// What lives here: the rows, the classes that do not lead to a warehouse (class.go),
// and what follows from both: what a connection class with its host is, and what a
// text means as a database. What does not: the comparison of names (package
// relation), the habits of each dialect (package sql), and how a BI tool names its
// connectors. The class names here are Tableau's; other tools map theirs to them.
//
// An adapter without a row gets the cautious defaults of Of and is reached through a
// connection class with its own name.
package warehouse
