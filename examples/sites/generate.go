package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
)

// file is one output; path is relative to the root of the repository, with slashes.
type file struct {
	path string
	data []byte
}

// generate makes all files. It reads only the embedded scenario, so every call
// gives the same bytes.
func generate() ([]file, error) {
	w, err := loadWarehouse()
	if err != nil {
		return nil, err
	}
	columns, err := loadColumns()
	if err != nil {
		return nil, err
	}
	var files []file
	snaps := map[string]*snapshot{}
	for _, name := range []string{"cloud", "server"} {
		sc, err := loadScenario(name)
		if err != nil {
			return nil, err
		}
		if snaps[name], err = build(sc, w, columns); err != nil {
			return nil, err
		}
		data, err := packed(snaps[name])
		if err != nil {
			return nil, err
		}
		views, err := viewHistory(snaps[name])
		if err != nil {
			return nil, err
		}
		files = append(files, file{"examples/roastery/tableau/" + name + ".json.gz", data}, file{"examples/roastery/tableau/" + name + ".views.txt", views})
	}
	for _, a := range answers(snaps["server"], "Board") {
		data, err := text(a.data)
		if err != nil {
			return nil, err
		}
		files = append(files, file{"examples/sites/answers/" + a.name + ".json", data})
	}
	return files, nil
}

// text is v as readable JSON: indented, with <, > and & unescaped.
func text(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err := enc.Encode(v)
	return b.Bytes(), err
}

// packed is text, gzipped without name and time stamp.
func packed(v any) ([]byte, error) {
	data, err := text(v)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}
