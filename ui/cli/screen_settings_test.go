//go:build unix

package cli

import (
	"testing"

	"darkroom/sources/disk/disktest"
	"darkroom/ui/cli/app"
	"darkroom/ui/ptytest"
)

// The real program starts with what is right in config.yml, and says what is not.
func TestScreenConfigFile(t *testing.T) {
	home := t.TempDir()
	disktest.Write(t, home, "darkroom/config.yml", "keys:\n  quit: ctrl+x\n  messages: f2\n  browse: nowhere\n")
	s := ptytest.Start(t, ptytest.Usual, []string{"XDG_CONFIG_HOME=" + home}, binary(t), "--demo")
	s.WaitFor(" message") // how many depends on what is loaded by then
	s.Send("q\x1bOQ")
	s.WaitFor("Messages of this session")
	s.WaitFor(`"nowhere"`) // the text before it wraps where the folder's name ends
	s.Send("\x18")
	s.Send("q")
	s.WaitFor("included")
	s.Send("\x18")
	if code, out := s.Exit(); code != app.ExitOK {
		t.Errorf("exit code %d\n%q", code, out)
	}
}
