package scenario

import (
	"regexp"
	"slices"
	"strings"

	"darkroom/ui/text"
)

// Has asks for texts anywhere on the screen.
func (s *Scenario) Has(texts ...string) *Scenario {
	s.t.Helper()
	s.Screen.Has(texts...)
	return s
}

// Hasnt fails if a text is anywhere on the screen.
func (s *Scenario) Hasnt(texts ...string) *Scenario {
	s.t.Helper()
	s.Screen.Hasnt(texts...)
	return s
}

// Tab asks for the view that is shown, by its title, with the number that waits there if
// a count is given: "Inbox(5)".
func (s *Scenario) Tab(title string) *Scenario {
	s.t.Helper()
	head := s.lines()[0]
	_, rest, ok := strings.Cut(head, "[")
	tab, _, closed := strings.Cut(rest, "]")
	_, got, _ := strings.Cut(tab, " ")
	if bare, _, _ := strings.Cut(got, "("); !ok || !closed || got != title && bare != title {
		s.t.Fatalf("the view is %q, not %q:\n%s", got, title, s.Frame())
	}
	return s
}

// Header asks for texts on the first line, Crumbs on the second.
func (s *Scenario) Header(texts ...string) *Scenario {
	s.t.Helper()
	return s.has("on the first line", s.lines()[0], texts)
}

// Crumbs asks for texts on the line of the filter or of the way to the cursor.
func (s *Scenario) Crumbs(texts ...string) *Scenario {
	s.t.Helper()
	return s.has("on the second line", s.lines()[1], texts)
}

// Status asks for texts on the line of messages and numbers.
func (s *Scenario) Status(texts ...string) *Scenario {
	s.t.Helper()
	lines := s.lines()
	return s.has("on the status line", lines[len(lines)-2], texts)
}

// Footer asks for texts among the hints: on the last line, or on the edge of a box.
func (s *Scenario) Footer(texts ...string) *Scenario {
	s.t.Helper()
	lines := s.lines()
	hints := lines[len(lines)-1]
	for _, l := range lines {
		if _, edge, ok := strings.Cut(l, "╰─"); ok {
			hints = edge
		}
	}
	return s.has("among the hints", hints, texts)
}

// Row asks for rows of the view with texts, each in one row. The sign after a checkbox may
// be left out: "[✓] ● Sales", "[✓] Sales".
func (s *Scenario) Row(texts ...string) *Scenario {
	s.t.Helper()
	return s.has("in a row", strings.Join(s.rows(), "\n")+"\n"+withoutSigns(s.rows()), texts)
}

// withoutSigns are rows without what an export does with their dashboards.
func withoutSigns(rows []string) string {
	return regexp.MustCompile(`(\[[✓✗~ ]\]) [●+~−!≠h∅ ] `).ReplaceAllString(strings.Join(rows, "\n"), "$1 ")
}

// NoRow fails if a row of the view has a text.
func (s *Scenario) NoRow(texts ...string) *Scenario {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(strings.Join(s.rows(), "\n"), text) {
			s.t.Fatalf("%q is in a row:\n%s", text, s.Frame())
		}
	}
	return s
}

// On asks for texts in the row under the cursor.
func (s *Scenario) On(texts ...string) *Scenario {
	s.t.Helper()
	return s.has("in the cursor's row", s.cursorRow()+"\n"+withoutSigns([]string{s.cursorRow()}), texts)
}

// Details asks for texts in the details.
func (s *Scenario) Details(texts ...string) *Scenario {
	s.t.Helper()
	_, details := s.panes()
	return s.has("in the details", strings.Join(details, "\n"), texts)
}

func (s *Scenario) has(where, part string, texts []string) *Scenario {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(part, text) {
			s.t.Fatalf("%q is not %s:\n%s", text, where, s.Frame())
		}
	}
	return s
}

func (s *Scenario) lines() []string { return strings.Split(strings.TrimSuffix(s.Frame(), "\n"), "\n") }

func (s *Scenario) rows() []string {
	rows, _ := s.panes()
	return rows
}

// panes takes the view and the details apart, side by side or one below the other.
func (s *Scenario) panes() (rows, details []string) {
	lines := s.lines()
	lines = lines[2 : len(lines)-2]
	divider := dividerOf(lines)
	below := false
	for _, line := range lines {
		cells := []rune(line)
		at := slices.IndexFunc(cells, isDivider)
		if divider >= 0 {
			at = indexAtCell(line, divider)
		}
		switch {
		case at >= 0:
			rows, details = append(rows, string(cells[:at])), append(details, string(cells[at+1:]))
		case len(line) > 0 && strings.Trim(line, "─━") == "":
			below = true
		case below:
			details = append(details, line)
		default:
			rows = append(rows, line)
		}
	}
	return rows, details
}

// isDivider: it is bold while the details have the keys.
func isDivider(c rune) bool { return c == '│' || c == '┃' }

// dividerOf is the cell of the line between two panes: what is drawn in a pane may have
// such a sign, too, but not in every line.
func dividerOf(lines []string) int {
	if len(lines) == 0 {
		return -1
	}
	cell := -1
	for i, c := range []rune(lines[0]) {
		x := text.Width(string([]rune(lines[0])[:i]))
		if isDivider(c) && !slices.ContainsFunc(lines, func(l string) bool { return indexAtCell(l, x) < 0 }) {
			cell = x
		}
	}
	return cell
}

// indexAtCell is the place of the divider's sign at a cell, among the line's characters.
func indexAtCell(line string, cell int) int {
	x := 0
	for i, c := range []rune(line) {
		if x == cell && isDivider(c) {
			return i
		}
		x += text.Width(string(c))
	}
	return -1
}
