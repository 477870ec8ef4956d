package git

import (
	"context"
	"os"
	"os/exec"
	"os/user"
	"strings"
	"time"
	"unicode"

	"darkroom/sources/disk"
)

// Author is the name to sign with: GIT_AUTHOR_NAME, otherwise user.name of
// git as configured for root, otherwise the account; "" when nothing is known.
func Author(ctx context.Context, root string) string {
	if name := cleanName(os.Getenv("GIT_AUTHOR_NAME")); name != "" {
		return name
	}
	if name := cleanName(gitUser(ctx, root)); name != "" {
		return name
	}
	u, err := user.Current()
	if err != nil {
		return ""
	}
	if name := cleanName(u.Name); name != "" {
		return name
	}
	return cleanName(u.Username)
}

// gitUser asks git, which knows its many files; a missing or slow git gives none.
func gitUser(ctx context.Context, root string) string {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "git", "config", "user.name")
	cmd.Dir = root
	cmd.WaitDelay = time.Second // a child that holds the pipe open
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	return string(out)
}

// cleanName makes one short printable line.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, name)
	return disk.Clip(strings.Join(strings.Fields(name), " "))
}
