// Package editor knows the editor that you have chosen, and how it opens a file at a
// line. The choice is $VISUAL, then $EDITOR; no file of a project can make it, and no
// shell reads the names of files.
//
// Not here: giving the terminal to it (ui/cli/fullscreen), and which file (sources/project/spot).
package editor

import (
	"errors"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// Command is what opens a file at a line, counted from 1; 0 is no line in particular.
// file must be absolute, so that it cannot be taken for an option.
func Command(getenv func(string) string, file string, line int) (*exec.Cmd, error) {
	words, err := chosen(getenv)
	if err != nil {
		return nil, err
	}
	if !filepath.IsAbs(file) {
		return nil, errors.New(file + " is not an absolute path")
	}
	cmd := exec.Command(words[0], append(slices.Clone(words[1:]), at(words[0], words[1:], file, line)...)...)
	if strings.ContainsAny(file, "&|<>^%!\"") && slices.Contains([]string{".cmd", ".bat"}, strings.ToLower(filepath.Ext(cmd.Path))) {
		return nil, errors.New("the name of " + file + " would be read by cmd.exe, which runs " + cmd.Path + "; open it yourself")
	}
	return cmd, nil
}

// errNone is the error when no editor is chosen.
var errNone = errors.New("no editor is set: export VISUAL or EDITOR, for example EDITOR=nano")

func chosen(getenv func(string) string) ([]string, error) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		text := strings.TrimSpace(getenv(name))
		if text == "" {
			continue
		}
		words, err := Split(text, runtime.GOOS == "windows")
		switch {
		case err != nil:
			return nil, errors.New("$" + name + " cannot be read: " + err.Error())
		case len(words) == 0 || words[0] == "":
			return nil, errors.New("$" + name + " names no program")
		}
		return words, nil
	}
	return nil, errNone
}

// form is how editors take a file and a line.
type form struct {
	line  string // the argument for a line, with N; FILE:N is both in one
	wait  string // the option to wait until the file is closed; empty where they do
	short string // another spelling of it
	names []string
}

// forms are the known editors. An editor that is not here gets the file alone.
func forms() []form {
	return []form{
		{line: "+N", names: []string{
			"vi", "vim", "nvim", "view", "gvim", "mvim", "vimx", "elvis", "nvi", "nano", "rnano", "pico", "emacs", "emacsclient", "mg", "jmacs",
			"joe", "ne", "micro", "kak", "mcedit", "gedit", "xed", "pluma", "dte", "vis",
		}},
		{line: "FILE:N", names: []string{"hx", "helix"}},
		{line: "--goto FILE:N", wait: "--wait", short: "-w", names: []string{
			"code", "code-insiders", "codium", "vscodium", "code-oss", "cursor", "windsurf", "positron", "trae", "kiro", "antigravity",
		}},
		{line: "FILE:N", wait: "--wait", short: "-w", names: []string{"subl", "sublime_text", "zed", "zeditor", "atom", "pulsar", "lapce"}},
		{line: "--line N", wait: "--wait", names: []string{
			"idea", "idea64", "pycharm", "goland", "datagrip", "dataspell", "webstorm", "clion", "rubymine", "rider", "phpstorm", "charm",
		}},
		{line: "--line N", wait: "--wait", short: "-w", names: []string{"mate"}},
		{line: "--line N", wait: "--block", short: "-b", names: []string{"kate"}},
		{line: "--line N", names: []string{"kwrite"}},
		{line: "-nN", names: []string{"notepad++"}},
	}
}

// at are the arguments for a file and a line.
func at(program string, given []string, file string, line int) []string {
	f := formOf(program)
	var args []string
	if f.wait != "" && !slices.Contains(given, f.wait) && (f.short == "" || !slices.Contains(given, f.short)) {
		args = append(args, f.wait)
	}
	if line <= 0 || f.line == "" {
		return append(args, file)
	}
	words, n := strings.Fields(f.line), strconv.Itoa(line)
	joined := false
	for _, w := range words {
		if w == "FILE:N" {
			joined = true
			args = append(args, file+":"+n)
			continue
		}
		args = append(args, strings.ReplaceAll(w, "N", n))
	}
	if !joined {
		args = append(args, file)
	}
	return args
}

func formOf(program string) form {
	name := strings.ToLower(filepath.Base(filepath.ToSlash(program)))
	for _, end := range []string{".exe", ".cmd", ".bat", ".sh"} {
		name = strings.TrimSuffix(name, end)
	}
	for _, f := range forms() {
		if slices.Contains(f.names, name) {
			return f
		}
	}
	return form{}
}
