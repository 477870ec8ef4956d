// Package curate keeps what people decided about dashboards: which become
// exposures, which were refused, by whom and why, with undo and redo of
// everything.
//
// A decision belongs to a dashboard, under the key of [darkroom/model.Site.Key],
// so that the same dashboard below five models is one decision. What a parent
// shows is derived with [Book.State] and never stored. What holds about a
// dashboard is [Book.Effective]: a person's decision, or else what a [Rule] says.
//
// [Book.Inbox] compares what is loaded with what was there at the last review.
//
// Not here: reading and writing decisions (sources/project/decisions), which dashboards
// a filter shows and how a checkbox looks (ui).
package curate
