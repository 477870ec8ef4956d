package intent

import (
	"bytes"
	"encoding/json"
	"errors"
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
	Name string
	Old  []byte // nil when there is no file
	New  []byte // nil when the file goes
}

// record is the first line of the file. After it come the old and the new content of one
// change after the other, as they are.
type record struct {
	Version int        `json:"version"`
	Changes []recorded `json:"changes"`
}

// recorded is a change whose contents have so many bytes; nil when there is none.
type recorded struct {
	Name    string `json:"name"`
	OldSize *int   `json:"old_bytes"`
	NewSize *int   `json:"new_bytes"`
	// In the first version they are here, in base64.
	Old []byte `json:"old,omitempty"`
	New []byte `json:"new,omitempty"`
}

// The versions of the format.
const (
	inBase64 = 1
	version  = 2
)

// recordOf writes the record of changes.
func recordOf(changes []Change) ([]byte, error) {
	r, size := record{Version: version}, 0
	for _, c := range changes {
		s := recorded{Name: c.Name}
		for _, of := range []struct {
			content []byte
			size    **int
		}{{c.Old, &s.OldSize}, {c.New, &s.NewSize}} {
			if of.content != nil {
				n := len(of.content)
				*of.size = &n
				size += n
			}
		}
		r.Changes = append(r.Changes, s)
	}
	line, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(line)+1+size)
	out = append(append(out, line...), '\n')
	for i := range changes {
		out = append(append(out, changes[i].Old...), changes[i].New...)
	}
	return out, nil
}

// contents takes what comes after the first line apart.
func (r *record) contents(after []byte) error {
	after, ok := bytes.CutPrefix(after, []byte("\n"))
	for i := range r.Changes {
		s := &r.Changes[i]
		for _, of := range []struct {
			content *[]byte
			size    *int
		}{{&s.Old, s.OldSize}, {&s.New, s.NewSize}} {
			*of.content = nil
			if of.size == nil {
				continue
			}
			if ok = ok && *of.size >= 0 && *of.size <= len(after); !ok {
				return errCut
			}
			*of.content, after = after[:*of.size:*of.size], after[*of.size:]
		}
	}
	if !ok || len(after) > 0 {
		return errCut
	}
	return nil
}

var errCut = errors.New("it does not have the contents that it names")

// dropFix is the way out of a record that cannot be used.
const dropFix = "look at the exposures files with git diff, then delete this file"

// read are the changes of an interrupted export, nil when there is none.
func read(files Files) ([]Change, error) {
	data, err := files.Read(Name)
	if data == nil || err != nil {
		return nil, err
	}
	var r record
	in := json.NewDecoder(bytes.NewReader(data))
	if err = in.Decode(&r); err == nil {
		switch after := data[in.InputOffset():]; {
		case r.Version == version:
			err = r.contents(after)
		case r.Version != inBase64:
			return nil, &disk.Error{Kind: disk.ErrInvalid, File: Name, What: "another version of darkroom was interrupted while it wrote", Fix: "run that version again, or " + dropFix}
		case len(bytes.TrimSpace(after)) > 0:
			err = errCut
		}
	}
	if err != nil {
		return nil, &disk.Error{Kind: disk.ErrInvalid, File: Name, Err: err, Fix: dropFix}
	}
	if len(r.Changes) == 0 {
		return nil, &disk.Error{Kind: disk.ErrInvalid, File: Name, What: "it is empty", Fix: dropFix}
	}
	out := make([]Change, len(r.Changes))
	for i := range r.Changes {
		out[i] = Change{r.Changes[i].Name, r.Changes[i].Old, r.Changes[i].New}
		if !mayChange(out[i].Name) {
			return nil, &disk.Error{Kind: disk.ErrInvalid, File: Name, What: "an export never writes " + disk.Clip(out[i].Name), Fix: dropFix}
		}
	}
	return out, nil
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
