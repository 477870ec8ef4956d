package intent

import (
	"encoding/json"
	"strings"

	"darkroom/model/exposure/merge"
	"darkroom/sources/disk"
	"darkroom/sources/project/config"
	"darkroom/sources/yamlfile"
)

// Name is the record's file. Its name begins like that of the journal, because the
// .gitignore of .darkroom leaves those out.
const Name = config.Dir + "/journal.export"

// LastExport is the file of what was written last. It is the last one to be written:
// once it is, everything is.
const LastExport = merge.LastExport

// Change is what happens to one file. Its name is a slash path inside the project.
type Change struct {
	Name string `json:"name"`
	Old  []byte `json:"old"` // nil when there is no file
	New  []byte `json:"new"` // nil when the file goes
}

// record is the format of the file.
type record struct {
	Version int      `json:"version"`
	Changes []Change `json:"changes"`
}

const version = 1

// dropFix is the way out of a record that cannot be used.
const dropFix = "look at the exposures files with git diff, then delete this file"

// read is the record of an interrupted export, nil when there is none.
func read(files Files) (*record, error) {
	data, err := files.Read(Name)
	if data == nil || err != nil {
		return nil, err
	}
	var r record
	switch err := json.Unmarshal(data, &r); {
	case err != nil:
		return nil, &disk.Error{Kind: disk.ErrInvalid, File: Name, Err: err, Fix: dropFix}
	case r.Version != version:
		return nil, &disk.Error{Kind: disk.ErrInvalid, File: Name, What: "another version of darkroom was interrupted while it wrote", Fix: "run that version again, or " + dropFix}
	}
	if len(r.Changes) == 0 {
		return nil, &disk.Error{Kind: disk.ErrInvalid, File: Name, What: "it is empty", Fix: dropFix}
	}
	for i := range r.Changes {
		if name := r.Changes[i].Name; !mayChange(name) {
			return nil, &disk.Error{Kind: disk.ErrInvalid, File: Name, What: "an export never writes " + disk.Clip(name), Fix: dropFix}
		}
	}
	return &r, nil
}

// mayChange reports the files that an export writes. A record may come with a cloned
// repository, and must not make darkroom write what git or a shell executes.
func mayChange(name string) bool {
	if name == LastExport {
		return true
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return false
		}
	}
	return disk.NotLocal(name) == "" && yamlfile.Is(name)
}
