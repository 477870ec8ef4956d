// Package fetch reads a whole Tableau site into a snapshot: what to ask for, in
// pages of a size that the server can answer, and what to say about the rest
// (sources/tableau/API.md#metadata-api,
// model/walk/RULES.md#fetch-flat-join-locally). A partial answer is kept and told,
// never taken for a whole one. Fetched pages are kept on disk, so that an
// interrupted fetch goes on where it stopped.
//
// Transport and session are package api's; the format is package tableau's.
package fetch
