// Package curate keeps the decisions about dashboards: which are included as
// exposures, which are excluded, by whom and why, with undo and redo of everything.
//
// A decision belongs to a dashboard, under the key of [darkroom/model.Site.Key],
// so that the same dashboard below five models is one decision. What a parent
// shows is derived with [Book.State] and never stored. What holds for a
// dashboard is [Book.Effective]: its decision, otherwise what a [Rule] says.
//
// [Book.Inbox] compares what is loaded with what was there at the last review.
//
// Not here: reading and writing decisions (sources/project/decisions), which dashboards
// a filter shows and how a checkbox looks (ui).
package curate
