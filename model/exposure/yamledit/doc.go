// Package yamledit changes single values in the text of a YAML file and leaves
// every other byte as it is: comments, quoting, order, line ends. It sees a file
// as one list of named entries ("exposures:") and the text around it.
//
//   - Parse cuts a file at the entries of its list and says on which lines each
//     value is. What cannot be edited safely is an Error, not a guess. Entries that are
//     written as darkroom writes them are read without the YAML parser (cut.go).
//   - Draft puts values into the lines of one entry.
//   - Rewrite replaces, adds, removes and moves entries and joins the file again.
//
// Every change is read back before it counts: where the text does not say what
// was meant, nothing changes.
//
// yamltext has lines, and how values and entries are written; yamltree has what is read.
//
// What does not live here: what the values mean and which of them to change (it
// knows nothing of dashboards), reading or writing files.
package yamledit
