// Package dbtyaml says whether dbt's YAML reader accepts a text. dbt reads with
// PyYAML (YAML 1.1), which refuses some texts that other readers take: a tab between
// tokens, one anchor name twice, a plain 2024-13-01, a tag of its own. It is a second
// opinion on what yamledit makes: the two share no code.
//
// What does not live here: changing a text (exposure/yamledit), and what the values
// mean.
package dbtyaml
