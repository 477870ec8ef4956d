package exposure

import "maps"

// Known is what earlier exports settled.
type Known struct {
	// Names by key: the name an exposure got at its first export, or the one a
	// person gave it in the file since.
	Names map[string]string
	// Entries are those of our file that darkroom did not write. Their names are
	// never given and their dashboards are not declared a second time.
	Entries []Declared
}

// Declared is an exposure that a person wrote.
type Declared struct {
	Name, URL, File string
}

// ReadKnown collects what the file on disk and the last export know; both may
// be nil. The file wins. name is the file's, for messages. Errors are *FileError.
func ReadKnown(existing, base []byte, name string) (Known, error) {
	k := Known{Names: map[string]string{}}
	last, err := parseBase(base)
	if err != nil {
		return k, err
	}
	doc, ferr := parse(existing)
	if ferr != nil {
		return k, ferr.named(name)
	}
	m := pair(doc, last)
	here := map[string]string{}
	for i, e := range doc.entries {
		key := m.keys[i]
		if key != "" {
			here[key] = e.name
			continue
		}
		k.Entries = append(k.Entries, Declared{Name: e.name, URL: e.node.text("url"), File: name})
	}
	for _, e := range last.entries {
		if key := e.key(); key != "" {
			k.Names[key] = e.name
		}
	}
	maps.Copy(k.Names, here)
	return k, nil
}
