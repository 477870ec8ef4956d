// Package model holds what is true: the plain types that both worlds are read
// into. One half is dbt's (a project, its resources, the exposures it already
// declares), the other half is Tableau's (a site, its workbooks, dashboards,
// data sources and tables). Words are theirs, not ours.
//
// Nothing here does I/O, knows JSON or draws: readers under sources/ fill these
// types, the packages below model/ reason about them, ui/ shows the answers.
//
// Conventions that every reader keeps:
//   - A missing, null or hidden text is the empty string; a missing list is nil.
//   - Strings are as the source gave them. They are hostile input: whoever
//     shows or writes them has to escape them.
//   - A zero time means unknown.
package model
