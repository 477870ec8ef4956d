// Package columns says which columns of a relation the fields of sheets come from, as far
// as that is exact.
//
// A use is a column that a field names, of a table that is linked to the relation, whose
// name is that of one of the relation's columns as the warehouse compares names. What is
// read through custom SQL, a virtual connection, a flow or initial SQL is unknown: there
// columns can be renamed, or not be reported. So is a dashboard of which a sheet's fields
// are not all known. Unknown is never a use, and where something is unknown no column
// counts as unused.
//
// Not here: fetching columns (sources/tableau/fetch), which relation a table is (package
// match), and models downstream, which use columns as well.
package columns
