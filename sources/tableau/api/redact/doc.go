// Package redact keeps secrets out of texts that are shown or logged, however a server
// writes them back: escaped, encoded, or cut. Which secrets there are a Vault learns from its user;
// what a message says is not decided here.
package redact
