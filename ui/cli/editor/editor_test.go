package editor

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Known editors open the file at the line and wait until it is closed; of others only
// the file is known to be taken.
func TestEditorsOpenFilesAtLines(t *testing.T) {
	const file = "/shop/models/$(touch x) 'a' & b.yml"
	for editor, want := range map[string][]string{
		"vi":                              {"vi", "+7", file},
		"/usr/bin/nvim":                   {"/usr/bin/nvim", "+7", file},
		"nano":                            {"nano", "+7", file},
		"emacs -nw":                       {"emacs", "-nw", "+7", file},
		"emacsclient -t":                  {"emacsclient", "-t", "+7", file},
		"code":                            {"code", "--wait", "--goto", file + ":7"},
		"code --wait":                     {"code", "--wait", "--goto", file + ":7"},
		"cursor -w":                       {"cursor", "-w", "--goto", file + ":7"},
		"hx":                              {"hx", file + ":7"},
		"subl":                            {"subl", "--wait", file + ":7"},
		"subl -n -w":                      {"subl", "-n", "-w", file + ":7"},
		"idea":                            {"idea", "--wait", "--line", "7", file},
		"mate":                            {"mate", "--wait", "--line", "7", file},
		"kate -b":                         {"kate", "-b", "--line", "7", file},
		"notepad++.exe":                   {"notepad++.exe", "-n7", file},
		`"/opt/My Editor/Code" --new`:     {"/opt/My Editor/Code", "--new", "--wait", "--goto", file + ":7"},
		"my-editor --flag":                {"my-editor", "--flag", file},
		`/home/ann/bin/edit\ it 'a b'`:    {"/home/ann/bin/edit it", "a b", file},
		"  vim   -c 'set nowrap' -c \"\"": {"vim", "-c", "set nowrap", "-c", "", "+7", file},
	} {
		cmd, err := Command(func(name string) string { return map[string]string{"VISUAL": editor}[name] }, file, 7)
		if err != nil {
			t.Errorf("%s: %v", editor, err)
		} else if diff := cmp.Diff(want, cmd.Args); diff != "" {
			t.Errorf("%s: %s", editor, diff)
		}
	}
	cmd, err := Command(func(string) string { return "vim" }, file, 0)
	if err != nil || !cmp.Equal(cmd.Args, []string{"vim", file}) {
		t.Error(cmd, err)
	}
	if _, err := Command(func(string) string { return "vim" }, "-c:q", 1); err == nil {
		t.Error("a relative name could be an option")
	}
}

// VISUAL comes first; nothing set, and what cannot be read, is said.
func TestTheChoiceIsInTheEnvironment(t *testing.T) {
	for _, x := range []struct{ visual, editor, want, err string }{
		{"", "", "", "no editor is set: export VISUAL or EDITOR"},
		{"vim", "nano", "vim", ""},
		{" ", "nano", "nano", ""},
		{"'vim", "nano", "", "$VISUAL cannot be read: a quote is not closed"},
		{"", `vim\`, "", "$EDITOR cannot be read: it ends with a backslash"},
		{`""`, "nano", "", "$VISUAL names no program"},
	} {
		words, err := chosen(func(name string) string { return map[string]string{"VISUAL": x.visual, "EDITOR": x.editor}[name] })
		if got := strings.Join(words, " "); got != x.want || (err == nil) != (x.err == "") || err != nil && !strings.Contains(err.Error(), x.err) {
			t.Errorf("%q, %q: %q, %v", x.visual, x.editor, got, err)
		}
		if x.visual+x.editor == "" && !errors.Is(err, errNone) {
			t.Error(err)
		}
	}
}

func TestSplit(t *testing.T) {
	for in, want := range map[string][]string{
		"":                    nil,
		`a "b c" d`:           {"a", "b c", "d"},
		`a\ b "c\"d\e" 'f\g'`: {"a b", `c"d\e`, `f\g`},
		`a"b"'c'`:             {"abc"},
		"$HOME `x` $(y);|&":   {"$HOME", "`x`", "$(y);|&"},
	} {
		got, err := Split(in, false)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v %s", in, err, diff)
		}
	}
	if got, err := Split(`"C:\Program Files\Code\code.cmd" --wait`, true); err != nil || !cmp.Equal(got, []string{`C:\Program Files\Code\code.cmd`, "--wait"}) {
		t.Error(got, err)
	}
}

// No editor is in two rows of the table.
func TestEditorsAreKnownOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range forms() {
		for _, name := range f.names {
			if seen[name] || name != strings.ToLower(name) || f.line == "" {
				t.Errorf("%s: twice, in capitals, or without a line", name)
			}
			seen[name] = true
		}
	}
}
