// Package workspace reads and writes what darkroom keeps in a dbt project:
//
//   - darkroom.yml, written by people ([LoadConfig], schema at [Config]);
//   - .darkroom/decisions.yml, what was decided about each dashboard;
//   - .darkroom/seen.yml, what was there at the last review of the Inbox;
//   - .darkroom/journal, the decisions and reviews made since those two were saved;
//   - any other file of the project (the exposures, .darkroom/last_export.yml)
//     through [disk.ReadInside] and [disk.WriteInside], which stay inside of the project
//     and never lose what they replace.
//
// [OpenStore] ties the folder .darkroom together: each change goes to the journal
// as it is made, so that a closed terminal costs nothing (facts/terminal.md §4.2
// point 11), and [Store.Save] folds the journal into decisions.yml and seen.yml.
//
// Not here: what a decision means (model/curate), how a name is compared
// (model/match), what an exposure looks like (model/exposure).
package workspace
