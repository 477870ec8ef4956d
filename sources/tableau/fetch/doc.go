// Package fetch reads a whole Tableau site into a snapshot: what to ask for, in
// pages of a size that the server can answer, and what to say about the rest
// (sources/tableau/API.md#metadata-api, model/walk/RULES.md#fetch-flat-join-locally). An
// incomplete answer is kept and marked. Fetched pages are kept on disk, so that an
// interrupted fetch resumes where it stopped. Its rooms, in the order in which they work:
//
//	plan       what to ask the Metadata API for, of what this server has
//	lists      pages of the lists of both APIs
//	details    what is too much for a list, by id
//	files      facts of workbook files, where the metadata has too little
//	offline    the same site without a Metadata API
//	assemble   the snapshot of all that was gathered
//	fetch      (here) the order of these, and the judgement before writing
//
// and what they use: ask (one question, with patience), pages (records on disk),
// gathered (what is known so far), session (all of it together), canonical (JSON in
// one form). Transport is package api's; the format is package snapshot's.
package fetch
