// Package syncjob syncs the sites of a project with their servers: which sites have one
// ([WithServer]), how each is reached and where its snapshot may go ([Connection], [Target]),
// where its secrets come from and what happens without ([Secrets], [Typed]), which sites
// wait for each other ([Run]), whether an answer that looks worse is accepted
// ([Options]), and what is said of each site and of the whole afterwards ([Report],
// [EndingOf]). The command and the explorer both call it.
//
// Not here: what is asked of a server and what makes an answer worse
// (sources/tableau/fetch, model/sitediff), finding secrets (sources/secrets), opening the
// project again afterwards (sources/project/workspace), and any asking or drawing (ui).
package syncjob
