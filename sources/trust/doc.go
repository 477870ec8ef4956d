// Package trust remembers which servers may receive your secrets on this computer, and
// how each of them is verified. A darkroom.yml comes with a repository, so it is not
// believed in this: it may name any server, and a secret goes there only after you have
// confirmed that server (.github/SECURITY.md#secrets-and-servers).
//
// A [Server] is what a configuration asks for, a [Record] what you confirmed, the
// [Book] all records in trust.yml. Only this package makes a [Confirmed], which finding
// secrets (sources/secrets) and signing in (sources/tableau/api) require.
//
// Not here: asking (ui/cli, ui/explorer), and the variables of the environment
// (sources/secrets).
package trust
