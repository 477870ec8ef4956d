//go:build unix

package cli

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"darkroom/ui/cli/app"
	"darkroom/ui/input"
	"darkroom/ui/ptytest"
)

// The real program follows the size of its terminal, down to one on which nothing is drawn.
func TestResizeOnATerminal(t *testing.T) {
	s := onScreen(t, binary(t), reportProject(t, "frame-wraps"))
	s.WaitFor("undecided of")
	for _, step := range []struct {
		size ptytest.Size
		want string
	}{
		{ptytest.Size{Columns: 50, Lines: 14}, "[1 Models]"},
		{ptytest.Size{Columns: 20, Lines: 5}, "window too small"},
		{ptytest.Size{Columns: 140, Lines: 40}, "2 Dashboards"},
		{ptytest.Size{Columns: 40, Lines: 12}, "[1 Models]"},
	} {
		s.Resize(step.size)
		s.WaitFor(step.want)
	}
	s.Send("2")
	s.WaitFor("2 Dashboards")
	quit(t, s)
}

// Clicks of a real terminal reach tabs, and the wheel does no harm. On this width nothing
// that comes later moves the tabs.
func TestMouseOnATerminal(t *testing.T) {
	s := ptytest.Start(t, ptytest.Size{Columns: 45, Lines: 14}, nil, binary(t), reportProject(t, "frame-wraps"))
	s.WaitFor("undecided")
	column := len(" darkroom [1 Models] 2")
	s.Send(fmt.Sprintf("\x1b[<0;%d;1M\x1b[<0;%d;1m", column, column))
	s.WaitFor("[2 Dashboards]")
	s.Send("\x1b[<65;10;10M\x1b[<64;10;10M?")
	s.WaitFor("Keys")
	s.Send("\x03") // q would be text here
	if code, out := s.Exit(); code != app.ExitOK {
		t.Errorf("exit code %d\n%q", code, out)
	}
}

// A paste is text where text is typed, and no keys elsewhere.
func TestPasteOnATerminal(t *testing.T) {
	s := onScreen(t, binary(t), reportProject(t, "frame-wraps"))
	s.WaitFor("undecided of")
	s.Send("\x1b[200~q2x\x1b[201~")
	s.Send("/")
	s.Send("\x1b[200~pla\x1b[201~")
	s.Send("in")
	s.WaitFor("plain▏")
	s.Send("\r")
	quit(t, s)
}

// coloured are codes that choose a colour.
var coloured = regexp.MustCompile("\x1b\\[([0-9]+;)*(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[0-9]+)*m")

// What the terminal can do, and what its user wants, decides about colours, signs, the
// mouse, links, and the question for the background.
func TestWhatIsWrittenToATerminal(t *testing.T) {
	bin, dir := binary(t), reportProject(t, "frame-wraps")
	const (
		colours, mouse, question, link, reverse = "colours", "mouse", "question", "link", "\x1b[1;7m"
	)
	for name, test := range map[string]struct {
		env, args  []string
		has, hasnt []string
	}{
		"usual":            {nil, nil, []string{colours, mouse, question}, []string{link, reverse}},
		"NO_COLOR":         {[]string{"NO_COLOR=1"}, nil, []string{reverse, mouse}, []string{colours, question}},
		"CLICOLOR=0":       {[]string{"CLICOLOR=0"}, nil, []string{reverse}, []string{colours}},
		"a theme by flag":  {[]string{"NO_COLOR=1"}, []string{"--theme", "light"}, []string{colours}, []string{question}},
		"no colours known": {[]string{"TERM=vt100"}, nil, []string{reverse}, []string{colours, question}},
		"CLICOLOR_FORCE":   {[]string{"TERM=vt100", "CLICOLOR_FORCE=1"}, nil, []string{colours}, []string{"38;2", "38;5", question}},
		"sixteen":          {[]string{"COLORTERM=truecolor"}, []string{"--theme", "16"}, []string{colours, question, reverse}, []string{"38;2", "38;5"}},
		"none":             {nil, []string{"--theme", "none"}, []string{reverse}, []string{colours, question}},
		"no mouse":         {nil, []string{"--no-mouse"}, []string{colours}, []string{mouse}},
		"tmux":             {[]string{"TMUX=/tmp/x,1,0", "TERM=tmux-256color"}, nil, []string{colours}, []string{question}},
		"screen":           {[]string{"STY=1.x"}, nil, []string{colours}, []string{question}},
		"console":          {[]string{"TERM=linux"}, nil, []string{colours}, []string{question}},
		"links":            {[]string{"FORCE_HYPERLINK=1"}, nil, []string{link}, nil},
		"links, known":     {[]string{"TERM_PROGRAM=WezTerm"}, nil, []string{link}, nil},
		"no links":         {[]string{"FORCE_HYPERLINK=1"}, []string{"--no-links"}, nil, []string{link}},
		"no UTF-8":         {[]string{"LANG=C"}, nil, []string{colours}, []string{"│", "▾", "▌"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := ptytest.Start(t, ptytest.Usual, test.env, append([]string{bin, dir}, test.args...)...)
			out := s.WaitFor("undecided of")
			s.Send("2/plain\r")
			out += s.WaitFor("plain")
			if address := "https://"; !strings.Contains(out, address) { // of the dashboard that the filter leaves
				out += s.WaitFor(address) + address
			}
			s.Send("q")
			_, rest := s.Exit()
			out += rest
			seen := func(what string) bool {
				switch what {
				case colours:
					return coloured.MatchString(out)
				case mouse:
					return strings.Contains(out, "\x1b[?1002h")
				case question:
					return strings.Contains(out, input.AskBackground)
				case link:
					return strings.Contains(out, "\x1b]8;;http")
				}
				return strings.Contains(out, what)
			}
			for _, what := range test.has {
				if !seen(what) {
					t.Errorf("%q is missing:\n%q", what, out)
				}
			}
			for _, what := range test.hasnt {
				if seen(what) {
					t.Errorf("%q is there:\n%q", what, out)
				}
			}
		})
	}
}

// An answer about the background is no key, whenever it comes.
func TestAnswerAboutTheBackgroundIsNoKey(t *testing.T) {
	s := onScreen(t, binary(t), reportProject(t, "frame-wraps"))
	s.WaitFor(input.AskBackground)
	s.Send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
	s.WaitFor("undecided of")
	s.Send("\x1b]11;rgb:ff")
	s.Send("ff/ffff/ffff\x1b\\2")
	s.WaitFor("[2 Dashboards]")
	quit(t, s)
}

// A dumb terminal gets the tree, and what to do.
func TestADumbTerminal(t *testing.T) {
	s := ptytest.Start(t, ptytest.Usual, []string{"TERM=dumb"}, binary(t), reportProject(t, "frame-wraps"))
	s.WaitFor("Set TERM to what your terminal is")
	if code, out := s.Exit(); code != app.ExitOK || strings.Contains(out, "\x1b") {
		t.Errorf("exit code %d\n%q", code, out)
	}
}
