// Package api talks to one Tableau site: version, session, REST lists and
// Metadata queries (sources/tableau/API.md). It retries what passes, signs in
// again when the session ends, and turns every refusal into an [Error] with a
// fix. No message of this package holds a secret.
//
// What to ask for, and what to do with partial answers, is package fetch's.
package api
