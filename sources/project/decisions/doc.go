// Package decisions keeps the folder .darkroom of a project:
//
//   - decisions.yml, what was decided about each dashboard, and the maps, pins and
//     ignores that were learnt in the explorer;
//   - seen.yml, what was there at the last review of the Inbox;
//   - journal, the decisions and reviews made since those two were saved;
//   - the git attributes and ignore files that let several people share the first two.
//
// [Open] ties them together: each change goes to the journal as it is made, so that
// nothing is lost if the terminal closes (ui/TERMINAL.md#closed-terminals), and
// [Store.Save] folds the journal into decisions.yml and seen.yml.
//
// Not here: what a decision means (model/curate), the configuration that people write
// (sources/project/config), snapshots and the last export, which lie in the same folder
// (sources/tableau, sources/project/export).
package decisions
