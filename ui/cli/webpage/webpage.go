// Package webpage opens an address in the browser that you have chosen: $BROWSER, otherwise
// the system's. No shell reads the address, and nothing is written into the screen.
//
// Not here: what is shown when nothing can be opened (ui/explorer).
package webpage

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/cli/browser"

	"darkroom/ui/cli/editor"
)

// patience is how long a browser has to fail. One that runs on is open.
const patience = 3 * time.Second

// Open shows a page. Only web addresses are opened: the text comes from metadata.
func Open(address string) error {
	return open(address, func() <-chan time.Time { return time.After(patience) })
}

func open(address string, tooLate func() <-chan time.Time) error {
	if !strings.HasPrefix(address, "https://") && !strings.HasPrefix(address, "http://") || strings.ContainsAny(address, "\r\n\x00") {
		return errors.New("it is not a web address")
	}
	if chosen := os.Getenv("BROWSER"); strings.TrimSpace(chosen) != "" {
		return openChosen(commands(chosen, address), tooLate)
	}
	if why := noDisplay(os.Getenv, runtime.GOOS); why != "" {
		return errors.New(why)
	}
	browser.Stdout, browser.Stderr = nil, nil // nothing may write into the screen
	return browser.OpenURL(address)
}

// commands are what $BROWSER says for an address: commands with a colon between them, each
// with %s where the address goes, or without it, when the address comes last.
func commands(chosen, address string) [][]string {
	var all [][]string
	for command := range strings.SplitSeq(chosen, string(os.PathListSeparator)) {
		words, err := editor.Split(strings.TrimSuffix(strings.TrimSpace(command), "&"), runtime.GOOS == "windows")
		if err != nil || len(words) == 0 || words[0] == "" {
			continue // what cannot be read opens nothing
		}
		placed := false
		for i, w := range words {
			if i > 0 && strings.Contains(w, "%s") {
				words[i], placed = strings.ReplaceAll(w, "%s", address), true
			}
		}
		if !placed {
			words = append(words, address)
		}
		all = append(all, words)
	}
	return all
}

// openChosen runs the first command that works.
func openChosen(commands [][]string, tooLate func() <-chan time.Time) error {
	var failed []string
	for _, words := range commands {
		err := start(words, tooLate())
		if err == nil {
			return nil
		}
		failed = append(failed, words[0]+": "+err.Error())
	}
	if len(failed) == 0 {
		return errors.New("$BROWSER names no program that can be run")
	}
	return errors.New("$BROWSER does not open it (" + strings.Join(failed, "; ") + ")")
}

// start runs a command, and waits for it only as long as it may fail.
func start(words []string, tooLate <-chan time.Time) error {
	cmd := exec.Command(words[0], words[1:]...) // without input and output: the screen has them
	if err := cmd.Start(); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return errors.New("there is no such program")
		}
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-tooLate:
	}
	return nil
}

// noDisplay says why the system's browser could not be seen from here; empty when it can.
func noDisplay(getenv func(string) string, system string) string {
	windows := getenv("DISPLAY") != "" || getenv("WAYLAND_DISPLAY") != ""
	remote := getenv("SSH_CONNECTION") != "" || getenv("SSH_TTY") != ""
	switch system {
	case "windows", "darwin":
		if remote {
			return "this is another computer, over ssh"
		}
		return ""
	}
	switch {
	case windows || getenv("WSL_DISTRO_NAME") != "":
		return ""
	case remote:
		return "this is another computer, over ssh, and $BROWSER is not set"
	}
	return "there is no display, and $BROWSER is not set"
}
