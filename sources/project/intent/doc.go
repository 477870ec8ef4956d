// Package intent writes several files of a project as one. Before the first of them
// changes, a record of all of them is on disk; it goes when the last one is written. A
// process that ends in between leaves the record, and the next run takes the files
// back to what they were ([Recover]); sources/project/FILES.md#two-files-one-intent.
//
// Not here: what is written (sources/project/export), and how one file is replaced as a
// whole (sources/disk).
package intent
