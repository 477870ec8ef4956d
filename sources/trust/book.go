package trust

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"darkroom/sources/disk"
	"darkroom/sources/yamlfile"
)

// FileName is the book's, in darkroom's folder for state ([disk.StateFile]).
const FileName = "trust.yml"

// Book is the file with all records. It is read by Open and belongs to one goroutine.
type Book struct {
	file    string // empty when there is no place for it
	noPlace error
	data    []byte // as read
	records []Record
}

// Open reads the book of this computer and user. Without a home there is none to read,
// and what is confirmed counts until the program ends.
func Open() (*Book, error) {
	file, err := disk.StateFile(FileName)
	if err != nil {
		return &Book{noPlace: err}, nil
	}
	return OpenFile(file)
}

// OpenFile reads a book; one that is not there is empty. A file that others could have
// written is not believed.
func OpenFile(file string) (*Book, error) {
	b := &Book{file: file}
	return b, b.read()
}

func (b *Book) read() error {
	data, err := disk.ReadFile(b.file)
	if err != nil {
		return disk.Failed("read", b.file, err)
	}
	if info, err := os.Stat(b.file); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
		return &disk.Error{File: b.file, What: "others may write this file, so it is not believed", Fix: "look at what is in it, then run chmod 600 " + b.file}
	}
	records, err := parse(b.file, string(data))
	if err == nil {
		b.data, b.records = data, records
	}
	return err
}

// form is the file.
type form struct {
	Servers []struct {
		Server             string   `yaml:"server"`
		CA                 string   `yaml:"ca_file"`
		InsecureSkipVerify bool     `yaml:"insecure_skip_verify"`
		RedirectHosts      []string `yaml:"redirect_hosts"`
		Confirmed          string   `yaml:"confirmed"`
	} `yaml:"servers"`
}

func parse(file, text string) ([]Record, error) {
	y := yamlfile.Parse(file, text, 1)
	y.UnknownFix = "a later darkroom may have written it: update this one"
	var f form
	if len(y.Problems) == 0 {
		y.Decode(&f)
	}
	var out []Record
	for i, s := range f.Servers {
		at := fmt.Sprintf("$.servers[%d]", i)
		if address, err := Address(s.Server); err != nil || address != s.Server {
			y.FailAt(at+".server", "this is not a server as darkroom writes it", "take the entry out and confirm the server again: darkroom trust URL")
		}
		y.CheckTime(at+".confirmed", s.Confirmed)
		when, _ := yamlfile.ParseTime(s.Confirmed)
		out = append(out, Record{s.Server, s.CA, s.InsecureSkipVerify, s.RedirectHosts, when})
	}
	return out, disk.Join(y.Problems)
}

// text is the file with these records.
func text(records []Record) string {
	var out strings.Builder
	out.WriteString("# Servers that may receive your Tableau secrets from this computer. darkroom trust\n# lists them; darkroom trust --forget URL takes one out.\nservers:")
	if len(records) == 0 {
		out.WriteString(" []\n")
		return out.String()
	}
	out.WriteString("\n")
	for _, r := range records {
		fmt.Fprintf(&out, "  - server: %q\n", r.Server)
		if r.CA != "" {
			fmt.Fprintf(&out, "    ca_file: %q\n", r.CA)
		}
		if r.InsecureSkipVerify {
			out.WriteString("    insecure_skip_verify: true\n")
		}
		if len(r.RedirectHosts) > 0 {
			out.WriteString("    redirect_hosts:\n")
			for _, host := range r.RedirectHosts {
				fmt.Fprintf(&out, "      - %q\n", host)
			}
		}
		fmt.Fprintf(&out, "    confirmed: %s\n", r.Confirmed.UTC().Format(time.DateOnly))
	}
	return out.String()
}

// Records are what was confirmed, by server.
func (b *Book) Records() []Record { return slices.Clone(b.records) }

// Knows reports that a server was confirmed, on whatever terms.
func (b *Book) Knows(address string) bool {
	return slices.ContainsFunc(b.records, func(r Record) bool { return r.Server == address })
}

// Check confirms a server that a record covers: one of the book, or your word from
// another place, such as the environment.
func (b *Book) Check(s Server, words ...Record) (Confirmed, bool) {
	asked := s.Record()
	for _, r := range append(words, b.records...) {
		if r.Covers(asked) {
			return confirm(s, b.Records()), true
		}
	}
	return Confirmed{}, false
}

// Confirm is your word for a server. It is remembered; an error says why that did not
// work, and the word counts for now nevertheless.
func (b *Book) Confirm(s Server, now time.Time) (Confirmed, error) {
	r := s.Record()
	r.Confirmed = now
	err := b.change(func(known []Record) []Record {
		kept := slices.DeleteFunc(known, r.Covers) // what is in the new record
		return append(kept, r)
	})
	if err != nil {
		err = fmt.Errorf("%s cannot be remembered: %w", s.Address, err)
	}
	return confirm(s, b.Records()), err
}

// Forget takes a server out, whatever its terms, and returns how many records there
// were.
func (b *Book) Forget(address string) (n int, err error) {
	err = b.change(func(known []Record) []Record {
		left := slices.DeleteFunc(slices.Clone(known), func(r Record) bool { return r.Server == address })
		n = len(known) - len(left)
		return left
	})
	return n, err
}

// change writes the book with other records. Another darkroom may have written since it
// was read: then it is read and changed again.
func (b *Book) change(edit func([]Record) []Record) error {
	if b.noPlace != nil {
		return b.noPlace
	}
	for try := 0; ; try++ {
		records := edit(b.Records())
		slices.SortStableFunc(records, func(x, y Record) int { return strings.Compare(x.Server, y.Server) })
		data := []byte(text(records))
		if _, err := parse(b.file, string(data)); err != nil {
			return err // larger than what is read again
		}
		err := disk.WritePrivate(b.file, data, b.data)
		if err == nil {
			b.data, b.records = data, records
			return nil
		}
		if !errors.Is(err, disk.ErrChanged) || try == 9 {
			return err
		}
		if err := b.read(); err != nil {
			return err
		}
	}
}
