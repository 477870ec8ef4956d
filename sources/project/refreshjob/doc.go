// Package refreshjob refreshes the extracts of a project's sites: which sites, with which
// secrets, what is due there, and what came of it.
//
// Not here: the rules (model/refresh), talking to a site (sources/project/refresher), the
// records (sources/project/refreshes), and printing.
package refreshjob
