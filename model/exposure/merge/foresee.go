package merge

import (
	"context"
	"strings"

	"darkroom/model/exposure"
	"darkroom/model/exposure/yamledit/yamltext"
)

// Foresee says what Merge would do, without the texts of files and the next base: each
// Result has its entries Before and After instead of Text. What Merge only finds out when
// it reads a file back, which it does to be safe, is not foreseen.
func (d *Disk) Foresee(ctx context.Context, plan exposure.Plan) (Outcome, error) {
	m := newMerger(d, plan, Settle{})
	m.look = true
	return m.merge(ctx)
}

// Before are the entries of a file as it is.
func (d *Disk) Before(name string) []InFile {
	if s := d.named[name]; s != nil && s.unreadable == nil {
		return s.read.all()
	}
	return nil
}

// foresee gives the entries of a file before and after.
func (m *merger) foresee(t *target) {
	if s := m.named[t.Name]; s != nil && s.unreadable == nil {
		t.res.Before = s.read.all()
	}
	entries := t.rewrite.Entries()
	t.res.After = make([]InFile, len(entries))
	var others []int
	var texts []string
	for i, e := range entries {
		if e.At >= 0 && e.At < len(t.res.Before) && yamltext.SameText(e.Lines, t.doc.EntryLines(&t.doc.Entries[e.At])) {
			t.res.After[i] = t.res.Before[e.At]
			continue
		}
		text := e.Text
		if text == "" {
			text = textOfEntry(e.Lines, e.Dash)
		}
		others, texts = append(others, i), append(texts, text)
	}
	for i, e := range m.cache.read(texts) {
		t.res.After[others[i]] = e
	}
	if len(t.res.Names) > 0 || len(t.res.Changes.Removed) > 0 {
		m.out.Files = append(m.out.Files, t.res)
	}
}

// textOfEntry is the text of an entry as EntryText gives it, without comments above.
func textOfEntry(lines []yamltext.Line, dash int) string {
	for len(lines) > 0 && strings.HasPrefix(strings.TrimSpace(lines[0].Text), "#") {
		lines = lines[1:]
	}
	return yamltext.TextAt(lines, dash)
}
