package app

import (
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"darkroom/sources/disk"
)

// Diary is the log that --log asks for: a line for the beginning and the end of a command,
// for what it warns of, and for what the explorer did. It has no value of a flag, because
// one may be secret, and it is never the screen.
type Diary struct {
	to    *slog.Logger // nil until a command begins
	file  io.Closer
	began time.Time
}

// Logger is where lines go; without a file nowhere.
func (d *Diary) Logger() *slog.Logger {
	if d.to == nil {
		d.to = slog.New(slog.DiscardHandler)
	}
	return d.to
}

// begin opens the log in a file that only you may read; with no name it keeps nothing.
func (d *Diary) begin(file string, cmd *cobra.Command, now time.Time) error {
	d.began = now
	if file == "" {
		return nil
	}
	f, err := disk.OpenOwn(file, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return disk.Failed("write", file, err)
	}
	d.file, d.to = f, slog.New(slog.NewTextHandler(f, nil))
	var flags []string
	cmd.Flags().Visit(func(f *pflag.Flag) { flags = append(flags, f.Name) })
	d.Logger().Info("begin", "version", Version(), "command", cmd.CommandPath(), "flags", flags)
	return nil
}

// end writes how a command ended.
func (d *Diary) end(err error, now time.Time) {
	if d.file == nil {
		return
	}
	if err != nil {
		d.Logger().Error("end", "error", err.Error(), "seconds", now.Sub(d.began).Seconds())
	} else {
		d.Logger().Info("end", "seconds", now.Sub(d.began).Seconds())
	}
	_ = d.file.Close() // nothing is left to do about it
}

// Message keeps what was said on the screen.
func (d *Diary) Message(text string, warning bool) {
	if warning {
		d.Logger().Warn("said", "text", text)
		return
	}
	d.Logger().Info("said", "text", text)
}
