// Package refresher asks a Tableau site when its extracts were refreshed and which jobs
// run, starts the refreshes that are due, and waits for them. Nothing is started without a
// record (sources/project/refreshes), and a request without an answer is never repeated
// before the site was asked what became of it (sources/project/FILES.md#refreshes).
//
// Not here: which extracts are due (model/refresh).
package refresher
