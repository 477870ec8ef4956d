package terminal

import (
	"io"
	"os"

	"github.com/atotto/clipboard"
	"github.com/aymanbagabas/go-osc52/v2"
)

// Copy puts a text on the clipboard of the terminal (OSC 52), which also works over ssh.
// In tmux and screen it is passed on to the terminal around them. On this computer the
// system's own clipboard gets it, too: not every terminal takes OSC 52.
func Copy(w io.Writer, text string) {
	seq := osc52.New(text)
	out := seq.String()
	switch {
	case os.Getenv("TMUX") != "":
		out += seq.Tmux().String() // tmux takes the one or passes the other on, as it is set
	case os.Getenv("STY") != "":
		out = seq.Screen().String()
	}
	_, _ = io.WriteString(w, out)
	if os.Getenv("SSH_CONNECTION") == "" && os.Getenv("SSH_TTY") == "" && !clipboard.Unsupported {
		_ = clipboard.WriteAll(text) // the terminal has it in any case
	}
}
