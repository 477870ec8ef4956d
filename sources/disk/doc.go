// Package disk reads and writes the files that darkroom shares with people and git:
//
//   - [WriteFileAtomic] replaces a file as a whole, on every platform, and refuses
//     when the file is no longer what was read;
//   - [Sweep] removes what a killed writer left behind;
//   - [Inside], [ReadInside], [WriteInside] and [RemoveInside] stay inside a project,
//     whatever names and links say;
//   - [Own], [OpenOwn], [AppendOwn] and [Lock] are for what darkroom alone writes, bit by
//     bit, such as a journal: never through a link;
//   - [Files] finds and opens files wherever they are, in memory too;
//   - [Spelling] knows names as they are on disk, where case may not count;
//   - [Error] is the one error of a file: file, place, what, fix.
//
// Not here: what any of these files means (sources/project), YAML that people write
// (sources/yamlfile), and large JSON artifacts (sources/dbt, sources/tableau).
package disk
