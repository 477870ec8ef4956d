// Package tableau reads Tableau metadata files into model.Site: darkroom's own
// snapshots and answers of the Metadata API as people save them. It opens files and
// nothing else: no network, no matching, no judgement. Its rooms, from the lowest:
//
//	document      a file in memory: unpacked, checked, and where in it something is
//	snapshot      darkroom's own file format: its parts, reading and writing them
//	answer        lists of Metadata API objects, in answers and snapshots, to a site
//	joinfiles     facts of workbook files, joined to a site that lacks them
//	tableau       (here) which files are there and what they are
//	workbook      the files of workbooks and data sources themselves
//	api           the wire: sign-in, requests, retries
//	fetch         a whole site from the server into a snapshot
//	survey        what projects a site has, before anything is fetched
//	doctor        what works, what does not, what to do
//	tableautest   a fake server
package tableau
