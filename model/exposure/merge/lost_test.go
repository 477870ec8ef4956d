package merge

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"darkroom/model"
	"darkroom/model/exposure/dbtyaml"
	"darkroom/model/exposure/exposuretest"
)

var keyOf = regexp.MustCompile(`^(- )?"?(\w+)"? *:`)

// lostLine looks for a line that the last export did not write, and that is gone
// although no item speaks of its field. That an entry was removed is not such an item.
func lostLine(before []File, after, oldBase string, items []Item) (string, bool) {
	count := map[string]int{}
	for l := range strings.Lines(after) {
		count[strings.TrimSpace(strings.TrimPrefix(l, "\uFEFF"))]++
	}
	ours := map[string]bool{"": true, "exposures:": true, "exposures: []": true}
	for l := range strings.Lines(oldBase + "\n" + header([]*model.Tool{exposuretest.Tableau})) {
		ours[strings.TrimSpace(l)] = true
	}
	fields := map[string]bool{}
	for i := range items {
		for _, f := range items[i].Fields {
			fields[f.Field[strings.LastIndexByte(f.Field, '.')+1:]] = true
		}
	}
	lists := fields["tags"] || fields["depends_on"] || fields["incomplete"]
	for _, f := range before {
		for l := range strings.Lines(string(f.Text)) {
			l = strings.TrimSpace(strings.TrimPrefix(l, "\uFEFF"))
			if count[l]--; ours[l] || count[l] >= 0 {
				continue
			}
			key := ""
			if m := keyOf.FindStringSubmatch(l); m != nil {
				key = m[2]
			}
			isItem := strings.HasPrefix(l, "- ") && lists
			isText := key == "" && !strings.HasPrefix(l, "#") && fields["description"]
			if !fields[key] && !isItem && !isText {
				return l, true
			}
		}
	}
	return "", false
}

// readable: dbt reads every file.
func (w *randomProject) readable() {
	files := w.plainFiles()
	if read := (exposuretest.Editor{Files: &files}); !read.Valid() {
		for _, f := range w.files {
			if _, p := dbtyaml.Read(f.Text); p != nil {
				w.fail("%s: %v\n%s", f.Name, p, f.Text)
				return
			}
		}
		w.fail("a name is there twice:\n%s", w.all())
	}
}

func (w *randomProject) diff(before []File) string {
	out := ""
	text := func(files []File, name string) []byte {
		i := slices.IndexFunc(files, func(f File) bool { return f.Name == name })
		if i < 0 {
			return nil
		}
		return files[i].Text
	}
	names := map[string]bool{}
	for _, f := range slices.Concat(before, w.files) {
		names[f.Name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		out += Diff(text(before, name), text(w.files, name), name)
	}
	return out
}
