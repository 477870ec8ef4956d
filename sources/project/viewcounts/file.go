// Package viewcounts keeps how often dashboards had been viewed on the days of a sync: a
// small text file beside each snapshot, one line a day (model/usage/RULES.md#the-file).
//
// Not here: what follows from the counts (model/usage).
package viewcounts

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"darkroom/model"
	"darkroom/model/usage"
	"darkroom/sources/disk"
)

// head is the first line of a file, and of no other.
const head = "# darkroom: views of dashboards, one line a day with the totals that changed; lines can be merged in any order"

// beside is the file of counts of a snapshot; a folder of snapshots has one that sync
// writes.
func beside(snapshot string) string {
	if info, err := os.Stat(snapshot); err == nil && info.IsDir() {
		snapshot = filepath.Join(snapshot, "darkroom-sync.json.gz")
	}
	return strings.TrimSuffix(strings.TrimSuffix(snapshot, ".gz"), ".json") + ".views.txt"
}

// Read reads the counts beside a snapshot; nil where there are none.
func Read(snapshot string) (*usage.History, error) {
	_, h, err := read(beside(snapshot))
	return h, err
}

func read(file string) (data []byte, h *usage.History, err error) {
	if info, err := os.Lstat(file); err == nil && !info.Mode().IsRegular() {
		return nil, nil, foreign(file)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, disk.Failed("read", file, err)
	}
	if data, err = disk.ReadFile(file); err != nil {
		return nil, nil, disk.Failed("read", file, err)
	}
	if data == nil {
		return nil, nil, nil
	}
	h, err = parse(file, data)
	return data, h, err
}

func foreign(file string) error {
	return &disk.Error{Kind: disk.ErrInvalid, File: file, What: "it is not a file of view counts that darkroom wrote", Fix: "move it away: darkroom sync keeps view counts there"}
}

func parse(file string, data []byte) (*usage.History, error) {
	lines := strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	if lines[0] != head {
		return nil, foreign(file)
	}
	var days []usage.Day
	for i, line := range lines {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		day, err := parseDay(line)
		if err != nil {
			return nil, &disk.Error{
				Kind: disk.ErrInvalid, File: file, Place: disk.Place{Line: i + 1}, What: err.Error(),
				Fix: "take the line out; lines of two branches can all stay",
			}
		}
		days = append(days, day)
	}
	return usage.New(days), nil
}

// parseDay reads "2026-11-30 3f2a9c81d4e7=12400 77aa00000000=?".
func parseDay(line string) (usage.Day, error) {
	words := strings.Fields(line)
	date, err := time.Parse(time.DateOnly, words[0])
	if err != nil {
		return usage.Day{}, fmt.Errorf("%q is not a day", words[0])
	}
	day := usage.Day{Date: date, Counts: make(map[string]int, len(words)-1)}
	for _, w := range words[1:] {
		key, value, ok := strings.Cut(w, "=")
		n, err := strconv.Atoi(value)
		if value == "?" {
			n, err = usage.Unknown, nil
		}
		if !ok || key == "" || err != nil || n < usage.Unknown || value == "-1" {
			return usage.Day{}, fmt.Errorf("%q is not a count", w)
		}
		day.Counts[key] = n
	}
	return day, nil
}

func format(h *usage.History) []byte {
	var b bytes.Buffer
	b.WriteString(head + "\n")
	for _, d := range h.Days() {
		b.WriteString(d.Date.Format(time.DateOnly))
		for _, key := range slices.Sorted(maps.Keys(d.Counts)) {
			value := "?"
			if n := d.Counts[key]; n != usage.Unknown {
				value = strconv.Itoa(n)
			}
			b.WriteString(" " + key + "=" + value)
		}
		b.WriteString("\n")
	}
	return b.Bytes()
}

// Add counts the dashboards of a site that was just written into a snapshot. A file that
// cannot be read stays as it is.
func Add(snapshot string, site *model.Site, at time.Time) error {
	file := beside(snapshot)
	old, h, err := read(file)
	if err != nil {
		return err
	}
	totals := map[string]int{}
	for i := range site.Dashboards {
		if d := &site.Dashboards[i]; d.LUID != "" && !strings.ContainsAny(d.LUID, " =\t\r\n#") {
			totals[d.LUID] = d.Views
		}
	}
	more := h.With(at, totals).Thin()
	if len(more.Days()) == 0 {
		return nil
	}
	return disk.WriteFileAtomic(file, format(more), old)
}
