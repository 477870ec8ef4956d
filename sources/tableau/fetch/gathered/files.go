package gathered

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"darkroom/model"
	"darkroom/sources/tableau/fetch/pages"
	"darkroom/sources/tableau/snapshot"
)

// Files is what is known of files so far. Keys are kind and LUID, see FileKey.
type Files struct {
	wanted bool

	mu         sync.Mutex
	facts      map[string]string  // as JSON, or null
	refused    map[string]refusal // and no facts before
	takenOver  map[string]bool    // of facts: from the last snapshot
	outdated   map[string]bool    // were there last time, and the original has changed
	downloaded bool               // files were asked for
	barred     error              // why no further file is worth asking for
}

// refusal is of the file of a workbook or data source, in words.
type refusal struct{ of, why string }

func newFiles(wanted bool) Files {
	return Files{wanted: wanted, facts: map[string]string{}, refused: map[string]refusal{}, takenOver: map[string]bool{}, outdated: map[string]bool{}}
}

// FileKey is the key of a file: "workbooks/…" or "datasources/…".
func FileKey(kind, luid string) string { return kind + "/" + strings.ToLower(luid) }

// DescribeFile names a file's owner: workbook "Sales".
func DescribeFile(kind, name string) string {
	if kind == "datasources" {
		return fmt.Sprintf("published data source %s", model.QuotedName(name))
	}
	return fmt.Sprintf("workbook %s", model.QuotedName(name))
}

// FileRecord is about one file. Its nodes are the facts, null when it cannot be read;
// one without is refused or, with a gap alone, may come the next time.
func FileRecord(kind, luid, name string) pages.Record {
	return pages.Record{List: filesList + kind, Detail: []string{luid, name}, Total: -1}
}

// wants reports a record with the facts that are asked for now, columns among them or not.
func (f *Files) wants(kind string, r pages.Record, columns bool) bool {
	if !f.wanted {
		return false
	}
	if kind != "workbooks" || len(r.Nodes) != 1 || string(r.Nodes[0]) == "null" {
		return true
	}
	return gjson.GetBytes(r.Nodes[0], "columns").Exists() == columns
}

// hasFacts is for callers that hold mu.
func (f *Files) hasFacts(key string) bool { return f.facts[key] != "" && f.facts[key] != "null" }

// take is Site.Apply for a file.
func (f *Files) take(kind string, r pages.Record) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case len(r.Detail) != 2:
	case len(r.Nodes) == 1:
		key, text := FileKey(kind, r.Detail[0]), string(r.Nodes[0])
		if text == "null" && f.takenOver[key] {
			return // what it said last time is still good
		}
		f.facts[key] = text
		delete(f.takenOver, key)
	case r.Refused != "":
		f.refused[FileKey(kind, r.Detail[0])] = refusal{DescribeFile(kind, r.Detail[1]), r.Refused}
	}
}

// Facts of a file, as JSON; "" when it has none.
func (f *Files) Facts(key string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.facts[key]
}

// Known reports a file that need not be downloaded: an interrupted fetch had it, or
// the last snapshot (earlier, nil when it had none) and it was not published again.
func (f *Files) Known(key string, earlier *snapshot.File, outdated bool) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if earlier != nil && outdated {
		f.outdated[key] = true
	}
	good := earlier != nil && !outdated
	switch {
	case f.hasFacts(key), f.facts[key] != "" && !good:
		return true
	case earlier == nil:
		return f.refused[key].why != ""
	case outdated:
		return false
	}
	f.facts[key] = FactsText(*earlier)
	f.takenOver[key] = true
	return true
}

// FactsText writes facts as the snapshot has them.
func FactsText(file snapshot.File) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(file) // texts, numbers and truth values are always fine
	return strings.TrimSpace(b.String())
}

// Outdated reports that facts of a file were in the last snapshot and are no longer
// good.
func (f *Files) Outdated(key string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.outdated[key]
}

// Download notes that files are asked for.
func (f *Files) Download() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.downloaded = true
}

// Bar notes why no further file is worth asking for.
func (f *Files) Bar(why error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.barred = why
}

// Barred is that reason.
func (f *Files) Barred() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.barred
}

// Refused counts the files that this account may not download.
func (f *Files) Refused() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.refused)
}

// FilesResult is what came of all files.
type FilesResult struct {
	Members    []snapshot.Member
	Has        map[string]bool // whose facts are among Members, by FileKey
	Downloaded int
	TakenOver  int // from the last snapshot
	Lost       int // facts of the last snapshot that are no longer good, and not replaced
	Notes      []string
}

// Result puts all facts together.
func (f *Files) Result() FilesResult {
	f.mu.Lock()
	defer f.mu.Unlock()
	r := FilesResult{Has: map[string]bool{}, TakenOver: len(f.takenOver)}
	for _, kind := range []string{"datasources", "workbooks"} {
		m := snapshot.Member{Name: kind}
		for _, key := range slices.Sorted(maps.Keys(f.facts)) {
			if luid, ok := strings.CutPrefix(key, kind+"/"); ok && f.hasFacts(key) {
				m.Keys, m.Rows = append(m.Keys, luid), append(m.Rows, f.facts[key])
				r.Has[key] = true
			}
		}
		if len(m.Rows) > 0 {
			r.Members = append(r.Members, m)
		}
	}
	r.Downloaded = len(r.Has) - r.TakenOver
	for key := range f.outdated {
		if !f.hasFacts(key) {
			r.Lost++
		}
	}
	if n := len(f.refused); n > 0 {
		r.Notes = append(r.Notes, f.refusals(n))
	}
	if r.Lost > 0 && !f.downloaded {
		r.Notes = append(r.Notes, fmt.Sprintf("workbooks and data sources that may have changed since their files were read, so their facts "+
			"are dropped: %d; darkroom sync --download reads them again", r.Lost))
	}
	return r
}

// refusals names those whose files this account does not get, with the first reason.
func (f *Files) refusals(n int) string {
	var names []string
	why := ""
	for _, key := range slices.Sorted(maps.Keys(f.refused)) {
		names = append(names, f.refused[key].of)
		why = cmp.Or(why, f.refused[key].why)
	}
	return fmt.Sprintf("files that this account may not download: %d: %s (%s); it needs the capability Download/Save a Copy on a workbook, "+
		"Download Data Source on a data source", n, FirstFew(names), why)
}

// FirstFew shortens a list of names for a sentence.
func FirstFew(names []string) string {
	const most = 10
	if n := len(names) - most; n > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), n)
	}
	return strings.Join(names, ", ")
}
