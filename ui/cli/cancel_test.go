package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"darkroom/sources/disk/disktest"
	"darkroom/ui/cli/app"
)

// looked is a context that ends at the k-th look at it; with k 0 it only counts.
type looked struct {
	context.Context
	k int

	mu    sync.Mutex
	looks int
	done  chan struct{}
}

func (c *looked) Done() <-chan struct{} { return c.done }

func (c *looked) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.looks++; c.looks == c.k {
		close(c.done)
	}
	if c.k > 0 && c.looks >= c.k {
		return context.Canceled
	}
	return nil
}

// runLooked runs a command under a context that ends at the k-th look.
func runLooked(t *testing.T, dir string, k int, args ...string) (code, looks int, said string) {
	t.Helper()
	t.Chdir(dir)
	var out, errs bytes.Buffer
	ctx := &looked{Context: t.Context(), k: k, done: make(chan struct{})}
	a := &app.App{In: strings.NewReader(""), Out: &out, Err: &errs, Now: func() time.Time { return time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC) }}
	code = execute(ctx, a, args)
	ctx.mu.Lock() // a context made from this one may still look
	defer ctx.mu.Unlock()
	return code, ctx.looks, errs.String()
}

// Wherever a command is when its context ends, it stops and has written nothing.
func TestStoppedAnywhereNothingIsWritten(t *testing.T) {
	s := shapes()[0]
	for command, lines := range grownLines() {
		for _, line := range lines {
			before, line, ok := strings.Cut(line, ": ")
			if !ok {
				before, line = "", before
			}
			typed := strings.Contains(line, " < ") // it keeps each decision as it is typed
			if before != "served" && !typed && !slices.Contains(unaware(), command) {
				t.Run(before+" "+line, func(t *testing.T) { stopsAnywhere(t, s.before(t, before, 20), s.words(line, 20)) })
			}
		}
	}
}

// stopsAnywhere stops a command at looks from the first to the last.
func stopsAnywhere(t *testing.T, dir string, args []string) {
	done := t.TempDir()
	disktest.Must(t, os.CopyFS(done, os.DirFS(dir)))
	_, _, _ = runLooked(t, done, 0, args...)
	before, after := filesIn(t, dir), filesIn(t, done)
	const least, most = 5, 10 // stops
	const further = 60        // looks of what goes through a list without doing anything for its rows
	for k, stops, step := 1, 0, 1; ; k += step {
		code, looks, said := runLooked(t, dir, k, args...)
		if looks < k { // it came to its end
			if code > app.ExitFindings || stops < least {
				t.Errorf("ends with %d after %d looks\n%s", code, looks, said)
			}
			return
		}
		if stops++; stops%most == 0 {
			step *= 2
		}
		if code != app.ExitStopped || !strings.HasSuffix(said, "darkroom: stopped\n") {
			t.Errorf("at look %d it ends with %d and says %q", k, code, said)
		}
		if looks > k+further {
			t.Errorf("stopped at look %d it goes on to look %d", k, looks)
		}
		if now := filesIn(t, dir); now == after && now != before {
			return // what it writes is written, and it looks on what follows from that
		} else if now != before {
			t.Fatalf("stopped at look %d it has written a part", k)
		}
	}
}

// A command looks at its context again and again after the project is open, at least once
// more for each dashboard more: nothing in it lasts long between two looks.
func TestLooksGrowWithTheProject(t *testing.T) {
	sizes := []int{40, 160}
	const more = (160 - 40) / 4 // dashboards
	dirs, opening := [2]string{}, [2]int{}
	for i, n := range sizes {
		dirs[i] = grownProject(t, n)
		_, opening[i], _ = runLooked(t, dirs[i], 0, "list", "rules")
	}
	for _, args := range [][]string{
		{"list", "models"},
		{"list", "models", "--output", "json"},
		{"list", "dashboards", "--select", "views:>=0"},
		{"list", "exposures", "--output", "csv"},
		{"list", "exposures", "--select", "state:manual", "--output", "json"},
		{"list", "advice"},
		{"export", "--all", "--stdout"},
		{"export", "--all", "--diff"},
		{"export", "--check"},
		{"adopt"},
		{"impact", "--select", "m00000"},
		{"health"},
	} {
		t.Run(fmt.Sprint(args), func(t *testing.T) {
			var looks [2]int
			for i := range looks {
				_, all, _ := runLooked(t, dirs[i], 0, args...)
				looks[i] = all - opening[i]
			}
			if looks[1] < looks[0]+more {
				t.Errorf("after opening it looks %d times at %d models and %d times at %d", looks[0], sizes[0], looks[1], sizes[1])
			}
		})
	}
}

// filesIn lists the files of a project with their contents, without those that opening it
// for writing makes.
func filesIn(t *testing.T, dir string) string {
	t.Helper()
	files := disktest.Files(t, dir)
	var out strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		base := path.Base(name)
		if slices.Contains([]string{".gitignore", ".gitattributes", "lock"}, base) || base == "journal" && files[name] == "" {
			continue
		}
		fmt.Fprintf(&out, "%s: %x\n", name, sha256.Sum256([]byte(files[name])))
	}
	return out.String()
}
