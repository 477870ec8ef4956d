// Package refreshes keeps the records of refreshes that were asked for, one file for each
// extract in .darkroom/refreshes. A record is on disk before its request is sent, so that
// however a run ends, the next one knows that it may have been
// (sources/project/FILES.md#refreshes).
//
// Not here: what a record means for whether an extract is due (model/refresh), and asking
// a server what became of it (sources/project/refresher).
package refreshes
