// Package merge brings a plan of exposures into YAML files that are edited by hand
// too: a three-way merge of the file, the last export and the plan.
//
//   - ReadDisk finds out which entry belongs to which dashboard, and what is
//     written by hand.
//   - Disk.Merge merges entry by entry and value by value; Settle answers conflicts.
//   - Disk.Adopt, Same and Rename change to whom an entry belongs and its name.
//   - Outcome has the text of every file, the differences and the conflicts.
//
// What lives elsewhere: what an entry should say (exposure), how a text is changed
// without touching the rest (exposure/yamledit), reading and writing files.
package merge
