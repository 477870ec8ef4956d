package setup

import (
	"bytes"
	"strings"
	"testing"

	"darkroom/sources/tableau/doctor"
	"darkroom/ui/text"
)

func TestDoctorFitsTheTerminal(t *testing.T) {
	lines := []doctor.Line{
		{Site: "prod", Check: "configuration", Status: doctor.Fail, Text: strings.Repeat("longer than a line ", 12), Fix: strings.Repeat("do this and that ", 9)},
		{Site: "prod", Check: "names", Status: doctor.Warn, Text: strings.Repeat("売上 ", 60) + strings.Repeat("x", 200), Fix: "\x1b[31mred"},
		{Site: "prod", Check: "tls", Status: doctor.OK, Text: "fine"},
	}
	words := func(s string) string {
		return strings.Join(strings.Fields(strings.NewReplacer("→", "", ":", "").Replace(s)), "")
	}
	for _, width := range []int{0, 11, 40, 59, 60, 80, 120} {
		var b bytes.Buffer
		want := ""
		p := &doctorPrinter{w: &b, width: width, many: true}
		for _, l := range lines {
			p.line(l)
			want += string(l.Status) + l.Check + l.Text + l.Fix
		}
		for _, l := range strings.Split(b.String(), "\n") {
			if width > 30 && text.Width(l) > width {
				t.Errorf("at %d: %d cells: %q", width, text.Width(l), l)
			}
			if width >= 60 && strings.HasPrefix(l, " ") && !strings.HasPrefix(l, text.Spaces(19)) {
				t.Errorf("at %d: out of its column: %q", width, l)
			}
		}
		if strings.Contains(b.String(), "\x1b") || words(b.String()) != words("prod"+text.Clean(want)) {
			t.Errorf("at %d:\n%s", width, b.String())
		}
	}
}
