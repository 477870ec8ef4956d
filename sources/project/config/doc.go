// Package config is darkroom.yml, which people write: its types ([Config]), reading it
// ([Load], [Find]), every check of its values, and what follows from them for the model
// (scope, rules, maps, the pattern of the exposures' files).
//
// Not here: what is decided while darkroom runs and kept in .darkroom
// (sources/project/decisions), what a scope or rule finds in the loaded sites
// (sources/project/workspace), secrets (sources/secrets).
package config
